import type { Db } from '../db/open-database.ts'
import type { ContentVersion } from './content.ts'
import { toVersion } from './content-store.ts'

/** Content that the library has under a code, with its newest version. */
export type KnownContent = {
  series: string | null
  place: number | null
  isOneOff: boolean
  newest: ContentVersion
}

/** Nobody else imports until the transaction ends. */
export async function lockImports(tx: Db): Promise<void> {
  await tx.$executeRaw`LOCK TABLE content_series IN SHARE ROW EXCLUSIVE MODE`
}

export async function listKnownContent(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, KnownContent>> {
  const rows = await db.content.findMany({
    where: { code: { in: [...codes] } },
    include: { series: true, versions: { orderBy: { number: 'desc' }, take: 1 } },
  })
  return new Map(
    rows.flatMap(({ series, versions, ...content }) =>
      versions.map((version): [string, KnownContent] => [
        content.code,
        {
          series: series?.code ?? null,
          place: content.place,
          isOneOff: content.isOneOff,
          newest: toVersion({ ...version, content }),
        },
      ]),
    ),
  )
}

/** The taken places of each set, by its code. */
export async function listPlaces(db: Db): Promise<Map<string, { id: number; places: number[] }>> {
  const rows = await db.contentSeries.findMany({ include: { items: { select: { place: true } } } })
  return new Map(
    rows.map(({ id, code, items }) => [
      code,
      { id, places: items.flatMap(({ place }) => place ?? []) },
    ]),
  )
}
