import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const toReporter = ['question', 'result', 'aftercare', 'notice'] as const
export const fromReporter = ['answer', 'addition', 'reopening'] as const
export type MessageKind = (typeof toReporter)[number] | (typeof fromReporter)[number]

/**
 * sent: the other side has been told that there is something. opened: the reporter looked at it. answered, declined:
 * what the reporter did. removed: taken off the reporter's screen.
 */
export type MessageState = 'sent' | 'opened' | 'answered' | 'declined' | 'removed'

export type MessageRow = {
  id: number
  tipId: number
  kind: MessageKind
  state: MessageState
  sealed: Uint8Array
  groupId: number | null
  answersId: number | null
  createdAt: Date
}

export async function createMessage(
  tx: Db,
  message: Omit<MessageRow, 'id' | 'state' | 'answersId' | 'sealed'> & {
    sealed: Bytes
    answersId?: number | null
  },
): Promise<number> {
  const { id } = await tx.tipMessage.create({ data: { ...message, state: 'sent' } })
  return id
}

export async function findMessage(db: Db, id: number): Promise<MessageRow | null> {
  const row = await db.tipMessage.findUnique({ where: { id } })
  return row && toMessage(row)
}

/** What both sides said so far, oldest first. */
export async function listMessages(db: Db, tipId: number): Promise<MessageRow[]> {
  const rows = await db.tipMessage.findMany({ where: { tipId }, orderBy: { id: 'asc' } })
  return rows.map(toMessage)
}

/** False when it is in none of these states any more: it was answered before. */
export async function saveMessageState(
  tx: Db,
  id: number,
  { from, to }: { from: readonly MessageState[]; to: MessageState },
): Promise<boolean> {
  const { count } = await tx.tipMessage.updateMany({
    where: { id, state: { in: [...from] } },
    data: { state: to },
  })
  return count === 1
}

function toMessage(
  row: Omit<MessageRow, 'kind' | 'state'> & { kind: string; state: string },
): MessageRow {
  return { ...row, kind: row.kind as MessageKind, state: row.state as MessageState }
}
