import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { findShreddable, type ShreddableTip } from '../retention/shred-store.ts'
import { shredLedger, shredTip, shredTrace } from '../retention/shred-tip.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { lockTip } from '../tip-store.ts'
import { withdrawTip } from './withdraw-tip.ts'

/**
 * What goes when the reporter erases. all: nobody has taken the tip on, so its content goes too. trace: a group works
 * with it and keeps it, without any way to who filed it. held: the law wants it kept; the trace goes all the same.
 */
export type ErasureExtent = 'all' | 'trace' | 'held'

export type EraseOutcome = { outcome: ErasureExtent; number: string } | { outcome: 'gone' }

export function decideExtent(tip: Pick<ShreddableTip, 'acknowledgedAt' | 'isHeldByLaw'>) {
  if (tip.isHeldByLaw) return 'held'
  return tip.acknowledgedAt === null ? 'all' : 'trace'
}

/** The reporter takes back everything that leads to them. Cannot be undone, by anybody. */
export async function eraseTrace(tx: Db, deps: PlaceDeps, tipId: number): Promise<EraseOutcome> {
  await lockTip(tx, tipId)
  const tip = await findShreddable(tx, tipId)
  if (!tip) return { outcome: 'gone' }
  const extent = decideExtent(tip)
  if (extent === 'all') {
    await shredLedger(tx, tip)
    await withdrawTip(tx, deps, tipId)
    await shredTip(tx, deps, tip)
  } else await shredTrace(tx, deps, tip, { keepsCode: false })
  await appendAudit(tx, {
    at: deps.now(),
    actor: 'reporter',
    action: 'reporter erased',
    subject: `tip:${tipId}`,
    detail: { extent },
  })
  return { outcome: extent, number: tip.number }
}
