import { readFile } from 'node:fs/promises'
import type { PrismaClient } from '../db/open-database.ts'
import { countGroups } from './group-import-store.ts'
import { importGroups } from './import-groups.ts'

const shippedFile = new URL('../../prisma/seed/groups.csv', import.meta.url)

/**
 * Fills an empty table with the shipped sample groups. True when it did; false also when the directory is another
 * one, whose places the sample does not know.
 */
export async function seedGroups(db: PrismaClient, now: Date): Promise<boolean> {
  if ((await countGroups(db)) > 0) return false
  const result = await importGroups(db, { bytes: await readFile(shippedFile), now })
  return result.outcome === 'imported'
}
