import type { Press } from '../tips/handling/check-press.ts'
import { anonymousAdminId, isAnonymousAdmin } from './anonymous-admin.ts'
import type { ChatContext } from './context.ts'

/** Who pressed or wrote, and where. For what was written, `messageId` is the message that it answers, or 0. */
export type Acting = Omit<Press, 'cardId'>

/** Null for a message of ours that Telegram no longer has. */
export function readPress(ctx: ChatContext): Acting | null {
  const pressed = ctx.callbackQuery?.message
  if (!pressed || !ctx.from) return null
  return {
    chatId: pressed.chat.id,
    messageId: pressed.message_id,
    telegramId: ctx.from.id,
    isAnonymous: ctx.from.id === anonymousAdminId,
  }
}

export function readWriter(ctx: ChatContext): Acting | null {
  const { message } = ctx
  if (!message?.from) return null
  return {
    chatId: message.chat.id,
    messageId: message.reply_to_message?.message_id ?? 0,
    telegramId: message.from.id,
    isAnonymous: isAnonymousAdmin(message),
  }
}
