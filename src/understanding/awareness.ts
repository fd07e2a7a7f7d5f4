import { isLeaf } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { ReaderCount } from './awareness-store.ts'
import { toShown } from './coarse-count.ts'

/**
 * How many know, and how many are missing until everybody does. 0: fewer than five people in the village, or in each of the
 * villages. `percent` of the people of the place, rounded down; 100 only when nobody to be shown is missing.
 */
export type Share = { people: number; missing: number; percent: number }

/** `people`: active subscribers; 0 as above, and nothing else is shown then. `mastered` null: there is no question. */
export type Awareness = { people: number; read: Share; mastered: Share | null }

type Sums = {
  people: number
  read: number
  unread: number
  mastered: number
  unmastered: number
}

const nobody: Sums = { people: 0, read: 0, unread: 0, mastered: 0, unmastered: 0 }

/**
 * What may be shown of every place, from counts of villages: a place above them has the sum of what they show. See
 * `coarse-count.ts`.
 */
export function createAwareness(
  tree: AreaTree,
  rows: readonly ReaderCount[],
  { hasQuestion }: { hasQuestion: boolean },
): (areaId: number) => Awareness {
  const sums = new Map<number, Sums>()
  for (const row of rows) {
    const shown = shownOf(row)
    for (const { id } of tree.chain(row.areaId)) sums.set(id, add(sums.get(id) ?? nobody, shown))
  }
  return (areaId) => {
    const { people, read, unread, mastered, unmastered } = sums.get(areaId) ?? nobody
    return {
      people,
      read: shareOf(people, read, unread),
      mastered: hasQuestion ? shareOf(people, mastered, unmastered) : null,
    }
  }
}

function shownOf({ people, read, mastered }: ReaderCount): Sums {
  const all = toShown(people)
  if (all === 0) return nobody
  return {
    people: all,
    read: toShown(read),
    unread: toShown(people - read),
    mastered: toShown(mastered),
    unmastered: toShown(people - mastered),
  }
}

function add(a: Sums, b: Sums): Sums {
  return {
    people: a.people + b.people,
    read: a.read + b.read,
    unread: a.unread + b.unread,
    mastered: a.mastered + b.mastered,
    unmastered: a.unmastered + b.unmastered,
  }
}

function shareOf(all: number, people: number, missing: number): Share {
  const percent = all === 0 ? 0 : Math.floor((100 * people) / all)
  return { people, missing, percent: Math.min(percent, missing > 0 ? 99 : 100) }
}

const furthestShown = 10

/**
 * The villages and communities of a place that are furthest from everybody having read it: the smallest share first, of
 * equal ones where most people are missing. Without those of which nothing may be shown, and those that are there.
 */
export function listFurthest(
  tree: AreaTree,
  awareness: (areaId: number) => Awareness,
  areaId: number,
): { areaId: number; share: Share }[] {
  return listLeaves(tree, areaId)
    .map((id) => ({ areaId: id, ...awareness(id) }))
    .filter(({ people, read }) => people > 0 && read.missing > 0)
    .sort((a, b) => a.read.percent - b.read.percent || b.read.missing - a.read.missing)
    .slice(0, furthestShown)
    .map(({ areaId: id, read }) => ({ areaId: id, share: read }))
}

/** The villages and communities of a place, itself when it is one; retired ones count, people may still be there. */
export function listLeaves(tree: AreaTree, areaId: number): number[] {
  return tree.all
    .filter((area) => isLeaf(area) && tree.chain(area.id).some(({ id }) => id === areaId))
    .map(({ id }) => id)
}
