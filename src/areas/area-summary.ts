import type { Area } from './area.ts'

type Place = { code: string; name: string }
type Change = Place & { from: string; to: string }

/** What an import did, by official names and codes. A place may stand in several lists. */
export type AreaSummary = {
  created: Place[]
  renamed: Change[]
  recoded: Change[]
  /** `from` and `to` are the names of the places it belonged and belongs to. */
  moved: Change[]
  /** Places that had been retired and are back. */
  returned: Place[]
  /** Risk class, election day or aliases changed. */
  updated: Place[]
  retired: Place[]
  unchanged: number
}

export function emptySummary(): AreaSummary {
  return {
    created: [],
    renamed: [],
    recoded: [],
    moved: [],
    returned: [],
    updated: [],
    retired: [],
    unchanged: 0,
  }
}

/** Enters one place of the new edition. True when there is something to write. */
export function noteChange(
  summary: AreaSummary,
  area: Area | undefined,
  planned: Omit<Area, 'id' | 'parentId' | 'retiredAt'>,
  moved: { from: string; to: string } | null,
): boolean {
  const { code, name } = planned
  const place = { code, name }
  if (!area) {
    summary.created.push(place)
    return true
  }
  const isRenamed = area.name !== name || area.level !== planned.level
  const isRecoded = area.code !== code
  const isUpdated =
    area.riskClass !== planned.riskClass ||
    area.electionDay !== planned.electionDay ||
    area.aliases.join('|') !== planned.aliases.join('|')
  if (isRenamed) summary.renamed.push({ ...place, from: area.name, to: name })
  if (isRecoded) summary.recoded.push({ ...place, from: area.code, to: code })
  if (moved) summary.moved.push({ ...place, ...moved })
  if (area.retiredAt) summary.returned.push(place)
  if (isUpdated) summary.updated.push(place)
  const changed = isRenamed || isRecoded || moved !== null || area.retiredAt !== null || isUpdated
  if (!changed) summary.unchanged++
  return changed
}
