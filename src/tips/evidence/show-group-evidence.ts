import type { Db } from '../../db/open-database.ts'
import type { ReporterContent } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { composeEvidence } from './enqueue-evidence.ts'
import { findEvidence } from './evidence-store.ts'

/**
 * Shows the reporter a file of the group, when they open it: the clean copy, or a sentence that it is not ready yet or
 * cannot be shown. Nothing when it is gone.
 */
export async function showGroupEvidence(
  tx: Db,
  { messages, enqueue }: Pick<TipDeps, 'messages' | 'enqueue'>,
  { chatId, language }: ReporterContent,
  evidenceId: number,
): Promise<void> {
  const evidence = await findEvidence(tx, evidenceId)
  if (!evidence) return
  const t = messages.in(language)
  const withheld = t('evidence:from-group.withheld')
  const outgoing = composeEvidence(evidence, {
    caption: t('evidence:from-group.caption'),
    heldBack: withheld,
    refused: withheld,
  }) ?? { kind: 'text' as const, text: t('evidence:from-group.pending') }
  await enqueue(tx, { lane: 'urgent', purpose: 'tip-notice', address: { chatId }, outgoing })
}
