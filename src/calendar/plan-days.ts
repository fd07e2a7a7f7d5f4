import { type Area, isLeaf } from '../areas/area.ts'
import { type AreaTree, createAreaTree } from '../areas/area-tree.ts'

/** The election day that a place is to have of its own; null: none, it inherits. */
export type DayChange = { areaId: number; day: string | null }

/** A village or community whose election day changes, its own or through a place above. Null: there is none. */
export type MovedVillage = { areaId: number; from: string | null; to: string | null }

export type DaysPlan = {
  /** Changes that change something, with the own day of before. */
  changes: (DayChange & { was: string | null })[]
  moved: MovedVillage[]
  /** The directory as it will be. */
  tree: AreaTree
}

/** What these changes do to every village. Places are told apart by their id; a retired village moves nobody. */
export function planDays(tree: AreaTree, wanted: readonly DayChange[]): DaysPlan {
  const changes = wanted.flatMap(({ areaId, day }) => {
    const was = tree.get(areaId).electionDay
    return was === day ? [] : [{ areaId, day, was }]
  })
  const days = new Map(changes.map(({ areaId, day }) => [areaId, day]))
  const after = createAreaTree(
    tree.all.map((area) =>
      days.has(area.id) ? { ...area, electionDay: days.get(area.id) ?? null } : area,
    ),
  )
  const moved = listVillages(tree)
    .map(({ id }) => ({ areaId: id, from: tree.electionDay(id), to: after.electionDay(id) }))
    .filter(({ from, to }) => from !== to)
  return { changes, moved, tree: after }
}

export type PlaceDay = {
  day: string | null
  /** Where its day comes from: the place itself, one above it, or nowhere. */
  source: Area | null
  /** Places below that have a day of their own. */
  ownBelow: Area[]
  villages: number
  /** Villages here (itself, or below) without any day. */
  without: number
}

/** What an office wants to know about one place. */
export function describePlace(tree: AreaTree, areaId: number): PlaceDay {
  const source = tree.chain(areaId).find(({ electionDay }) => electionDay !== null) ?? null
  const isBelow = (id: number) => tree.chain(id).some((area) => area.id === areaId)
  const villages = listVillages(tree).filter(({ id }) => isBelow(id))
  return {
    day: source?.electionDay ?? null,
    source,
    ownBelow: tree.all.filter(
      (area) =>
        area.electionDay !== null && !area.retiredAt && area.id !== areaId && isBelow(area.id),
    ),
    villages: villages.length,
    without: villages.filter(({ id }) => tree.electionDay(id) === null).length,
  }
}

function listVillages(tree: AreaTree): Area[] {
  return tree.all.filter((area) => isLeaf(area) && !area.retiredAt)
}
