import type { AreaTree } from '../areas/area-tree.ts'
import type { Db } from '../db/open-database.ts'
import { type Awareness, createAwareness, listLeaves } from './awareness.ts'
import {
  countPeople,
  countReaders,
  countReadersOfEach,
  type ReaderQuery,
} from './awareness-store.ts'
import { contentsOf, type Subject } from './subject.ts'

/** From about this many villages on it is quicker to count everybody than to pick out who is meant. */
const manyVillages = 200

/** How far this place, and each below it, is with a subject: everything of it read, every question of it answered rightly. */
export async function countAwareness(
  db: Db,
  tree: AreaTree,
  { subject, areaId }: { subject: Subject; areaId: number },
): Promise<(areaId: number) => Awareness> {
  const query = queryFor(tree, subject, areaId)
  const rows = await countReaders(db, query)
  return createAwareness(tree, rows, { hasQuestion: query.quizIds.length > 0 })
}

/** How far this place is with each content of a subject, by the id of the content. */
export async function countAwarenessOfEach(
  db: Db,
  tree: AreaTree,
  { subject, areaId }: { subject: Subject; areaId: number },
): Promise<(contentId: number) => Awareness> {
  const query = queryFor(tree, subject, areaId)
  const people = await countPeople(db, query)
  const rows = Map.groupBy(await countReadersOfEach(db, query), ({ contentId }) => contentId)
  return (contentId) => {
    const byArea = new Map(rows.get(contentId)?.map((row) => [row.areaId, row]))
    const counts = people.map((place) => ({
      ...place,
      read: byArea.get(place.areaId)?.read ?? 0,
      mastered: byArea.get(place.areaId)?.mastered ?? 0,
    }))
    const hasQuestion = query.quizIds.includes(contentId)
    return createAwareness(tree, counts, { hasQuestion })(areaId)
  }
}

function queryFor(tree: AreaTree, subject: Subject, areaId: number): ReaderQuery {
  const leaves = listLeaves(tree, areaId)
  return { ...contentsOf(subject), areaIds: leaves.length > manyVillages ? null : leaves }
}
