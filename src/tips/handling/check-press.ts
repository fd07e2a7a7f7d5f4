import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup } from '../../groups/group-store.ts'
import { findSupervisor } from '../../groups/supervisor-store.ts'
import { findTipCard, type TipCard } from '../cards/tip-card-store.ts'

/** Who pressed a tip's button, where, under which message. */
export type Press = {
  cardId: number
  chatId: number
  messageId: number
  telegramId: number
  /** The account that Telegram shows for admins who hide behind the group. */
  isAnonymous: boolean
}

export type PressRefusal =
  /** On no roster of this group, or has not used the personal link. */
  | { outcome: 'not-enrolled' }
  | { outcome: 'not-this-group' }
  | { outcome: 'anonymous' }
  | { outcome: 'moved' }
  /** The tip is here, on another card: this one is of before. */
  | { outcome: 'old-card' }

/** Whether this person may act on this tip here. Says nothing about what the tip's state allows. */
export async function checkPress(
  tx: Db,
  press: Press,
): Promise<
  | { outcome: 'allowed'; card: TipCard; group: Group; supervisor: { id: number; name: string } }
  | PressRefusal
> {
  const card = await findTipCard(tx, press.cardId)
  const group = card && (await findGroup(tx, card.groupId))
  if (!card || !group) return { outcome: 'moved' }
  // A chat that became a supergroup has another id than the one the card was sent to.
  if (press.chatId !== card.chatId && press.chatId !== group.inboxChatId)
    return { outcome: 'not-this-group' }
  if (press.isAnonymous) return { outcome: 'anonymous' }
  const { telegramId } = press
  const supervisor = await findSupervisor(tx, { groupId: group.id, telegramId })
  return supervisor ? { outcome: 'allowed', card, group, supervisor } : { outcome: 'not-enrolled' }
}
