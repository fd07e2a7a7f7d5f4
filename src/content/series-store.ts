import type { Db } from '../db/open-database.ts'
import type { ContentVersion } from './content.ts'
import { publishedOn, toVersion } from './content-store.ts'

export type Series = { id: number; code: string; name: string }

/** Every set, in the order in which they were made. */
export async function listSeries(db: Db): Promise<Series[]> {
  return db.contentSeries.findMany({
    select: { id: true, code: true, name: true },
    orderBy: { id: 'asc' },
  })
}

/**
 * The first after this place (0: from the start) that is published and valid on this day. Null at the end of the set:
 * whether it then starts over is for the caller to say.
 */
export async function nextOfSeries(
  db: Db,
  seriesId: number,
  place: number,
  today: string,
): Promise<{ place: number; version: ContentVersion } | null> {
  const row = await db.contentVersion.findFirst({
    where: { ...publishedOn(today), content: { seriesId, place: { gt: place } } },
    orderBy: { content: { place: 'asc' } },
    include: { content: true },
  })
  return row && { place: row.content.place ?? 0, version: toVersion(row) }
}
