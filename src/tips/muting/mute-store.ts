import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type MuteRow = { id: number; sealed: Uint8Array; untilAt: Date }

export async function findMuteRow(db: Db, chatKey: Bytes, now: Date): Promise<MuteRow | null> {
  return db.mute.findUnique({ where: { chatKey, untilAt: { gt: now } } })
}

export async function findMuteRowById(db: Db, id: number, now: Date): Promise<MuteRow | null> {
  return db.mute.findUnique({ where: { id, untilAt: { gt: now } } })
}

/** Takes the place of one whose time is over. */
export async function saveMuteRow(
  tx: Db,
  chatKey: Bytes,
  row: { sealed: Bytes; untilAt: Date },
): Promise<void> {
  await tx.mute.upsert({ where: { chatKey }, update: row, create: { chatKey, ...row } })
}

/** Says something else about a mute that goes on. */
export async function resealMuteRow(tx: Db, id: number, sealed: Bytes): Promise<void> {
  await tx.mute.updateMany({ where: { id }, data: { sealed } })
}

/** False when it was lifted already. */
export async function deleteMuteRow(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.mute.deleteMany({ where: { id } })
  return count === 1
}

/** Removes those whose time is over. Returns how many. */
export async function pruneMutes(db: Db, now: Date): Promise<number> {
  const { count } = await db.mute.deleteMany({ where: { untilAt: { lte: now } } })
  return count
}

/** The tip that a message or a topic of this chat belongs to; null when it belongs to none. */
export async function findTipAt(
  db: Db,
  {
    chatId,
    messageId,
    threadId,
  }: { chatId: number; messageId?: number | undefined; threadId?: number | undefined },
): Promise<number | null> {
  const here = { chatId: BigInt(chatId), state: { not: 'withdrawn' } }
  const select = { tipId: true }
  if (messageId !== undefined) {
    const either = [{ messageId }, { posts: { some: { messageId } } }]
    const card = await db.tipCard.findFirst({ where: { ...here, OR: either }, select })
    if (card) return card.tipId
  }
  if (threadId === undefined) return null
  const card = await db.tipCard.findFirst({ where: { ...here, threadId }, select })
  return card?.tipId ?? null
}
