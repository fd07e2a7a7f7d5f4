import type { Db } from '../db/open-database.ts'
import type { ContentVersion } from './content.ts'
import { publishedOn, toVersion } from './content-store.ts'
import { isDayBound, withDayReminder } from './day-bound.ts'

/** A set by its id, what belongs to none, or what is being written and waits. One-off content is on none of them. */
export type Shelf = { seriesId: number } | 'others' | 'waiting'

const open = ['draft', 'checked']

/** Every set with how many it has, and how many are on the other shelves. */
export async function listShelves(db: Db): Promise<{
  series: { id: number; name: string; count: number }[]
  others: number
  waiting: number
}> {
  const series = await db.contentSeries.findMany({
    include: { _count: { select: { items: true } } },
    orderBy: { id: 'asc' },
  })
  return {
    series: series.map(({ id, name, _count }) => ({ id, name, count: _count.items })),
    others: await db.content.count({ where: { seriesId: null, isOneOff: false } }),
    waiting: await db.contentVersion.count({
      where: { state: { in: open }, content: { isOneOff: false } },
    }),
  }
}

/** Of each content on the shelf the newest version, or every one that waits; sets in their order. */
export async function listShelf(db: Db, shelf: Shelf): Promise<ContentVersion[]> {
  if (shelf === 'waiting') {
    const rows = await db.contentVersion.findMany({
      where: { state: { in: open }, content: { isOneOff: false } },
      include: { content: true },
      orderBy: { id: 'desc' },
    })
    return rows.map(toVersion)
  }
  const rows = await db.content.findMany({
    where: shelf === 'others' ? { seriesId: null, isOneOff: false } : { seriesId: shelf.seriesId },
    include: { versions: { orderBy: { number: 'desc' }, take: 1 } },
    orderBy: [{ place: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
  })
  return rows.flatMap(({ versions, ...content }) =>
    versions.map((version) => toVersion({ ...version, content })),
  )
}

export type Reading = { version: ContentVersion; seriesId: number | null }

/** What villagers may read on any day from today: the sets, then cases, explanations and notices of no set. */
export async function listReadings(
  db: Db,
  today: string,
): Promise<{ series: { id: number; name: string }[]; readings: Reading[] }> {
  const rows = await db.contentVersion.findMany({
    where: { ...publishedOn(today), content: { isOneOff: false } },
    include: { content: { include: withDayReminder } },
    orderBy: [{ content: { place: { sort: 'asc', nulls: 'last' } } }, { contentId: 'asc' }],
  })
  const series = await db.contentSeries.findMany({
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  })
  const readings = rows
    .map((row) => ({ version: toVersion(row), content: row.content }))
    .filter(({ version, content }) => !isDayBound(version.texts, content))
    .map(({ version, content }) => ({ version, seriesId: content.seriesId }))
  return { series, readings }
}
