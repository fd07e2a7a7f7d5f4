import type { ContentVersion } from '../content/content.ts'
import { publishedOn, toVersion } from '../content/content-store.ts'
import { isDayBound, withDayReminder } from '../content/day-bound.ts'
import type { Db } from '../db/open-database.ts'

/** Content that can be read and asked about today, and to which set it belongs. */
export type Lesson = {
  version: ContentVersion
  series: { id: number; name: string } | null
  /** A reminder sends it on its day, and it is wrong on others. */
  isDayBound: boolean
}

/**
 * Everything of the library that is published and valid on this day, sets first, each in its order. What was written for one
 * campaign is not among it.
 */
export async function listLessons(db: Db, today: string): Promise<Lesson[]> {
  const rows = await db.contentVersion.findMany({
    where: { ...publishedOn(today), content: { isOneOff: false } },
    include: {
      content: { include: { ...withDayReminder, series: { select: { id: true, name: true } } } },
    },
    orderBy: [
      { content: { seriesId: { sort: 'asc', nulls: 'last' } } },
      { content: { place: { sort: 'asc', nulls: 'last' } } },
      { contentId: 'asc' },
    ],
  })
  return rows.map((row) => {
    const version = toVersion(row)
    const { series } = row.content
    return { version, series, isDayBound: isDayBound(version.texts, row.content) }
  })
}

/** The same, what was written for one campaign included: its question comes back like any other. */
export async function listPublished(db: Db, today: string): Promise<ContentVersion[]> {
  const rows = await db.contentVersion.findMany({
    where: publishedOn(today),
    include: { content: true },
  })
  return rows.map(toVersion)
}
