import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

export async function findChatRow(db: Db, chatKey: Bytes): Promise<Uint8Array | null> {
  const row = await db.reporterChat.findUnique({ where: { chatKey } })
  return row?.sealed ?? null
}

/** The row, made with `sealed` when there was none; locked until the transaction ends, so that no change is lost. */
export async function lockChatRow(tx: Db, chatKey: Bytes, sealed: Bytes): Promise<Uint8Array> {
  const rows = await tx.$queryRaw<{ sealed: Uint8Array }[]>`
    INSERT INTO reporter_chat AS known ("chatKey", sealed) VALUES (${chatKey}, ${sealed})
    ON CONFLICT ("chatKey") DO UPDATE SET sealed = known.sealed RETURNING sealed`
  return rows[0]?.sealed ?? sealed
}

export async function saveChatRow(tx: Db, chatKey: Bytes, sealed: Bytes): Promise<void> {
  await tx.reporterChat.updateMany({ where: { chatKey }, data: { sealed } })
}

export async function deleteChatRow(tx: Db, chatKey: Bytes): Promise<void> {
  await tx.reporterChat.deleteMany({ where: { chatKey } })
}
