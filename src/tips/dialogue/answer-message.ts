import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import type { InboxDeps } from '../cards/put-into-inbox.ts'
import { evidenceMaxBytes, sourceFrom } from '../evidence/evidence.ts'
import { takeTipEvidence } from '../evidence/take-evidence.ts'
import type { VoiceWish } from '../interview/voice-wish.ts'
import { keepApart } from '../routing/keep-apart.ts'
import { openTipContent, sealWithTip } from '../tip-content.ts'
import type { TipRow } from '../tip-store.ts'
import { createMessage, type MessageState, saveMessageState } from './message-store.ts'
import { findOwnMessage, findOwnTip } from './own-message.ts'
import type { DialogueDeps, MessageContent } from './send-to-reporter.ts'
import { tellGroup } from './tell-group.ts'

type Deps = DialogueDeps & InboxDeps

/** Of one message. The whole tip is as long at most. */
const answerMaxLength = 2_000

/** To which message of which tip the reporter is writing; without a message it is something of their own. */
export type Writing = { chatId: number; tipId: number; messageId: number | null }
export type Written =
  | { kind: 'text'; text: string }
  /** `voice` is what was wished for this answer; what it leaves open is as it was wished for the tip. */
  | ({ kind: 'file'; bytes?: number | undefined; voice?: VoiceWish | undefined } & Parameters<
      typeof sourceFrom
    >[0])

export type AnswerOutcome =
  | { outcome: 'handed-on'; number: string }
  | { outcome: 'too-long'; max: number }
  | { outcome: 'full' }
  /** Telegram lets no bot download it. */
  | { outcome: 'too-big' }
  | { outcome: 'gone' }

const answerable: readonly MessageState[] = ['sent', 'opened', 'answered', 'declined', 'removed']

/**
 * Takes what a reporter wrote or sent for the group that has the tip now, whichever asked. It goes to the tip that the
 * button named, never to the one that was spoken of last.
 */
export async function takeAnswer(
  tx: Db,
  deps: Deps,
  writing: Writing,
  written: Written,
): Promise<AnswerOutcome> {
  const tip = await findOwnTip(tx, deps, writing)
  if (!tip) return { outcome: 'gone' }
  const { messageId } = writing
  if (messageId !== null) {
    const own = await findOwnMessage(tx, deps, { chatId: writing.chatId, messageId })
    if (own?.tip.id !== tip.id) return { outcome: 'gone' }
  }
  if (written.kind === 'text' && [...written.text].length > answerMaxLength)
    return { outcome: 'too-long', max: answerMaxLength }
  if (written.kind === 'file' && (written.bytes ?? 0) > evidenceMaxBytes)
    return { outcome: 'too-big' }
  const kept = await keep(tx, deps, tip, written)
  if (kept === null) return { outcome: 'full' }
  const kind = messageId === null ? 'addition' : 'answer'
  await createMessage(tx, {
    ...{ tipId: tip.id, kind, groupId: tip.groupId, answersId: messageId, createdAt: deps.now() },
    sealed: sealWithTip(deps.keyring, tip, kept),
  })
  if (messageId !== null)
    await saveMessageState(tx, messageId, { from: answerable, to: 'answered' })
  // Only now the reporter may have said who it is: then the words go with the tip, and not to the group.
  if (written.kind === 'text' && !(await keepApart(tx, deps, tip.id))) {
    const t = deps.messages.in(deps.officeLanguage)
    const { number } = tip
    await tellGroup(tx, deps, tip, t(`dialogue:group.${kind}`, { number, text: written.text }))
  }
  await auditReporter(tx, deps, tip, kind === 'answer' ? 'question answered' : 'tip added to')
  return { outcome: 'handed-on', number: tip.number }
}

async function keep(
  tx: Db,
  deps: DialogueDeps,
  tip: TipRow,
  written: Written,
): Promise<MessageContent | null> {
  if (written.kind === 'text') return { text: written.text }
  if (!tip.dataKey) throw new Error('This tip was shredded')
  const source = {
    ...sourceFrom(written, wishFor(deps, tip, written.voice)),
    sender: 'reporter' as const,
  }
  const taken = await takeTipEvidence(tx, deps, { id: tip.id, dataKey: tip.dataKey }, source)
  return taken.outcome === 'taken' ? { file: taken.number } : null
}

/** What is done to a voice that answers: as it was wished for the tip, unless something else is wished for the answer. */
export function wishFor(
  { keyring }: Pick<DialogueDeps, 'keyring'>,
  tip: TipRow,
  wish: VoiceWish = {},
): VoiceWish {
  return { ...openTipContent(keyring, tip).voice, ...wish }
}

/** The reporter would rather not answer. The group hears it once. */
export async function declineMessage(
  tx: Db,
  deps: Deps,
  about: { chatId: number; messageId: number },
): Promise<{ outcome: 'declined' | 'gone' }> {
  const own = await findOwnMessage(tx, deps, about)
  if (own?.message.kind !== 'question') return { outcome: 'gone' }
  const { message, tip } = own
  const from: MessageState[] = ['sent', 'opened', 'removed']
  if (await saveMessageState(tx, message.id, { from, to: 'declined' })) {
    const t = deps.messages.in(deps.officeLanguage)
    await tellGroup(tx, deps, tip, t('dialogue:group.declined', { number: tip.number }))
    await auditReporter(tx, deps, tip, 'question declined')
  }
  return { outcome: 'declined' }
}

export async function auditReporter(
  tx: Db,
  { now }: Pick<DialogueDeps, 'now'>,
  tip: TipRow,
  action: string,
  detail: Record<string, string | number | null> = {},
): Promise<void> {
  await appendAudit(tx, { at: now(), actor: 'reporter', action, subject: `tip:${tip.id}`, detail })
}
