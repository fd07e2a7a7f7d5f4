import { type ContentKind, type ContentTexts, textFor } from '../content/content.ts'
import { publishedOn } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import type { Language } from '../messages/messages.ts'

export type Choice = { id: number; kind: ContentKind; title: string }

/** Published content that a reminder may say, without what was written for one campaign. `today` is YYYY-MM-DD. */
export async function listChoices(
  db: Db,
  {
    today,
    language,
    skip,
    limit,
  }: { today: string; language: Language; skip: number; limit: number },
): Promise<Choice[]> {
  const rows = await db.content.findMany({
    where: { isOneOff: false, versions: { some: publishedOn(today) } },
    include: { versions: { where: publishedOn(today), take: 1 } },
    orderBy: { id: 'asc' },
    skip,
    take: limit,
  })
  return rows.map((row) => toChoice(row, language))
}

/** Null when it is not published on this day. */
export async function findChoice(
  db: Db,
  id: number,
  { today, language }: { today: string; language: Language },
): Promise<Choice | null> {
  const row = await db.content.findFirst({
    where: { id, versions: { some: publishedOn(today) } },
    include: { versions: { where: publishedOn(today), take: 1 } },
  })
  return row && toChoice(row, language)
}

/** The kind of what a series begins with; null for one without content. */
export async function findSeriesKind(db: Db, seriesId: number): Promise<ContentKind | null> {
  const row = await db.content.findFirst({ where: { seriesId }, orderBy: { place: 'asc' } })
  return row && (row.kind as ContentKind)
}

export async function findSeriesName(db: Db, seriesId: number): Promise<string | null> {
  const row = await db.contentSeries.findUnique({ where: { id: seriesId } })
  return row?.name ?? null
}

/** Numbers of content by its code. */
export async function findContentIds(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.content.findMany({ where: { code: { in: [...codes] } } })
  return new Map(rows.map(({ code, id }) => [code, id]))
}

function toChoice(
  row: { id: number; kind: string; code: string; versions: { texts: unknown }[] },
  language: Language,
): Choice {
  const { id, kind, code, versions } = row
  const text = versions[0] && textFor(versions[0].texts as ContentTexts, language)
  return { id, kind: kind as ContentKind, title: text?.title || code }
}
