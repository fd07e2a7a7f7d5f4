import type { Db } from '../db/open-database.ts'
import { foldCode, type KeyedHash } from '../lib/one-time-code.ts'
import { findGroupByChat } from './group-store.ts'
import { findByBindKey, releaseBrokenChat, saveInbox } from './inbox-store.ts'

export type BindInboxOutcome =
  /**
   * `formerChatId`: the chat that was the inbox until now and should be told that it no longer is. `wasBroken`: it could
   * not be written to.
   */
  | {
      outcome: 'bound'
      groupId: number
      groupName: string
      formerChatId: number | null
      wasBroken: boolean
    }
  | { outcome: 'wrong-code' }
  | { outcome: 'expired-code' }
  /** A code that does not work in a chat that is an inbox: most likely it was sent a second time. */
  | { outcome: 'already-bound'; groupName: string }
  /** The chat is the inbox of another group. The code is still good for another chat. */
  | { outcome: 'chat-taken'; groupName: string }

/** Makes a chat the inbox of the group whose code was sent. The caller has checked that an admin of the chat sent it. */
export async function bindInbox(
  deps: { db: Db; hash: KeyedHash },
  input: { code: string; chatId: number; forum: boolean; now: Date },
): Promise<BindInboxOutcome> {
  const { db } = deps
  const bindKey = deps.hash(foldCode(input.code))
  const group = await findByBindKey(db, bindKey)
  const holder = await findGroupByChat(db, input.chatId)
  if (!group)
    return holder?.inboxState === 'bound'
      ? { outcome: 'already-bound', groupName: holder.name }
      : { outcome: 'wrong-code' }
  if (!group.bindUntilAt || group.bindUntilAt <= input.now) return { outcome: 'expired-code' }

  if (holder && holder.id !== group.id) {
    if (holder.inboxState === 'bound') return { outcome: 'chat-taken', groupName: holder.name }
    await releaseBrokenChat(db, input.chatId)
  }
  const { chatId, forum, now } = input
  const saved = await saveInbox(db, { groupId: group.id, bindKey, chatId, forum, now })
  if (!saved) return { outcome: 'wrong-code' }
  const former = group.inboxChatId === null ? null : Number(group.inboxChatId)
  const formerChatId = former === chatId ? null : former
  const wasBroken = group.inboxState === 'broken'
  return { outcome: 'bound', groupId: group.id, groupName: group.name, formerChatId, wasBroken }
}
