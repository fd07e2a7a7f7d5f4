import type { ContentKind, ContentTexts, ContentVersion } from '../content/content.ts'
import { publishedOn } from '../content/content-store.ts'
import { isDayBound, withDayReminder } from '../content/day-bound.ts'
import type { Db } from '../db/open-database.ts'
import { nameOf } from './write-words.ts'

export type Choice = { contentId: number; kind: ContentKind; title: string }

/** What of the library can be sent on this day, the newest first, and how many there are. */
export async function listChoices(
  db: Db,
  today: string,
  { skip, limit }: { skip: number; limit: number },
): Promise<{ items: Choice[]; total: number }> {
  const where = { ...publishedOn(today), content: { isOneOff: false } }
  const total = await db.contentVersion.count({ where })
  const rows = await db.contentVersion.findMany({
    where,
    orderBy: { id: 'desc' },
    skip,
    take: limit,
    include: { content: true },
  })
  const items = rows.map(({ contentId, texts, content }) => ({
    contentId,
    kind: content.kind as ContentKind,
    title: nameOf({ texts: texts as ContentTexts }),
  }))
  return { items, total }
}

/** Whether a reminder sends this on its day, on which alone it is true. */
export async function isOfOneDay(
  db: Db,
  { contentId, texts }: Pick<ContentVersion, 'contentId' | 'texts'>,
): Promise<boolean> {
  const content = await db.content.findUnique({
    where: { id: contentId },
    select: withDayReminder,
  })
  return content !== null && isDayBound(texts, content)
}

/** What was sent by campaigns, of which somebody may not have confirmed it; the newest first. */
export async function listAskedAbout(db: Db, limit: number): Promise<Choice[]> {
  const rows = await db.campaign.findMany({
    where: { startedAt: { not: null }, kind: 'broadcast', versionId: { not: null } },
    orderBy: { id: 'desc' },
    take: limit,
    select: { name: true, version: { select: { contentId: true, content: true } } },
  })
  return rows.flatMap(({ name, version }) =>
    version
      ? [{ contentId: version.contentId, kind: version.content.kind as ContentKind, title: name }]
      : [],
  )
}
