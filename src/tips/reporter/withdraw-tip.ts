import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { saveLinkedWithdrawal } from '../linked-tip-store.ts'
import { leaveInbox } from '../routing/leave-inbox.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { findTip, lockTip, saveWithdrawal } from '../tip-store.ts'

/** `already`: withdrawn before, which is no “it is over” for whose finger pressed twice. */
export type WithdrawOutcome = { outcome: 'withdrawn' | 'already' | 'closed'; number: string }

/** Its reporter wants the tip no more: it is closed, and the group's card says so and nothing else. */
export async function withdrawTip(
  tx: Db,
  deps: PlaceDeps,
  tipId: number,
): Promise<WithdrawOutcome | { outcome: 'gone' }> {
  await lockTip(tx, tipId)
  const tip = await findTip(tx, tipId)
  if (!tip) return { outcome: 'gone' }
  const { number } = tip
  const at = deps.now()
  const isSaved =
    (await saveWithdrawal(tx, tipId, at)) || (await saveLinkedWithdrawal(tx, tipId, at))
  if (!isSaved) return { outcome: tip.result === 'withdrawn' ? 'already' : 'closed', number }
  await leaveInbox(tx, deps, tip, 'withdrawn')
  await appendAudit(tx, {
    at,
    actor: 'reporter',
    action: 'tip withdrawn',
    subject: `tip:${tipId}`,
    detail: { groupId: tip.groupId },
  })
  return { outcome: 'withdrawn', number }
}
