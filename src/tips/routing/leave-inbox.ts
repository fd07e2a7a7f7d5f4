import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup } from '../../groups/group-store.ts'
import { clearCard } from '../cards/clear-card.ts'
import { listActiveCards, withdrawCards } from '../cards/tip-card-store.ts'
import { dropPrompts } from '../handling/prompt-store.ts'
import type { RoutingCause } from '../tip.ts'
import type { TipRow } from '../tip-store.ts'
import type { PlaceDeps } from './place-tip.ts'
import { tellOfStranded, tellStranded } from './stranded-cards.ts'

/** withdrawn: its reporter took it back. shredded: what it says is gone for good. */
export type LeaveCause = RoutingCause | 'withdrawn' | 'shredded'

/** Whoever is involved must not read on: nothing stays, not even what was talked about it. */
const leavesNothing: readonly LeaveCause[] = ['conflict']

/**
 * Takes what stands of a tip out of the chat it leaves: its card keeps a line without what it says, its photos and
 * answers are deleted, its topic is closed. After a declared conflict all of it is deleted. A chat that cannot be
 * written to is left as it is; `restoreInbox` does it later. What is out of our reach the group is told of.
 */
export async function leaveInbox(
  tx: Db,
  deps: PlaceDeps,
  tip: TipRow,
  cause: LeaveCause,
): Promise<void> {
  const cards = await listActiveCards(tx, tip.id)
  await withdrawCards(tx, tip.id)
  await dropPrompts(tx, tip.id)
  for (const card of cards) {
    const group = await findGroup(tx, card.groupId)
    if (group?.inboxState !== 'bound' || group.inboxChatId !== card.chatId) continue
    await clearCard(tx, deps, card, {
      text: deps.messages.in(deps.officeLanguage)(leftText(cause), { number: tip.number }),
      leavesNothing: leavesNothing.includes(cause),
    })
    if (!mayDelete(group) && deps.now().getTime() - tip.filedAt.getTime() > deletableMs)
      await tellStranded(tx, deps, { group, number: tip.number, isConflict: cause === 'conflict' })
  }
  await tellOfStranded(tx, deps, tip, cause === 'conflict')
}

/** Without the right Telegram lets a bot delete its own messages for two days. */
const deletableMs = 47 * 3_600_000
const mayDelete = ({ inboxReason }: Group) =>
  inboxReason === null || !/administrator|can_delete_messages/.test(inboxReason)

function leftText(cause: LeaveCause): string {
  if (cause === 'withdrawn') return 'receipt:card.withdrawn'
  return cause === 'shredded' ? 'receipt:card.shredded' : 'handling:left'
}
