import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { listEvidence } from '../evidence/evidence-store.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { TipRow } from '../tip-store.ts'
import { decideCardForm, inboxLoadMs } from './decide-card-form.ts'
import { gatherCard } from './gather-card.ts'
import { type Inbox, lockInbox, readInboxLoad, saveReleasedCard } from './listed-card-store.ts'
import { type CardDeps, composeParts, enqueueCard, subjectOfCard } from './show-card.ts'
import { createTipCard, type TipCard } from './tip-card-store.ts'

export type InboxDeps = CardDeps & Pick<TipDeps, 'directory' | 'now'>

/**
 * Gives a tip to the inbox of its group: as a card of its own, or, when more come than the chat may get, as a line of a
 * list. `isUrgent`: it happens at this moment, so nothing may hold it up. @throws when the group has no inbox.
 */
export async function putIntoInbox(
  tx: Db,
  deps: InboxDeps,
  tip: TipRow,
  { groupId, isUrgent }: { groupId: number; isUrgent: boolean },
): Promise<void> {
  const inbox = await lockInbox(tx, groupId)
  if (!inbox || inbox.inboxChatId === null) throw new Error(`Group ${groupId} has no inbox`)
  const at = deps.now()
  const messages = await countMessages(tx, deps, tip, inbox)
  const load = await readInboxLoad(tx, groupId, new Date(at.getTime() - inboxLoadMs))
  const place = { tipId: tip.id, groupId, chatId: inbox.inboxChatId, createdAt: at }
  if (decideCardForm({ isUrgent, messages }, load) === 'own') {
    const card = await createTipCard(tx, { ...place, state: 'queued', messages, releasedAt: at })
    return startCard(tx, deps, { card, tip, inbox })
  }
  await gatherCard(tx, deps, tip, await createTipCard(tx, { ...place, state: 'listed' }))
}

/** A card that waited in a list goes out by itself. False when it did so before, or left the inbox. */
export async function releaseCard(
  tx: Db,
  deps: InboxDeps,
  { card, tip, group, messages }: { card: TipCard; tip: TipRow; group: Group; messages: number },
): Promise<boolean> {
  // The chat of today: a group that became a supergroup since then has another number.
  const chatId = group.inboxChatId ?? card.chatId
  const released = { chatId, messages, releasedAt: deps.now() }
  if (!(await saveReleasedCard(tx, card.id, released))) return false
  await startCard(tx, deps, {
    card: { ...card, chatId, state: 'queued' },
    tip,
    inbox: group,
  })
  return true
}

/** How many messages it takes as a card of its own: the topic counts too. The tip must not have been shredded. */
export async function countMessages(
  tx: Db,
  deps: CardDeps,
  tip: TipRow,
  inbox: Inbox,
): Promise<number> {
  const parts = await composeParts(tx, deps, tip)
  const evidence = await listEvidence(tx, tip.id)
  return (inbox.inboxForum ? 1 : 0) + parts.length + evidence.length
}

async function startCard(
  tx: Db,
  deps: CardDeps,
  { card, tip, inbox }: { card: TipCard; tip: TipRow; inbox: Inbox },
): Promise<void> {
  if (!inbox.inboxForum) return enqueueCard(tx, deps, card, tip)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-topic',
    subject: subjectOfCard(card),
    address: { chatId: card.chatId },
    outgoing: { kind: 'open-topic', name: tip.number },
  })
}
