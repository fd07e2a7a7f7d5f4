import type { Area } from './area.ts'
import { type AreaSummary, emptySummary, noteChange } from './area-summary.ts'
import { type AreaMatches, matchAreas } from './match-areas.ts'
import type { AreaRow } from './parse-areas.ts'

/** A place as it shall be. `id` null: new. */
export type PlannedArea = Omit<Area, 'id' | 'parentId' | 'retiredAt'> & {
  id: number | null
  parentCode: string | null
}

export type AreaPlan = {
  /** New and changed places. */
  write: PlannedArea[]
  retire: Area[]
  /** Retired places whose code another place has now. */
  giveUpCode: Area[]
  summary: AreaSummary
}

/** Compares a new edition with what is known. Pure: nothing is written here. */
export function planAreas(known: readonly Area[], rows: readonly AreaRow[]): AreaPlan {
  const matches = matchAreas(known, rows)
  const summary = emptySummary()
  const isMoved = createMoveCheck(known, rows, matches)
  const write = rows.flatMap((row) => {
    const area = matches.get(row.code)
    const planned = planRow(row, area)
    const changed = noteChange(summary, area, planned, area ? isMoved(row, area) : null)
    return changed ? [planned] : []
  })
  const kept = new Set([...matches.values()].map((area) => area.id))
  const codes = new Set(rows.map((row) => row.code))
  const gone = known.filter((area) => !kept.has(area.id))
  const retire = gone.filter((area) => area.retiredAt === null)
  summary.retired = retire.map(({ code, name }) => ({ code, name }))
  return { write, retire, giveUpCode: gone.filter((area) => codes.has(area.code)), summary }
}

function planRow(row: AreaRow, area: Area | undefined): PlannedArea {
  const former = area ? [...area.formerCodes, area.code] : []
  return {
    id: area?.id ?? null,
    code: row.code,
    name: row.name,
    level: row.level,
    parentCode: row.parentCode,
    riskClass: row.riskClass === undefined ? (area?.riskClass ?? null) : row.riskClass,
    electionDay: row.electionDay === undefined ? (area?.electionDay ?? null) : row.electionDay,
    aliases: row.aliases ?? area?.aliases ?? [],
    formerCodes: [...new Set(former)].filter((code) => code !== row.code),
  }
}

/** Names of the places it went from and to; null when it stayed, which it also did when its township was recoded. */
function createMoveCheck(known: readonly Area[], rows: readonly AreaRow[], matches: AreaMatches) {
  const knownById = new Map(known.map((area) => [area.id, area]))
  const rowsByCode = new Map(rows.map((row) => [row.code, row]))
  return (row: AreaRow, area: Area): { from: string; to: string } | null => {
    if (row.parentCode === null || area.parentId === null) return null
    if (matches.get(row.parentCode)?.id === area.parentId) return null
    const from = knownById.get(area.parentId)?.name ?? ''
    return { from, to: rowsByCode.get(row.parentCode)?.name ?? '' }
  }
}
