import type { Db } from '../../db/open-database.ts'
import { findGroup } from '../../groups/group-store.ts'
import { auditReporter } from '../dialogue/answer-message.ts'
import { saveMessageState } from '../dialogue/message-store.ts'
import { findOwnMessage } from '../dialogue/own-message.ts'
import { type DialogueDeps, sendToReporter } from '../dialogue/send-to-reporter.ts'
import { findGroupAbove } from '../routing/group-above.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { findTip, type TipRow } from '../tip-store.ts'
import { aftercareDays, countDue, dueBefore } from './aftercare.ts'
import { listAftercareDue, saveAftercare } from './aftercare-store.ts'
import { reportTrouble } from './report-trouble.ts'

const perRun = 200
/** Nobody is asked any more. */
const never = -1

type Deps = DialogueDeps & PlaceDeps

/** Asks the reporters of closed tips whether anybody makes trouble for them, each question once. Returns how many. */
export async function askAftercare(tx: Db, deps: DialogueDeps): Promise<number> {
  const now = deps.now()
  let asked = 0
  for (const id of await listAftercareDue(tx, dueBefore(now), perRun)) {
    const tip = await findTip(tx, id)
    if (!tip?.closedAt) continue
    const to = countDue(tip.closedAt, now)
    if (!(await saveAftercare(tx, id, { from: tip.aftercare, to }))) continue
    const params = { number: tip.number, days: aftercareDays[to - 1] ?? 0 }
    const content = { key: 'dialogue:aftercare', params }
    if ((await sendToReporter(tx, deps, tip, { kind: 'aftercare', content })) !== null) asked += 1
  }
  return asked
}

export type Aftercare = 'no' | 'yes' | 'stop'
export type AftercareOutcome = { outcome: Aftercare } | { outcome: 'gone' }

/**
 * The answer goes to the level above the group that handled the tip, and not to that group. “Yes” opens the tip there,
 * because only who has a tip can speak with its reporter.
 */
export async function answerAftercare(
  tx: Db,
  deps: Deps,
  { chatId, messageId, answer }: { chatId: number; messageId: number; answer: Aftercare },
): Promise<AftercareOutcome> {
  const own = await findOwnMessage(tx, deps, { chatId, messageId })
  if (own?.message.kind !== 'aftercare') return { outcome: 'gone' }
  const { tip, message } = own
  const isFirst = await saveMessageState(tx, message.id, {
    from: ['sent', 'opened', 'removed'],
    to: 'answered',
  })
  // Pressed twice: the first press counts.
  if (!isFirst) return { outcome: 'gone' }
  await auditReporter(tx, deps, tip, 'aftercare answered', { answer })
  if (answer === 'stop') await saveAftercare(tx, tip.id, { from: tip.aftercare, to: never })
  if (answer === 'no') await tellAbove(tx, deps, tip)
  if (answer === 'yes') await reportTrouble(tx, deps, tip.id, message.groupId)
  return { outcome: answer }
}

async function tellAbove(tx: Db, deps: Deps, tip: TipRow): Promise<void> {
  const above = await findGroupAbove(tx, deps, tip)
  const handled = tip.groupId === null ? null : await findGroup(tx, tip.groupId)
  if (!above || above.inboxChatId === null) return
  const t = deps.messages.in(deps.officeLanguage)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'group-notice',
    subject: `tip:${tip.id}`,
    address: { chatId: above.inboxChatId },
    outgoing: {
      kind: 'text',
      text: t('handling:aftercare.no', { number: tip.number, group: handled?.name ?? '' }),
      isProtected: true,
    },
  })
}
