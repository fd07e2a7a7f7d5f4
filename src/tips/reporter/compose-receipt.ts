import type { Outgoing } from '../../delivery/outgoing.ts'
import type { Language } from '../../messages/messages.ts'
import type { TipDeps } from '../tip-deps.ts'
import { createTicket } from './status-ticket.ts'

/** `promise`: by when somebody takes it and answers; empty when nothing was promised yet. */
type Filed = { tipId: number; number: string; code: string; promise: string }

/** What the reporter gets at once: the code to write down, what happens next, and what else they may ask for. */
export function composeReceipt(
  { keyring, messages, now }: Pick<TipDeps, 'keyring' | 'messages' | 'now'>,
  { chatId, language }: { chatId: number; language: Language },
  { tipId, number, code, promise }: Filed,
): Outgoing {
  const t = messages.in(language)
  const ticket = createTicket(keyring, { tipId, hasPin: false }, { chatId, now: now() })
  return {
    kind: 'text',
    text: t('receipt:filed', { number, code, promise: promise || t('receipt:promise') }),
    keyboard: [
      [{ text: t('receipt:button.pin'), data: `s:pin:${ticket}` }],
      [{ text: t('receipt:button.more'), data: `s:see:${ticket}` }],
    ],
  }
}
