import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { countMessages, type InboxDeps, releaseCard } from '../cards/put-into-inbox.ts'
import { findTip } from '../tip-store.ts'
import { checkPress, type Press, type PressRefusal } from './check-press.ts'

export type OpenOutcome =
  | { outcome: 'opened'; number: string }
  /** It has a card of its own: another press or the clock was quicker. */
  | { outcome: 'already'; number: string }
  | { outcome: 'closed' }
  | PressRefusal

/** A supervisor presses a tip in a list: its card goes out now, whatever else waits. The list follows by the clock. */
export async function openListedCard(tx: Db, deps: InboxDeps, press: Press): Promise<OpenOutcome> {
  const checked = await checkPress(tx, press)
  if (checked.outcome !== 'allowed') return checked
  const { card, group, supervisor } = checked
  const tip = await findTip(tx, card.tipId)
  if (!tip || tip.state === 'closed') return { outcome: 'closed' }
  if (card.state === 'withdrawn' || tip.groupId !== group.id) return { outcome: 'moved' }
  const { number } = tip
  if (card.state !== 'listed') return { outcome: 'already', number }

  const messages = await countMessages(tx, deps, tip, group)
  if (!(await releaseCard(tx, deps, { card, tip, group, messages })))
    return { outcome: 'already', number }
  await appendAudit(tx, {
    at: deps.now(),
    actor: `supervisor:${supervisor.id}`,
    action: 'tip opened',
    subject: `tip:${tip.id}`,
    detail: { groupId: group.id },
  })
  return { outcome: 'opened', number }
}
