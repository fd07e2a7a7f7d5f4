import type { Db } from '../../db/open-database.ts'
import { openReporter, openWithTip } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findReporter, findTip, type TipRow } from '../tip-store.ts'
import { findMessage, type MessageRow } from './message-store.ts'
import type { MessageContent } from './send-to-reporter.ts'

export type OwnMessage = { message: MessageRow; tip: TipRow; content: MessageContent }

/**
 * A message, if it is for this chat and no other. The number of a button proves nothing: anybody may send any number, so
 * the vault decides, each time.
 */
export async function findOwnMessage(
  tx: Db,
  { keyring }: Pick<TipDeps, 'keyring'>,
  { chatId, messageId }: { chatId: number; messageId: number },
): Promise<OwnMessage | null> {
  const message = await findMessage(tx, messageId)
  const tip = message && (await findOwnTip(tx, { keyring }, { chatId, tipId: message.tipId }))
  if (!message || !tip) return null
  return { message, tip, content: openWithTip<MessageContent>(keyring, tip, message.sealed) }
}

/** A tip that this chat filed, while the vault knows it and its words can be read. */
export async function findOwnTip(
  tx: Db,
  { keyring }: Pick<TipDeps, 'keyring'>,
  { chatId, tipId }: { chatId: number; tipId: number },
): Promise<TipRow | null> {
  const vault = await findReporter(tx, tipId)
  if (!vault || openReporter(keyring, vault).chatId !== chatId) return null
  const tip = await findTip(tx, tipId)
  return tip?.dataKey ? tip : null
}
