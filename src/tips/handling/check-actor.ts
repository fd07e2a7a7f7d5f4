import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import type { TipCard } from '../cards/tip-card-store.ts'
import { findAcknowledgement, lockTip, type TipRow } from '../tip-store.ts'
import { checkPress, type Press, type PressRefusal } from './check-press.ts'

export type Actor = {
  card: TipCard
  group: Group
  supervisor: { id: number; name: string }
  tip: TipRow
}

export type ActRefusal =
  | PressRefusal
  | { outcome: 'closed' }
  /** Nobody has it: first somebody must take it. */
  | { outcome: 'take-first' }
  | { outcome: 'held-by'; by: string }

/**
 * holder: who took it. open: who took it, or anybody of the group while nobody did. anybody: of the group, while it is
 * open. closed: of the group that closed it.
 */
export type ActRight = 'holder' | 'open' | 'anybody' | 'closed'

/**
 * Whether this person may do this with the tip now. The tip stays locked until the transaction ends, so that what is
 * allowed here is still so when it is done.
 */
export async function checkActor(
  tx: Db,
  press: Press,
  right: ActRight,
): Promise<({ outcome: 'allowed' } & Actor) | ActRefusal> {
  const checked = await checkPress(tx, press)
  if (checked.outcome !== 'allowed') return checked
  const { card, group, supervisor } = checked
  const tip = await lockTip(tx, card.tipId)
  if (!tip?.dataKey || tip.groupId !== group.id) return { outcome: 'moved' }
  if (card.state === 'withdrawn') return { outcome: 'old-card' }
  const allowed = { outcome: 'allowed' as const, card, group, supervisor, tip }
  if (right === 'closed') return tip.state === 'closed' ? allowed : { outcome: 'moved' }
  if (tip.state === 'closed') return { outcome: 'closed' }
  if (right === 'anybody') return allowed
  if (tip.state === 'waiting') return right === 'open' ? allowed : { outcome: 'take-first' }
  if (tip.acknowledgedById === supervisor.id) return allowed
  const holder = await findAcknowledgement(tx, tip.id)
  return { outcome: 'held-by', by: holder?.by ?? '' }
}
