import type { Db } from '../../db/open-database.ts'
import { sealJson } from '../../lib/keyring.ts'
import { appendAudit } from '../../staff/audit.ts'
import { promiseAnswer } from '../deadlines/promise-answer.ts'
import { promiseText } from '../deadlines/promise-text.ts'
import { auditFiledEvidence } from '../evidence/audit-evidence.ts'
import { moveEvidence } from '../evidence/evidence-store.ts'
import { severityOf } from '../interview/walk.ts'
import { composeReceipt } from '../reporter/compose-receipt.ts'
import { rememberOwnTip } from '../reporter/own-tips.ts'
import { type RouteDeps, routeTip } from '../routing/route-tip.ts'
import { numberOfTip } from '../tip.ts'
import { sealReporter, type TipContent } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { createTip, nextTipId } from '../tip-store.ts'
import { deleteDraftRow, takeDraftRow } from './draft-store.ts'
import { createReceiptCode, digitsOfCode } from './receipt-code.ts'
import type { StoredDraft } from './stored-draft.ts'

export type SubmitOutcome =
  | { outcome: 'filed'; tipId: number; number: string }
  /** Filed or thrown away by another press in the meantime. */
  | { outcome: 'gone' }

/** Files a draft whose answers are complete: tip, receipt, routing, card and audit, or nothing at all. */
export async function submitTip(
  tx: Db,
  deps: RouteDeps & Pick<TipDeps, 'officeHours'>,
  stored: StoredDraft,
): Promise<SubmitOutcome> {
  // The first to change the row wins; a second submit waits here and then finds it gone.
  if (!(await takeDraftRow(tx, stored))) return { outcome: 'gone' }
  const { chatId, language, draft } = stored.content
  const interview = await deps.interviews.find(tx, draft.interview)
  const severity = severityOf(interview, draft.answers)
  const { what, where } = draft.answers
  if (!what || !('choice' in what) || !where || !('placeId' in where))
    throw new Error('This draft is not complete')

  const id = await nextTipId(tx)
  const number = numberOfTip(id)
  const code = createReceiptCode()
  const filedAt = deps.now()
  const promised = await promiseAnswer(tx, deps, { areaId: where.placeId, severity, filedAt })
  const content: TipContent = {
    interview: draft.interview,
    answers: draft.answers,
    files: draft.files,
    voice: draft.voice,
  }
  const tip = {
    id,
    number,
    receiptKey: deps.keyring.hash('receipt', digitsOfCode(code)),
    areaId: where.placeId,
    category: what.choice,
    severity,
    // The draft's key becomes the tip's: its photos are sealed with it. The row that held the chat id goes.
    dataKey: stored.dataKey,
    sealed: sealJson(stored.sealer, content),
    filedAt,
    ...promised,
  }
  await createTip(tx, tip, sealReporter(deps.keyring, { chatId, language }))
  await rememberOwnTip(tx, deps.keyring, { chatId, tipId: id })
  const files = await moveEvidence(tx, { draftId: stored.id }, id)
  await deleteDraftRow(tx, stored.id)
  const promise = promiseText(deps.messages.in(language), promised, deps.timezone)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'receipt',
    subject: `tip:${id}`,
    address: { chatId },
    outgoing: composeReceipt(deps, stored.content, { tipId: id, number, code, promise }),
  })
  await appendAudit(tx, {
    at: filedAt,
    actor: 'reporter',
    action: 'tip filed',
    subject: `tip:${id}`,
    detail: { number, areaId: tip.areaId, category: tip.category, severity, files },
  })
  if (files > 0) await auditFiledEvidence(tx, { tipId: id, at: filedAt })
  await routeTip(tx, deps, id)
  return { outcome: 'filed', tipId: id, number }
}
