import type { Db } from '../../db/open-database.ts'
import { openReporter, sealWithTip } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findReporter, type TipRow } from '../tip-store.ts'
import { composePing } from './compose-ping.ts'
import { createMessage, type toReporter } from './message-store.ts'

export type DialogueDeps = Pick<
  TipDeps,
  'keyring' | 'messages' | 'enqueue' | 'now' | 'timezone' | 'officeLanguage'
>

/** Words as they were typed, with a file of the group, or a text of ours, which is put into the reporter's language when it is opened. */
export type MessageContent =
  | { text: string; evidenceId?: number | undefined }
  | { key: string; params: Record<string, string | number> }
  /** The number of a file. */
  | { file: number }

/**
 * Keeps a message for the reporter and tells them that there is one. What stands on the screen of their phone says
 * neither from whom nor about what; the words come when they ask for them. Null when nobody can be reached any more.
 */
export async function sendToReporter(
  tx: Db,
  { keyring, messages, enqueue, now }: DialogueDeps,
  tip: TipRow,
  said: { kind: (typeof toReporter)[number]; content: MessageContent },
): Promise<number | null> {
  const vault = await findReporter(tx, tip.id)
  if (!vault || !tip.dataKey) return null
  const messageId = await createMessage(tx, {
    tipId: tip.id,
    kind: said.kind,
    sealed: sealWithTip(keyring, tip, said.content),
    groupId: tip.groupId,
    createdAt: now(),
  })
  const { chatId, language } = openReporter(keyring, vault)
  await enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-notice',
    subject: `tip:${tip.id}`,
    address: { chatId },
    outgoing: composePing(messages.in(language), `q:open:${messageId}`),
  })
  return messageId
}
