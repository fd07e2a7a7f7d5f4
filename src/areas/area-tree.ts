import type { Area, RiskClass } from './area.ts'
import { displayName } from './area-name.ts'

/** The whole directory in memory, retired places included, because old tips and subscribers still name them. */
export type AreaTree = {
  /** Every place, in the order of its code. */
  all: readonly Area[]
  find: (id: number) => Area | null
  /** @throws when there is no such place. */
  get: (id: number) => Area
  /** By its code of today, else by one it had before, so that a printed link outlives a recoding. */
  findByCode: (code: string) => Area | null
  /** The places that are not retired directly below, in the order of their codes; below null: the cities. */
  children: (id: number | null) => readonly Area[]
  /** The place itself, then what it belongs to, up to the city. */
  chain: (id: number) => Area[]
  /** "衢州市 龙游县 龙洲街道 山底村" */
  path: (id: number) => string
  /** Its own, or that of the nearest place above that has one. */
  riskClass: (id: number) => RiskClass | null
  /** YYYY-MM-DD, its own or inherited. */
  electionDay: (id: number) => string | null
}

export function createAreaTree(rows: readonly Area[]): AreaTree {
  const all = [...rows].sort(byCode)
  const byId = new Map(all.map((area) => [area.id, area]))
  const codes = mapCodes(all)
  const below = mapChildren(all)

  const find = (id: number) => byId.get(id) ?? null
  const get = (id: number) => {
    const area = byId.get(id)
    if (!area) throw new Error(`There is no area ${id}`)
    return area
  }
  const chain = (id: number) => {
    const areas = [get(id)]
    for (let next = areas[0]?.parentId ?? null; next !== null; next = get(next).parentId)
      areas.push(get(next))
    return areas
  }
  return {
    all,
    find,
    get,
    findByCode: (code) => codes.get(code) ?? null,
    children: (id) => below.get(id) ?? [],
    chain,
    path: (id) => chain(id).reverse().map(displayName).join(' '),
    riskClass: (id) => chain(id).find((area) => area.riskClass)?.riskClass ?? null,
    electionDay: (id) => chain(id).find((area) => area.electionDay)?.electionDay ?? null,
  }
}

function mapCodes(all: readonly Area[]): Map<string, Area> {
  const codes = new Map<string, Area>()
  // Codes of today come last and win: a code that one place gave up may belong to another one now.
  for (const area of all) for (const code of area.formerCodes) codes.set(code, area)
  for (const area of all) codes.set(area.code, area)
  return codes
}

function mapChildren(all: readonly Area[]): Map<number | null, Area[]> {
  const below = new Map<number | null, Area[]>()
  for (const area of all) {
    if (area.retiredAt) continue
    const siblings = below.get(area.parentId)
    if (siblings) siblings.push(area)
    else below.set(area.parentId, [area])
  }
  return below
}

function byCode(a: Area, b: Area): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0
}
