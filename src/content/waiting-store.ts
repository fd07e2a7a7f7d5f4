import type { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type { ContentVersion } from './content.ts'
import { toVersion } from './content-store.ts'
import type { WaitingList } from './waiting.ts'

/** Whose list it is, and whether they may publish what they wrote themselves. */
export type WaitingQuery = { list: WaitingList; staffId: number; mayPublishOwn: boolean }

/** What waits for this person, sets in their order. */
export async function listWaiting(db: Db, query: WaitingQuery): Promise<ContentVersion[]> {
  const rows = await db.contentVersion.findMany({
    where: whereOf(query),
    include: { content: true },
    orderBy: [
      { content: { seriesId: { sort: 'asc', nulls: 'last' } } },
      { content: { place: { sort: 'asc', nulls: 'last' } } },
      { id: 'asc' },
    ],
  })
  return rows.map(toVersion)
}

export async function countWaiting(db: Db, query: WaitingQuery): Promise<number> {
  return db.contentVersion.count({ where: whereOf(query) })
}

/** Nobody else changes or publishes a version of these until the transaction ends. In order, so that two never wait for each other. */
export async function lockContents(tx: Db, contentIds: readonly number[]): Promise<void> {
  await tx.$queryRaw`SELECT id FROM content WHERE id = ANY(${[...contentIds]}) ORDER BY id FOR UPDATE`
}

function whereOf({ list, staffId, mayPublishOwn }: WaitingQuery): Prisma.ContentVersionWhereInput {
  const content = { isOneOff: false }
  // Nobody wrote what came from the server: whoever hands it in does.
  if (list === 'drafts')
    return { content, state: 'draft', OR: [{ authorId: staffId }, { authorId: null }] }
  const others = { OR: [{ authorId: null }, { authorId: { not: staffId } }] }
  return { content, state: 'checked', ...(mayPublishOwn ? {} : others) }
}
