import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { PrismaClient } from '../db/open-database.ts'
import { contentKinds, contentTexts } from './content.ts'
import { createPublished, createSeries, hasContent } from './content-seed-store.ts'

const shippedFile = new URL('../../prisma/seed/content.json', import.meta.url)

const shipped = z.strictObject({
  series: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      items: z.array(
        z.strictObject({
          code: z.string(),
          kind: z.enum(contentKinds),
          source: z.string().min(1),
          sourceUrl: z.string(),
          issuedOn: z.iso.date().optional(),
          texts: contentTexts,
        }),
      ),
    }),
  ),
})
export type ShippedContent = z.infer<typeof shipped>

/** Rules, cases and explanations that come with the program, each with its source. */
export async function readShippedContent(): Promise<ShippedContent> {
  return shipped.parse(JSON.parse(await readFile(shippedFile, 'utf8')))
}

/**
 * Fills an empty library with what is shipped, published and marked as a sample. True when it did: what an office has
 * changed, replaced or thrown away never comes back by itself.
 */
export async function seedContent(db: PrismaClient, now: Date): Promise<boolean> {
  const { series } = await readShippedContent()
  return db.$transaction(async (tx) => {
    if (await hasContent(tx)) return false
    for (const { items, ...one } of series) {
      const seriesId = await createSeries(tx, one)
      await createPublished(
        tx,
        items.map((item, at) => ({ ...item, seriesId, place: at + 1 })),
        now,
      )
    }
    return true
  })
}
