import type { Db } from '../../db/open-database.ts'
import type { ListEntry } from './tip-list.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * queued: being sent for the first time. shown: stands in the inbox. failed: Telegram refused it; its tips become cards
 * by the clock. finished: none of its tips waits any more.
 */
type TipListState = 'queued' | 'shown' | 'failed' | 'finished'

export type TipList = {
  id: number
  groupId: number
  chatId: number
  messageId: number | null
  state: TipListState
  lines: number
  length: number
  digest: Uint8Array
  editedAt: Date
}

const unfinished: TipListState[] = ['queued', 'shown', 'failed']

/** The list to which a tip may still be added; null when there is none. */
export async function findNewestList(db: Db, groupId: number): Promise<TipList | null> {
  const row = await db.tipList.findFirst({
    where: { groupId, state: { in: unfinished } },
    orderBy: { id: 'desc' },
  })
  return row && toList(row)
}

export async function createTipList(
  tx: Db,
  list: { groupId: number; chatId: number; digest: Bytes; editedAt: Date },
): Promise<TipList> {
  const data = { ...list, chatId: BigInt(list.chatId), lines: 0, length: 0 }
  return toList(await tx.tipList.create({ data }))
}

/** Names a tip in the list; `length` is that of its line. */
export async function addToList(
  tx: Db,
  listId: number,
  { cardId, length }: { cardId: number; length: number },
): Promise<void> {
  await tx.tipList.update({
    where: { id: listId },
    data: { lines: { increment: 1 }, length: { increment: length } },
  })
  await tx.tipCard.update({ where: { id: cardId }, data: { listId } })
}

/** What the list names now, in the order in which the tips came. Those that left the inbox are not named. */
export async function listEntries(db: Db, listId: number): Promise<ListEntry[]> {
  const rows = await db.tipCard.findMany({
    where: { listId, state: { not: 'withdrawn' } },
    select: {
      id: true,
      state: true,
      tip: { select: { number: true, areaId: true, category: true, filedAt: true } },
    },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, state, tip }) => ({
    ...tip,
    cardId: id,
    status: state === 'listed' ? 'waiting' : 'opened',
  }))
}

/** The lists of a group of which something may still change, oldest first. */
export async function listUnfinishedLists(db: Db, groupId: number): Promise<TipList[]> {
  const rows = await db.tipList.findMany({
    where: { groupId, state: { in: unfinished } },
    orderBy: { id: 'asc' },
  })
  return rows.map(toList)
}

/** When a list of this group was last sent or changed. */
export async function findLastListEdit(db: Db, groupId: number): Promise<Date | null> {
  const { _max } = await db.tipList.aggregate({ where: { groupId }, _max: { editedAt: true } })
  return _max.editedAt
}

export async function saveListEdit(
  tx: Db,
  id: number,
  edit: { digest: Bytes; editedAt: Date },
): Promise<void> {
  await tx.tipList.update({ where: { id }, data: edit })
}

/** False when it was known already. */
export async function finishList(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.tipList.updateMany({
    where: { id, state: { in: unfinished } },
    data: { state: 'finished' },
  })
  return count === 1
}

/** Where it stands: also after it was sent anew because the old message was gone, or after the chat moved. */
export async function saveSentList(
  tx: Db,
  id: number,
  sent: { chatId: number; messageId?: number | undefined },
): Promise<void> {
  await tx.tipList.updateMany({
    where: { id },
    data: {
      chatId: BigInt(sent.chatId),
      ...(sent.messageId === undefined ? {} : { messageId: sent.messageId }),
    },
  })
  await tx.tipList.updateMany({ where: { id, state: 'queued' }, data: { state: 'shown' } })
}

/** It is said anew in another chat. */
export async function saveMovedList(
  tx: Db,
  id: number,
  { chatId, ...said }: { chatId: number; digest: Bytes; editedAt: Date },
): Promise<void> {
  const data = { ...said, chatId: BigInt(chatId), messageId: null, state: 'queued' }
  await tx.tipList.updateMany({ where: { id, state: { in: unfinished } }, data })
}

export async function saveFailedList(tx: Db, id: number): Promise<void> {
  await tx.tipList.updateMany({
    where: { id, state: { in: ['queued', 'shown'] } },
    data: { state: 'failed' },
  })
}

export async function findGroupsWithLists(db: Db): Promise<number[]> {
  const rows = await db.tipList.groupBy({
    by: ['groupId'],
    where: { state: { in: unfinished } },
    orderBy: { groupId: 'asc' },
  })
  return rows.map(({ groupId }) => groupId)
}

function toList(
  row: Omit<TipList, 'chatId' | 'state'> & { chatId: bigint; state: string },
): TipList {
  const { id, groupId, messageId, lines, length, digest, editedAt } = row
  const state = row.state as TipListState
  return {
    ...{ id, groupId, chatId: Number(row.chatId), messageId },
    ...{ state, lines, length, digest, editedAt },
  }
}
