import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup } from '../../groups/group-store.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { clearCard } from '../cards/clear-card.ts'
import { moveLists } from '../cards/move-lists.ts'
import type { InboxDeps } from '../cards/put-into-inbox.ts'
import { resayCard } from '../cards/resay-card.ts'
import {
  listCardsElsewhere,
  listStrandedCards,
  releaseCardMessage,
  withdrawCard,
} from '../cards/tip-card-store.ts'
import { findTip, type TipRow } from '../tip-store.ts'

/**
 * The chat of a group is another one from now on. What is open gets a card there. In a chat that the bot is still in
 * (`isReachable`) everything is taken away; in one that became a supergroup it can neither change nor delete anything:
 * that is told when a tip has to leave.
 */
export async function followInbox(
  tx: Db,
  deps: InboxDeps,
  { groupId, isReachable }: { groupId: number; isReachable: boolean },
): Promise<void> {
  const group = await findGroup(tx, groupId)
  if (group?.inboxState !== 'bound' || group.inboxChatId === null) return
  const t = deps.messages.in(deps.officeLanguage)
  const cards = await listCardsElsewhere(tx, { groupId, chatId: group.inboxChatId })
  const isOpen = new Map<number, boolean>()
  for (const { id, tipId } of cards) {
    const tip = await findTip(tx, tipId)
    isOpen.set(id, tip?.groupId === groupId && tip.state !== 'closed')
  }
  if ([...isOpen.values()].includes(true))
    await sayInInbox(
      tx,
      deps,
      group,
      t(isReachable ? 'groups:followed.bound' : 'groups:followed.moved'),
    )
  for (const card of cards) {
    if (isOpen.get(card.id)) await resayCard(tx, deps, card)
    else await withdrawCard(tx, card.id)
    if (isReachable)
      await clearCard(tx, deps, card, { text: t('groups:followed.card'), leavesNothing: false })
  }
  await moveLists(tx, deps, { group, isReachable })
  await tellOfForeign(tx, deps, group)
}

/** A tip leaves: the group hears what of it stands in the chat of before, and must be deleted by hand. */
export async function tellOfStranded(
  tx: Db,
  deps: InboxDeps,
  { id: tipId, number }: TipRow,
  isConflict: boolean,
): Promise<void> {
  const told = new Set<number>()
  for (const card of await listStrandedCards(tx, { tipId })) {
    const group = await findGroup(tx, card.groupId)
    if (!group || !(await releaseCardMessage(tx, card)) || told.has(group.id)) continue
    told.add(group.id)
    await tellStranded(tx, deps, { group, number, isConflict })
  }
}

/** The same for tips that left while nothing could be said in the chat. */
export async function tellOfForeign(tx: Db, deps: InboxDeps, group: Group): Promise<void> {
  for (const card of await listStrandedCards(tx, { groupId: group.id })) {
    const tip = await findTip(tx, card.tipId)
    if (!tip || (tip.groupId === group.id && tip.dataKey)) continue
    if (await releaseCardMessage(tx, card))
      await tellStranded(tx, deps, { group, number: tip.number, isConflict: false })
  }
}

/** Plainly, with the number and nothing of what it says. Where somebody is involved the admins must see to it. */
export async function tellStranded(
  tx: Db,
  deps: InboxDeps,
  about: { group: Group; number: string; isConflict: boolean },
): Promise<void> {
  const { group, number, isConflict } = about
  const t = deps.messages.in(deps.officeLanguage)
  await sayInInbox(tx, deps, group, t('handling:stranded', { number }))
  if (isConflict)
    await alarmAdmins(tx, deps, 'handling:alarm.stranded', { number, group: group.name })
}

async function sayInInbox(tx: Db, deps: InboxDeps, group: Group, text: string): Promise<void> {
  if (group.inboxChatId === null) return
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'group-notice',
    address: { chatId: group.inboxChatId },
    outgoing: { kind: 'text', text, isProtected: true },
  })
}
