import type { Db } from '../../db/open-database.ts'
import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import type { Translate } from '../../messages/messages.ts'
import { canReopen } from '../handling/reopen-days.ts'
import type { TipRow } from '../tip-store.ts'
import { type MessageRow, saveMessageState } from './message-store.ts'
import { findOwnMessage } from './own-message.ts'
import type { DialogueDeps, MessageContent } from './send-to-reporter.ts'

export type OpenOutcome =
  | { outcome: 'opened'; text: string; keyboard: Keyboard; evidenceId?: number | undefined }
  /** For another chat, erased, or its time is over. */
  | { outcome: 'gone' }

/** The reporter asked for the words. They may be looked at again as long as they are kept. */
export async function openMessage(
  tx: Db,
  deps: DialogueDeps,
  about: { chatId: number; messageId: number; t: Translate },
): Promise<OpenOutcome> {
  const own = await findOwnMessage(tx, deps, about)
  if (!own) return { outcome: 'gone' }
  const { message, tip, content } = own
  await saveMessageState(tx, message.id, { from: ['sent', 'removed'], to: 'opened' })
  return {
    outcome: 'opened',
    text: about.t(`dialogue:shown.${message.kind}`, {
      number: tip.number,
      text: wordsOf(about.t, content),
    }),
    keyboard: keyboardFor(about.t, message, tip, deps.now()),
    ...('text' in content ? { evidenceId: content.evidenceId } : {}),
  }
}

/** What was said, in the language of whoever reads it. */
export function wordsOf(t: Translate, content: MessageContent): string {
  if ('text' in content) return content.text
  return 'key' in content ? t(content.key, content.params) : t('dialogue:file', { n: content.file })
}

function keyboardFor(t: Translate, { id, kind, state }: MessageRow, tip: TipRow, now: Date) {
  const button = (act: string, ...args: string[]): Button => {
    const name = [act, ...args].join('-')
    return { text: t(`dialogue:button.${name}`), data: ['q', act, id, ...args].join(':') }
  }
  const rows: Button[][] = []
  if (kind === 'question')
    rows.push(state === 'declined' ? [button('ans')] : [button('ans'), button('no')])
  if (kind === 'result' && canReopen(tip, now)) rows.push([button('re')])
  if (kind === 'aftercare' && state !== 'answered')
    rows.push([button('care', 'no')], [button('care', 'yes')], [button('care', 'stop')])
  return [...rows, [button('del')]]
}
