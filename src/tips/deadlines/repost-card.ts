import type { Db } from '../../db/open-database.ts'
import { findGroup } from '../../groups/group-store.ts'
import { putIntoInbox } from '../cards/put-into-inbox.ts'
import { findTipCard, releaseCardMessage, withdrawCard } from '../cards/tip-card-store.ts'
import { findTip } from '../tip-store.ts'
import type { DeadlineDeps } from './deadline-deps.ts'

/**
 * Somebody deleted the card or its topic, which Telegram tells no bot; it was noticed because it could not be answered.
 * It is put into the inbox anew. Does nothing when the tip went elsewhere or another answer noticed it first.
 */
export async function repostCard(tx: Db, deps: DeadlineDeps, cardId: number): Promise<boolean> {
  const card = await findTipCard(tx, cardId)
  const tip = card && (await findTip(tx, card.tipId))
  if (!card || !tip?.dataKey || tip.groupId !== card.groupId || tip.state === 'closed') return false
  const group = await findGroup(tx, card.groupId)
  if (group?.inboxState !== 'bound' || group.inboxChatId === null) return false
  if (!(await withdrawCard(tx, card.id))) return false
  await releaseCardMessage(tx, card)
  const t = deps.messages.in(deps.officeLanguage)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-deadline',
    address: { chatId: group.inboxChatId },
    outgoing: { kind: 'text', text: t('deadlines:repost', { number: tip.number }) },
  })
  // It was there before, so no other tip has to wait for it in a list.
  await putIntoInbox(tx, deps, tip, { groupId: group.id, isUrgent: true })
  return true
}
