import type { Db } from '../../db/open-database.ts'
import type { OutcomeListener } from '../../delivery/outcome-listener.ts'
import { appendAudit } from '../../staff/audit.ts'
import { listStaff, type Staff } from '../../staff/staff-store.ts'
import { composePing } from '../dialogue/compose-ping.ts'
import { createTicket } from '../reporter/status-ticket.ts'
import { openReporter } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findReporter } from '../tip-store.ts'
import { openIdentity } from './identity.ts'
import {
  findIdentity,
  findOpening,
  lapseOpening,
  lapseOpenings,
  listToHide,
  type Opening,
  saveHidden,
  saveShowing,
  saveShown,
} from './identity-store.ts'

type Deps = Pick<TipDeps, 'keyring' | 'now' | 'messages' | 'enqueue'>

const minuteMs = 60_000
const shownForMinutes = 10
/** When Telegram cannot be reached: counted from the press, until it is known that the name stands in the chat. */
const longestMinutes = 60

export type ShowOutcome = { outcome: 'shown' | 'over' | 'gone'; number: string }

/**
 * Puts name and phone in the place of the message whose button was pressed: once, for who asked. Changing a message,
 * unlike sending one, makes no second copy when it is tried again. The reporter hears of it.
 */
export async function showIdentity(
  tx: Db,
  deps: Deps,
  { staff, openingId, messageId }: { staff: Staff; openingId: number; messageId: number },
): Promise<ShowOutcome> {
  const opening = await findOpening(tx, openingId)
  const sealed = opening && (await findIdentity(tx, opening.tipId))
  const number = opening?.number ?? ''
  if (!opening || !sealed) return { outcome: 'gone', number }
  // A second of two who was dismissed since is none.
  if (!(await isCustodian(tx, opening.confirmedById))) {
    if (opening.confirmedById !== null) await lapseOpening(tx, openingId)
    return { outcome: 'over', number }
  }
  const now = deps.now()
  const hideAt = new Date(now.getTime() + longestMinutes * minuteMs)
  const isShown = await saveShowing(tx, openingId, { staffId: staff.id, now, messageId, hideAt })
  if (!isShown) return { outcome: 'over', number }
  const { name, phone } = openIdentity(deps.keyring, sealed)
  const t = deps.messages.in(staff.language)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'identity-shown',
    subject: `opening:${openingId}`,
    address: { chatId: staff.telegramId },
    outgoing: {
      kind: 'edit',
      messageId,
      text: t('identity:shown', { number, name, phone, minutes: shownForMinutes }),
      isProtected: true,
    },
  })
  await tellOfOpening(tx, deps, opening)
  await appendAudit(tx, {
    at: now,
    actor: `staff:${staff.id}`,
    action: 'identity opened',
    subject: `tip:${opening.tipId}`,
    detail: { openingId, confirmedBy: opening.confirmedById },
  })
  return { outcome: 'shown', number }
}

const isCustodian = async (tx: Db, staffId: number | null): Promise<boolean> =>
  (await listStaff(tx, 'custodian')).some(({ id }) => id === staffId)

/** A neutral line: what it is about stands behind the button, because others may see the phone light up. */
async function tellOfOpening(tx: Db, deps: Deps, { tipId }: Opening): Promise<void> {
  const sealed = await findReporter(tx, tipId)
  if (!sealed) return
  const { chatId, language } = openReporter(deps.keyring, sealed)
  const t = deps.messages.in(language)
  const place = { chatId, now: deps.now() }
  const ticket = createTicket(deps.keyring, { tipId, hasPin: false }, place)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-notice',
    subject: `tip:${tipId}`,
    address: { chatId },
    outgoing: composePing(t, `s:opened:${ticket}`),
  })
}

/** From the moment in which the name stands in the chat its minutes count. */
export function identityShownListener({ now }: Pick<Deps, 'now'>): OutcomeListener {
  return async (tx, { subject, end }) => {
    const id = Number(/^opening:(\d+)$/.exec(subject ?? '')?.[1])
    if (!Number.isSafeInteger(id)) return
    // What could not be shown is taken away at once, whatever Telegram made of it.
    const minutes = end.state === 'sent' ? shownForMinutes : 0
    const hideAt = new Date(now().getTime() + minutes * minuteMs)
    const messageId = end.state === 'sent' ? end.messageId : undefined
    await saveShown(tx, id, { hideAt, ...(messageId === undefined ? {} : { messageId }) })
  }
}

/** Takes away the names whose minutes are over. Returns how many. Called by the clock every minute. */
export async function hideIdentities(tx: Db, { now, enqueue }: Deps): Promise<number> {
  const due = await listToHide(tx, now())
  for (const { id, messageId, requesterTelegramId } of due) {
    if (!(await saveHidden(tx, id)) || messageId === null) continue
    await enqueue(tx, {
      lane: 'urgent',
      purpose: 'identity-hidden',
      address: { chatId: requesterTelegramId },
      outgoing: { kind: 'delete', messageId },
    })
  }
  await lapseOpenings(tx, now())
  return due.length
}
