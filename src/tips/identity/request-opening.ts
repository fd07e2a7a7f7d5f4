import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { listStaff, type Staff } from '../../staff/staff-store.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findTipByNumber, lockTip } from '../tip-store.ts'
import { openReason, sealReason } from './identity.ts'
import {
  createOpening,
  findIdentity,
  findLiveOpening,
  findOpening,
  lapseOpening,
  saveConfirmation,
  saveRefusal,
} from './identity-store.ts'

export type OpeningDeps = Pick<TipDeps, 'keyring' | 'now' | 'messages' | 'enqueue'>

/** From the first request until the name was looked at. */
const validForHours = 24

export type RequestOutcome =
  | { outcome: 'asked'; number: string }
  | { outcome: 'no-reason' | 'no-tip' | 'no-name' | 'already' | 'no-second'; number: string }

/** A custodian asks to see who filed a tip; the other custodians are asked whether they agree. */
export async function requestOpening(
  tx: Db,
  deps: OpeningDeps,
  { staff, number, reason }: { staff: Staff; number: string; reason: string },
): Promise<RequestOutcome> {
  const tip = await findTipByNumber(tx, number)
  if (!tip) return { outcome: 'no-tip', number }
  // One request at a time: two at once could each pass for the other's second.
  await lockTip(tx, tip.id)
  if (!(await findIdentity(tx, tip.id))) return { outcome: 'no-name', number }
  if (reason === '') return { outcome: 'no-reason', number }
  const now = deps.now()
  const custodians = await listStaff(tx, 'custodian')
  const live = await findLiveOpening(tx, tip.id, now)
  const isBy = (staffId: number | null) => custodians.some(({ id }) => id === staffId)
  if (live && isBy(live.requestedById) && (live.state === 'asked' || isBy(live.confirmedById)))
    return { outcome: 'already', number }
  if (live) await lapseOpening(tx, live.id)
  const others = custodians.filter(({ id }) => id !== staff.id)
  if (others.length === 0) return { outcome: 'no-second', number }
  const openingId = await createOpening(tx, {
    tipId: tip.id,
    requestedById: staff.id,
    reason: sealReason(deps.keyring, reason),
    untilAt: new Date(now.getTime() + validForHours * 3_600_000),
  })
  for (const other of others) {
    const t = deps.messages.in(other.language)
    await deps.enqueue(tx, {
      lane: 'urgent',
      purpose: 'identity-request',
      address: { chatId: other.telegramId },
      outgoing: {
        kind: 'text',
        text: t('identity:request', { number, name: staff.name, reason }),
        keyboard: [
          [{ text: t('identity:button.yes'), data: `i:yes:${openingId}` }],
          [{ text: t('identity:button.no'), data: `i:no:${openingId}` }],
        ],
        isProtected: true,
      },
    })
  }
  await audit(tx, now, staff.id, 'identity asked for', tip.id, openingId)
  return { outcome: 'asked', number }
}

export type AnswerOutcome = { outcome: 'confirmed' | 'refused' | 'own' | 'over'; number: string }

/** Another custodian agrees, with a reason of their own; who asked may now look. */
export async function confirmOpening(
  tx: Db,
  deps: OpeningDeps,
  { staff, openingId, reason }: { staff: Staff; openingId: number; reason: string },
): Promise<AnswerOutcome> {
  const opening = await findOpening(tx, openingId)
  if (!opening) return { outcome: 'over', number: '' }
  const { number, tipId, requestedById } = opening
  if (requestedById === staff.id) return { outcome: 'own', number }
  const requester = (await listStaff(tx, 'custodian')).find(({ id }) => id === requestedById)
  if (!requester) {
    await lapseOpening(tx, openingId)
    return { outcome: 'over', number }
  }
  const now = deps.now()
  const by = { staffId: staff.id, reason: sealReason(deps.keyring, reason), now }
  if (!(await saveConfirmation(tx, openingId, by))) return { outcome: 'over', number }
  const t = deps.messages.in(requester.language)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'identity-request',
    address: { chatId: requester.telegramId },
    outgoing: {
      kind: 'text',
      text: t('identity:confirmed', { number, name: staff.name, reason }),
      keyboard: [[{ text: t('identity:button.show'), data: `i:show:${openingId}` }]],
      // What is changed later cannot be protected any more.
      isProtected: true,
    },
  })
  await audit(tx, now, staff.id, 'identity opening confirmed', tipId, openingId)
  return { outcome: 'confirmed', number }
}

/** Another custodian does not agree: the request is over. */
export async function refuseOpening(
  tx: Db,
  deps: OpeningDeps,
  { staff, openingId }: { staff: Staff; openingId: number },
): Promise<AnswerOutcome> {
  const opening = await findOpening(tx, openingId)
  if (!opening) return { outcome: 'over', number: '' }
  const { number, tipId, requestedById, requesterTelegramId } = opening
  if (requestedById === staff.id) return { outcome: 'own', number }
  if (!(await saveRefusal(tx, openingId, staff.id))) return { outcome: 'over', number }
  const text = deps.messages.in(staff.language)('identity:refused', { number, name: staff.name })
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'identity-request',
    address: { chatId: requesterTelegramId },
    outgoing: { kind: 'text', text },
  })
  await audit(tx, deps.now(), staff.id, 'identity opening refused', tipId, openingId)
  return { outcome: 'refused', number }
}

/** The reasons of both, for the reporter. */
export function reasonsOf(
  { keyring }: Pick<TipDeps, 'keyring'>,
  { reason, confirmReason }: { reason: Uint8Array; confirmReason: Uint8Array | null },
): string[] {
  return [reason, confirmReason].flatMap((sealed) => (sealed ? openReason(keyring, sealed) : []))
}

async function audit(
  tx: Db,
  at: Date,
  staffId: number,
  action: string,
  tipId: number,
  openingId: number,
): Promise<void> {
  const actor = `staff:${staffId}`
  await appendAudit(tx, { at, actor, action, subject: `tip:${tipId}`, detail: { openingId } })
}
