import type { Db } from '../../db/open-database.ts'
import { auditReporter } from '../dialogue/answer-message.ts'
import { createMessage } from '../dialogue/message-store.ts'
import { findOwnMessage } from '../dialogue/own-message.ts'
import type { DialogueDeps } from '../dialogue/send-to-reporter.ts'
import { isLinked } from '../linked-tip-store.ts'
import { moveTip } from '../routing/move-tip.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { sealWithTip } from '../tip-content.ts'
import { canReopen } from './reopen-days.ts'
import { noteMaxLength } from './transfer-tip.ts'

export type ReopenOutcome =
  | { outcome: 'reopened'; number: string }
  /** It was opened again before, and is being looked into. */
  | { outcome: 'underway'; number: string }
  /** Fifteen days are over, or its reporter withdrew it. */
  | { outcome: 'too-late'; number: string }
  | { outcome: 'gone' }

/**
 * The reporter is not content with a result. The tip goes to the level above the group that gave it; with no result, as
 * a duplicate whose main tip is still open, it goes back to its group.
 */
export async function reopenTip(
  tx: Db,
  deps: DialogueDeps & PlaceDeps,
  { chatId, messageId, reason }: { chatId: number; messageId: number; reason: string },
): Promise<ReopenOutcome> {
  const own = await findOwnMessage(tx, deps, { chatId, messageId })
  if (own?.message.kind !== 'result') return { outcome: 'gone' }
  const { tip } = own
  const { number } = tip
  if (tip.state !== 'closed') return { outcome: 'underway', number }
  if (!canReopen(tip, deps.now())) return { outcome: 'too-late', number }
  const words = reason.trim()
  if (words !== '')
    await createMessage(tx, {
      ...{ tipId: tip.id, kind: 'reopening', groupId: tip.groupId, answersId: messageId },
      createdAt: deps.now(),
      sealed: sealWithTip(deps.keyring, tip, { text: words }),
    })
  await auditReporter(tx, deps, tip, 'tip reopened', { result: tip.result, groupId: tip.groupId })
  const isJudged = !(await isLinked(tx, tip.id))
  const moved = await moveTip(tx, deps, tip.id, {
    cause: isJudged ? 'reopen' : 'released',
    excludedGroupIds: isJudged && tip.groupId !== null ? [tip.groupId] : [],
    ...(isJudged ? { target: 'above' as const } : {}),
    actor: 'reporter',
    note: [...words].slice(0, noteMaxLength).join(''),
    notice: null,
  })
  return { outcome: moved.outcome === 'unchanged' ? 'too-late' : 'reopened', number }
}
