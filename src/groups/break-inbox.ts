import type { Db } from '../db/open-database.ts'
import type { BreakReason } from './group.ts'
import { findGroupByChat } from './group-store.ts'
import { saveBrokenInbox } from './inbox-store.ts'

export type BreakInboxOutcome =
  | { outcome: 'broken'; groupId: number; groupName: string }
  /** Nothing changed: the chat is no inbox, or was broken before. */
  | { outcome: 'unchanged' }

/** The bot can no longer write in this chat: tips go one level up until it is bound again. */
export async function breakInbox(
  db: Db,
  input: { chatId: number; reason: BreakReason },
): Promise<BreakInboxOutcome> {
  const saved = await saveBrokenInbox(db, input)
  const group = saved ? await findGroupByChat(db, input.chatId) : null
  return group
    ? { outcome: 'broken', groupId: group.id, groupName: group.name }
    : { outcome: 'unchanged' }
}
