import type { Db } from '../db/open-database.ts'
import { findGroupByChat } from './group-store.ts'
import { saveLeft } from './supervisor-store.ts'

export type LeaveChatOutcome =
  | { outcome: 'left'; supervisorId: number; name: string; groupId: number; groupName: string }
  /** No supervisor of the group that has this chat. */
  | { outcome: 'unknown' }

/**
 * A supervisor is no longer in the chat of their group, and may act in it no more. Who comes back needs a new personal
 * link: somebody must have decided it.
 */
export async function leaveChat(
  tx: Db,
  { chatId, telegramId }: { chatId: number; telegramId: number },
): Promise<LeaveChatOutcome> {
  const group = await findGroupByChat(tx, chatId)
  const left = group && (await saveLeft(tx, { groupId: group.id, telegramId }))
  if (!left) return { outcome: 'unknown' }
  const { id: supervisorId, name } = left
  return { outcome: 'left', supervisorId, name, groupId: group.id, groupName: group.name }
}
