import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const promptKinds = ['ask', 'transfer', 'conclude', 'duplicate'] as const
export type PromptKind = (typeof promptKinds)[number]

export type PromptRow = {
  id: number
  tipId: number
  cardId: number
  supervisorId: number
  kind: PromptKind
  sealed: Uint8Array
  messageId: number | null
}

export type DroppedPrompt = Pick<PromptRow, 'cardId' | 'messageId'>

/** A supervisor does one thing at a time at a card: what they began there before counts no more. */
export async function createPrompt(
  tx: Db,
  prompt: Omit<PromptRow, 'id' | 'messageId' | 'sealed'> & { sealed: Bytes; createdAt: Date },
): Promise<{ id: number; dropped: DroppedPrompt[] }> {
  const { cardId, supervisorId } = prompt
  const dropped = await drop(tx, { cardId, supervisorId })
  return { id: (await tx.tipPrompt.create({ data: prompt })).id, dropped }
}

/** Null when it is done or dropped. */
export async function findOpenPrompt(db: Db, id: number): Promise<PromptRow | null> {
  const row = await db.tipPrompt.findFirst({ where: { id, state: 'open' } })
  return row && { ...row, kind: row.kind as PromptKind }
}

/** Everything that was begun at this card, what is done or dropped as well, oldest first. */
export async function listPrompts(
  db: Db,
  cardId: number,
): Promise<(PromptRow & { isOpen: boolean })[]> {
  const rows = await db.tipPrompt.findMany({ where: { cardId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({
    ...row,
    kind: row.kind as PromptKind,
    isOpen: row.state === 'open',
  }))
}

/** What this message of ours asks for, in the inbox of the group that has this chat. */
export async function findPromptAt(
  db: Db,
  { chatId, messageId }: { chatId: number; messageId: number },
): Promise<{ id: number; isOpen: boolean } | null> {
  const row = await db.tipPrompt.findFirst({
    where: {
      messageId,
      card: { chatId: BigInt(chatId), group: { inboxChatId: BigInt(chatId) } },
    },
    orderBy: { id: 'desc' },
  })
  return row && { id: row.id, isOpen: row.state === 'open' }
}

/** Where it stands, so that an answer to it is known. */
export async function savePromptMessage(
  tx: Db,
  id: number,
  messageId: number,
): Promise<{ cardId: number; isDropped: boolean } | null> {
  const [row] = await tx.tipPrompt.updateManyAndReturn({
    where: { id },
    data: { messageId },
    select: { cardId: true, state: true },
  })
  return row ? { cardId: row.cardId, isDropped: row.state === 'dropped' } : null
}

/** One press wins. */
export async function endPrompt(tx: Db, id: number, state: 'done' | 'dropped'): Promise<boolean> {
  const { count } = await tx.tipPrompt.updateMany({
    where: { id, state: 'open' },
    data: { state },
  })
  return count === 1
}

/** What was begun at a tip's cards counts no more: the tip goes elsewhere, or somebody else has it. */
export async function dropPrompts(tx: Db, tipId: number): Promise<DroppedPrompt[]> {
  return drop(tx, { tipId })
}

/** What somebody began who may act no more. */
export async function dropPromptsOf(tx: Db, supervisorId: number): Promise<DroppedPrompt[]> {
  return drop(tx, { supervisorId })
}

async function drop(
  tx: Db,
  which: { tipId: number } | { supervisorId: number } | { cardId: number; supervisorId: number },
): Promise<DroppedPrompt[]> {
  return tx.tipPrompt.updateManyAndReturn({
    where: { ...which, state: 'open' },
    data: { state: 'dropped' },
    select: { cardId: true, messageId: true },
  })
}
