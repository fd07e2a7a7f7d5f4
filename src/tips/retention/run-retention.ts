import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { leaveInbox } from '../routing/leave-inbox.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { findTip, lockTip } from '../tip-store.ts'
import {
  decideRetention,
  latestClosing,
  latestUnlinked,
  type RetentionRules,
} from './decide-retention.ts'
import { listLinked, listSealed, type RetainedTip } from './retention-store.ts'
import { findShreddable } from './shred-store.ts'
import { shredLedger, shredTip, shredTrace } from './shred-tip.ts'

export type RetentionDeps = PlaceDeps & { retention: RetentionRules }

/** Small enough for one transaction; the rest waits for the next run. */
const linksPerRun = 50
const contentsPerRun = 25

/** The link to the reporter goes; the receipt may be shown until the content goes. Returns how many. */
export async function endLinks(tx: Db, deps: RetentionDeps): Promise<number> {
  const now = deps.now()
  const closedUntil = latestUnlinked(now, deps.retention)
  const candidates = await listLinked(tx, { closedUntil, limit: linksPerRun })
  const ended: number[] = []
  for (const { id } of pickDue(candidates, deps, now, 'linkAt')) {
    await lockTip(tx, id)
    const tip = await findShreddable(tx, id)
    if (tip?.state !== 'closed' || tip.isHeldByLaw) continue
    await shredTrace(tx, deps, tip, { keepsCode: true })
    ended.push(id)
  }
  for (const id of ended) await auditEnd(tx, now, id, 'tip unlinked')
  return ended.length
}

/** The content goes: key, words, files, what was said about it, and what stands of it in the inbox. Returns how many. */
export async function endContents(tx: Db, deps: RetentionDeps): Promise<number> {
  const now = deps.now()
  const closedUntil = latestClosing(now, deps.retention.contentDays)
  const candidates = await listSealed(tx, { closedUntil, limit: contentsPerRun })
  const ended: number[] = []
  for (const { id } of pickDue(candidates, deps, now, 'contentAt')) {
    await lockTip(tx, id)
    const tip = await findShreddable(tx, id)
    const row = await findTip(tx, id)
    if (!row || tip?.state !== 'closed' || tip.isHeldByLaw) continue
    await shredLedger(tx, tip)
    await leaveInbox(tx, deps, row, 'shredded')
    await shredTip(tx, deps, tip)
    ended.push(id)
  }
  for (const id of ended) await auditEnd(tx, now, id, 'tip shredded')
  return ended.length
}

function pickDue(
  candidates: RetainedTip[],
  { retention }: RetentionDeps,
  now: Date,
  what: 'linkAt' | 'contentAt',
): RetainedTip[] {
  return candidates.filter((tip) => {
    const at = decideRetention(tip, retention)[what]
    return at !== null && at <= now
  })
}

async function auditEnd(tx: Db, at: Date, tipId: number, action: string): Promise<void> {
  await appendAudit(tx, { at, actor: 'system', action, subject: `tip:${tipId}`, detail: {} })
}
