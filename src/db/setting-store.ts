import type { Prisma } from './generated/client.ts'
import type { Db } from './open-database.ts'

/** @throws when the database does not answer. */
export async function pingDatabase(db: Db): Promise<void> {
  await db.$queryRaw`SELECT 1`
}

/** The value of one setting, or null. */
export async function findSetting(db: Db, key: string): Promise<Prisma.JsonValue | null> {
  const row = await db.setting.findUnique({ where: { key } })
  return row?.value ?? null
}

/** Writes a setting only if it has none: two processes that start together agree on one value. */
export async function createSetting(
  db: Db,
  key: string,
  value: Prisma.InputJsonValue,
): Promise<void> {
  await db.setting.createMany({ data: [{ key, value }], skipDuplicates: true })
}

/** Writes a setting, whatever it was. */
export async function saveSetting(
  db: Db,
  key: string,
  value: Prisma.InputJsonValue,
): Promise<void> {
  await db.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}
