import type { Db } from '../../db/open-database.ts'
import { openJson, sealJson } from '../../lib/keyring.ts'
import { appendAudit } from '../../staff/audit.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findTipByNumber, lockTip } from '../tip-store.ts'
import { createHold, deleteHold, findHold } from './hold-store.ts'

type Deps = Pick<TipDeps, 'keyring' | 'now'>
type Request = { staffId: number; number: string }

export type HoldOutcome =
  | { outcome: 'held'; number: string }
  /** It was before; who wants another reason lifts it first. */
  | { outcome: 'already'; number: string; reason: string; since: Date }
  | { outcome: 'no-reason'; number: string }
  | { outcome: 'no-tip' }
  /** It was destroyed; there is nothing to keep. */
  | { outcome: 'shredded'; number: string }

/** The law wants this tip kept: retention does not touch it until the hold is lifted. */
export async function holdTip(
  tx: Db,
  { keyring, now }: Deps,
  { staffId, number, reason }: Request & { reason: string },
): Promise<HoldOutcome> {
  const found = await findTipByNumber(tx, number)
  if (!found) return { outcome: 'no-tip' }
  await lockTip(tx, found.id)
  const tip = await findTipByNumber(tx, number)
  if (!tip?.dataKey) return { outcome: 'shredded', number }
  const sealer = keyring.openDataKey(tip.dataKey)
  const hold = await findHold(tx, tip.id)
  if (hold) {
    const { reason: earlier } = openJson<{ reason: string }>(sealer, hold.reason)
    return { outcome: 'already', number, reason: earlier, since: hold.sinceAt }
  }
  if (reason === '') return { outcome: 'no-reason', number }
  const sinceAt = now()
  await createHold(tx, { tipId: tip.id, staffId, sinceAt, reason: sealJson(sealer, { reason }) })
  await appendAudit(tx, {
    at: sinceAt,
    actor: `staff:${staffId}`,
    action: 'tip held by law',
    subject: `tip:${tip.id}`,
    detail: {},
  })
  return { outcome: 'held', number }
}

export type UnholdOutcome =
  | { outcome: 'lifted' | 'not-held'; number: string }
  | { outcome: 'no-tip' }

/** The hold ends; what is due by then goes in the next night. */
export async function unholdTip(
  tx: Db,
  { now }: Deps,
  { staffId, number }: Request,
): Promise<UnholdOutcome> {
  const tip = await findTipByNumber(tx, number)
  if (!tip) return { outcome: 'no-tip' }
  if (!(await deleteHold(tx, tip.id))) return { outcome: 'not-held', number }
  await appendAudit(tx, {
    at: now(),
    actor: `staff:${staffId}`,
    action: 'hold lifted',
    subject: `tip:${tip.id}`,
    detail: {},
  })
  return { outcome: 'lifted', number }
}
