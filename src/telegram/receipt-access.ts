import { openTicket } from '../tips/reporter/find-status.ts'
import { savePrompt } from '../tips/reporter/prompt.ts'
import type { Receipt } from '../tips/reporter/receipt-store.ts'
import { createTicket } from '../tips/reporter/status-ticket.ts'
import type { TipDeps } from '../tips/tip-deps.ts'
import type { ChatContext } from './context.ts'

export type ReceiptDeps = Pick<TipDeps, 'keyring' | 'now' | 'timezone'>

/** In private chats the chat is the person. */
export function chatIdOf(ctx: ChatContext): number {
  const chatId = ctx.chat?.id
  if (chatId === undefined) throw new Error('This update has no chat')
  return chatId
}

/** For the buttons below. `isShown`: this chat has just shown its right to the tip, with the password if it has one. */
export function ticketFor(
  ctx: ChatContext,
  deps: ReceiptDeps,
  { tipId, pin }: Receipt,
  isShown: boolean,
): string {
  const ticket = { tipId, hasPin: isShown && pin !== null }
  return createTicket(deps.keyring, ticket, { chatId: chatIdOf(ctx), now: deps.now() })
}

/** The tip that a button of the reporter is about; null when the chat was told why not, or was asked for the password. */
export async function findTicketReceipt(
  ctx: ChatContext,
  deps: ReceiptDeps,
  ticket: string | undefined,
): Promise<Receipt | null> {
  const chatId = chatIdOf(ctx)
  const opened = await openTicket(ctx.tx, deps, { chatId, text: ticket ?? '' })
  if (opened.outcome === 'found') return opened.receipt
  if (opened.outcome === 'locked') await askForPin(ctx, deps, opened.receipt)
  else await ctx.say(ctx.t('receipt:expired'))
  return null
}

export async function askForPin(
  ctx: ChatContext,
  deps: ReceiptDeps,
  { tipId, number }: Receipt,
): Promise<void> {
  await savePrompt(ctx.tx, deps, chatIdOf(ctx), { kind: 'pin', tipId })
  await ctx.say(ctx.t('receipt:pin.ask', { number }))
}

/** Somebody tried to type a number; without one there is nothing to hide. */
export const hasDigit = (text: string): boolean => /\d/.test(text.normalize('NFKC'))

/** Takes what was typed off the screen of the phone: a code, a password, a name. */
export async function deleteTyped(ctx: ChatContext): Promise<void> {
  const messageId = ctx.message?.message_id
  if (messageId === undefined) return
  await ctx.turn.enqueue(ctx.tx, {
    lane: 'urgent',
    purpose: 'tidy',
    address: { chatId: chatIdOf(ctx) },
    outgoing: { kind: 'delete', messageId },
  })
}
