import type { Db } from '../db/open-database.ts'
import type { ContentKind, ContentTexts } from './content.ts'

/** Two processes that start at once: the second waits here until the first has committed, and finds it there. */
export async function hasContent(tx: Db): Promise<boolean> {
  await tx.$executeRaw`LOCK TABLE content_series IN SHARE ROW EXCLUSIVE MODE`
  return (await tx.contentSeries.count()) > 0 || (await tx.content.count()) > 0
}

export async function createSeries(
  tx: Db,
  { code, name }: { code: string; name: string },
): Promise<number> {
  const { id } = await tx.contentSeries.create({ data: { code, name } })
  return id
}

export type ShippedItem = {
  code: string
  kind: ContentKind
  seriesId: number
  place: number
  source: string
  sourceUrl: string
  issuedOn?: string | undefined
  texts: ContentTexts
}

export async function createPublished(
  tx: Db,
  items: readonly ShippedItem[],
  now: Date,
): Promise<void> {
  const rows = await tx.content.createManyAndReturn({
    data: items.map(({ code, kind, seriesId, place }) => ({ code, kind, seriesId, place })),
    select: { id: true, code: true },
  })
  const ids = new Map(rows.map(({ id, code }) => [code, id]))
  await tx.contentVersion.createMany({
    data: items.map(({ code, source, sourceUrl, issuedOn, texts }) => ({
      contentId: ids.get(code) ?? 0,
      number: 1,
      state: 'published',
      texts,
      source,
      sourceUrl,
      issuedOn: issuedOn === undefined ? null : new Date(issuedOn),
      isSample: true,
      createdAt: now,
      publishedAt: now,
    })),
  })
}
