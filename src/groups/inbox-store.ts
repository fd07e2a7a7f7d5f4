import type { Db } from '../db/open-database.ts'
import { type BreakReason, inboxStatesBefore } from './group.ts'

type Key = Uint8Array<ArrayBuffer>

const unbound = { inboxState: 'unbound', inboxChatId: null, inboxForum: false, inboxReason: null }

/** False when there is no such group. A newer code replaces the one before it. */
export async function saveBindKey(
  db: Db,
  input: { groupId: number; bindKey: Key; untilAt: Date },
): Promise<boolean> {
  const { count } = await db.group.updateMany({
    where: { id: input.groupId, retiredAt: null },
    data: { bindKey: input.bindKey, bindUntilAt: input.untilAt },
  })
  return count === 1
}

export async function findByBindKey(db: Db, bindKey: Key) {
  const select = { id: true, name: true, bindUntilAt: true, inboxChatId: true, inboxState: true }
  return db.group.findFirst({ where: { bindKey, retiredAt: null }, select })
}

/** Uses the code up. False when somebody else did, in the meantime. */
export async function saveInbox(
  db: Db,
  input: { groupId: number; bindKey: Key; chatId: number; forum: boolean; now: Date },
): Promise<boolean> {
  const { count } = await db.group.updateMany({
    where: {
      id: input.groupId,
      bindKey: input.bindKey,
      retiredAt: null,
      inboxState: { in: inboxStatesBefore('bound') },
    },
    data: {
      inboxState: 'bound',
      inboxChatId: BigInt(input.chatId),
      inboxForum: input.forum,
      inboxReason: null,
      boundAt: input.now,
      bindKey: null,
      bindUntilAt: null,
    },
  })
  return count === 1
}

/** Takes the chat from a group that could not use it any more. */
export async function releaseBrokenChat(db: Db, chatId: number): Promise<void> {
  await db.group.updateMany({
    where: { inboxChatId: BigInt(chatId), inboxState: 'broken' },
    data: unbound,
  })
}

/** False when the chat is no bound inbox. */
export async function saveBrokenInbox(
  db: Db,
  input: { chatId: number; reason: BreakReason },
): Promise<boolean> {
  const { count } = await db.group.updateMany({
    where: {
      inboxChatId: BigInt(input.chatId),
      inboxState: { in: inboxStatesBefore('broken') },
    },
    data: { inboxState: 'broken', inboxReason: input.reason },
  })
  return count === 1
}

/** False when no group has the chat `from`. */
export async function replaceChat(db: Db, chat: { from: number; to: number }): Promise<boolean> {
  const { count } = await db.group.updateMany({
    where: { inboxChatId: BigInt(chat.from) },
    data: { inboxChatId: BigInt(chat.to) },
  })
  return count === 1
}

/** Rights that are missing in a bound inbox; null: none. True when that is news. */
export async function saveInboxReason(
  db: Db,
  groupId: number,
  reason: string | null,
): Promise<boolean> {
  const { count } = await db.group.updateMany({
    where: {
      id: groupId,
      inboxState: 'bound',
      OR: [{ inboxReason: { not: reason } }, ...(reason ? [{ inboxReason: null }] : [])],
    },
    data: { inboxReason: reason },
  })
  return count === 1
}

/** The bot has seen that it can write in this inbox, and whether it has topics. True when it was broken until now. */
export async function saveLiveInbox(
  db: Db,
  input: { groupId: number; forum: boolean },
): Promise<boolean> {
  const { count } = await db.group.updateMany({
    where: { id: input.groupId, inboxState: 'broken' },
    data: { inboxState: 'bound', inboxReason: null, inboxForum: input.forum },
  })
  if (count === 1) return true
  await db.group.updateMany({
    where: { id: input.groupId, inboxState: 'bound' },
    data: { inboxForum: input.forum },
  })
  return false
}
