import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

export async function savePromptRow(
  tx: Db,
  chatKey: Bytes,
  row: { sealed: Bytes; untilAt: Date },
): Promise<void> {
  await tx.prompt.upsert({ where: { chatKey }, update: row, create: { chatKey, ...row } })
}

export async function deletePromptRow(tx: Db, chatKey: Bytes): Promise<void> {
  await tx.prompt.deleteMany({ where: { chatKey } })
}

/** Forgets what is over. Returns how many. */
export async function prunePrompts(db: Db, now: Date): Promise<number> {
  const { count } = await db.prompt.deleteMany({ where: { untilAt: { lte: now } } })
  return count
}
