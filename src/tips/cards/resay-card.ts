import type { Db } from '../../db/open-database.ts'
import { findGroup } from '../../groups/group-store.ts'
import { clearPrompts } from '../handling/clear-prompts.ts'
import { lockTip, type TipRow } from '../tip-store.ts'
import { type InboxDeps, putIntoInbox } from './put-into-inbox.ts'
import { listActiveCards, listStrandedCards, type TipCard, withdrawCard } from './tip-card-store.ts'
import { deletePosts } from './tip-post-store.ts'

/**
 * Puts a card that stands in another chat than the inbox of today into that one, with everything that belongs behind it.
 * The old one keeps its number, by which it is known that it still stands there. False when the tip went elsewhere.
 */
export async function resayCard(tx: Db, deps: InboxDeps, card: TipCard): Promise<boolean> {
  const tip = await lockTip(tx, card.tipId)
  if (!(await withdrawCard(tx, card.id))) return false
  // A number in the old chat is that of another message in the new one.
  await deletePosts(tx, card.id)
  if (!tip?.dataKey || tip.groupId !== card.groupId) return false
  await clearPrompts(tx, deps, tip.id)
  // What is closed waits in no list: it is on its way because somebody has said something about it.
  const isUrgent = tip.state === 'closed' || tip.severity === 'urgent'
  await putIntoInbox(tx, deps, tip, { groupId: card.groupId, isUrgent })
  return true
}

/**
 * A closed tip whose card was left behind in the chat of before gets one where its group reads it, because there is
 * something new to read. False when it has one, or never had.
 */
export async function resayClosedCard(tx: Db, deps: InboxDeps, tip: TipRow): Promise<boolean> {
  if (tip.state !== 'closed' || tip.groupId === null || !tip.dataKey) return false
  if ((await listActiveCards(tx, tip.id)).length > 0) return false
  const stranded = await listStrandedCards(tx, { tipId: tip.id })
  const group = await findGroup(tx, tip.groupId)
  if (group?.inboxState !== 'bound' || !stranded.some(({ groupId }) => groupId === group.id))
    return false
  await putIntoInbox(tx, deps, tip, { groupId: group.id, isUrgent: true })
  return true
}
