import { readFile } from 'node:fs/promises'
import type { PrismaClient } from '../db/open-database.ts'
import { countAreas } from './area-store.ts'
import { importAreas } from './import-areas.ts'

const shippedFile = new URL('../../prisma/seed/quzhou-2016.csv', import.meta.url)

/**
 * Fills an empty directory with the shipped one. True when it did. Two processes that start at the same time wait for
 * each other inside the import, and the second finds nothing to change.
 */
export async function seedDirectory(db: PrismaClient, now: Date): Promise<boolean> {
  if ((await countAreas(db)) > 0) return false
  const result = await importAreas(db, { bytes: await readFile(shippedFile), now })
  if (result.outcome !== 'imported')
    throw new Error(`The shipped directory does not import: ${JSON.stringify(result)}`)
  return true
}
