import type { ContentVersion } from '../content/content.ts'
import type { Db } from '../db/open-database.ts'
import type { Keyring } from '../lib/keyring.ts'
import { findSubscriber } from '../subscribers/subscriber-store.ts'
import { type Lesson, listLessons } from './lesson-store.ts'
import { listRead } from './reading-store.ts'

/** Of one set: how many there are, how many the person read, and the first that they did not. */
export type Progress = { name: string; total: number; read: number; next: ContentVersion | null }

/** How far a subscriber is with every set that has something to be read on any day. Null for a chat that did not subscribe. */
export async function findProgress(
  db: Db,
  { keyring, today }: { keyring: Keyring; today: string },
  chatId: number,
): Promise<Progress[] | null> {
  const subscriber = await findSubscriber(db, keyring, chatId)
  if (!subscriber) return null
  const lessons = (await listLessons(db, today)).filter(({ isDayBound }) => !isDayBound)
  const read = new Set(
    await listRead(
      db,
      subscriber.id,
      lessons.map(({ version }) => version.contentId),
    ),
  )
  return [...Map.groupBy(lessons, ({ series }) => series?.id ?? null)].flatMap(([id, members]) =>
    id === null ? [] : [progressOf(members, read)],
  )
}

function progressOf(members: readonly Lesson[], read: ReadonlySet<number>): Progress {
  const unread = members.filter(({ version }) => !read.has(version.contentId))
  return {
    name: members[0]?.series?.name ?? '',
    total: members.length,
    read: members.length - unread.length,
    next: unread[0]?.version ?? null,
  }
}
