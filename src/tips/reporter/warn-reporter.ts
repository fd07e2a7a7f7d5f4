import type { Db } from '../../db/open-database.ts'
import { composePing } from '../dialogue/compose-ping.ts'
import { openReporter } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { createTicket } from './status-ticket.ts'

/**
 * Whoever has the slip of paper may do what the reporter may. The chat that filed the tip hears of what another does.
 * Without a subject, so that it is sent although the trace is erased in the same moment, and with a ticket that opens it
 * when nothing else is left.
 */
export async function warnReporter(
  tx: Db,
  { keyring, messages, enqueue, now }: Pick<TipDeps, 'keyring' | 'messages' | 'enqueue' | 'now'>,
  { reporter, tipId }: { reporter: Uint8Array | null; tipId: number },
  { chatId: actingChatId, act }: { chatId: number; act: 'withdraw' | 'erase' },
): Promise<void> {
  if (!reporter) return
  const { chatId, language } = openReporter(keyring, reporter)
  if (chatId === actingChatId) return
  const ticket = createTicket(keyring, { tipId, hasPin: false }, { chatId, now: now() })
  await enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-notice',
    address: { chatId },
    outgoing: composePing(messages.in(language), `s:warned-${act}:${ticket}`),
  })
}
