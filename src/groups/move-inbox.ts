import type { Db } from '../db/open-database.ts'
import { findGroupByChat } from './group-store.ts'
import { replaceChat } from './inbox-store.ts'

export type MoveInboxOutcome =
  | { outcome: 'moved'; groupId: number }
  /** Telegram tells of one migration up to three times: in the old chat, in the new one and as an error. */
  | { outcome: 'unchanged' }

/** A group chat became a supergroup and has another id from now on. */
export async function moveInbox(
  db: Db,
  chat: { from: number; to: number },
): Promise<MoveInboxOutcome> {
  const moved = await replaceChat(db, chat)
  const group = moved ? await findGroupByChat(db, chat.to) : null
  return group ? { outcome: 'moved', groupId: group.id } : { outcome: 'unchanged' }
}
