/** People at work in chats: starting, writing, pressing, editing. */
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { Misuse } from '../errors.ts'
import { createCallback } from '../world/callbacks.ts'
import { findMessage, isInline } from '../world/messages.ts'
import { isPresent } from '../world/rights.ts'
import type { CallbackQuery, Chat, StoredMessage } from '../world/state.ts'
import { deleteSpoken, editSpoken, openChatWith, speak, spokenText } from '../world/talk.ts'
import { type Address, getBot, getChatOf, type Parts, post } from './route.ts'
import { edit, type PressView, press, remove, type SentView, send, start } from './schemas.ts'

export function addTalkRoutes(scope: FastifyInstance, parts: Parts): void {
  const { world } = parts
  post(scope, '/act/start', start, ({ user_id, bot_id, payload }) => {
    const chat = openChatWith(world, getBot(parts, bot_id), user_id)
    const body = spokenText(payload ? `/start ${payload}` : '/start')
    return sent(chat, speak(world, chat, { userId: user_id, body }))
  })
  post(scope, '/act/send', send, (input) => {
    const body = spokenText(input.text, input.parse_mode)
    if (!body.text) throw new Misuse('There is nothing to send')
    const chat = chatToWriteIn(parts, input)
    return sent(chat, speak(world, chat, { ...spokenWhere(input), body }))
  })
  post(scope, '/act/press', press, (input) => pressButton(parts, input))
  post(scope, '/act/edit', edit, ({ message_id, text, ...where }) => {
    const chat = getChatOf(parts, where)
    const change = { userId: where.user_id, messageId: message_id, text }
    return sent(chat, editSpoken(world, chat, change))
  })
  post(scope, '/act/delete', remove, ({ message_id, ...where }) => {
    const chat = getChatOf(parts, where)
    return sent(chat, deleteSpoken(world, chat, { userId: where.user_id, messageId: message_id }))
  })
}

export function sent(chat: Chat, ...messages: StoredMessage[]): SentView {
  return { chat_id: chat.id, message_ids: messages.map((message) => message.id) }
}

/** Writing to a bot opens the chat with it; groups must be there. */
export function chatToWriteIn(parts: Parts, where: Address & { user_id: number }): Chat {
  const isGroup = where.chat_id !== undefined && where.chat_id < 0
  if (isGroup) return getChatOf(parts, where)
  return openChatWith(parts.world, getBot(parts, where.bot_id), where.user_id)
}

export function spokenWhere(input: {
  user_id: number
  message_thread_id?: number
  reply_to?: number
}) {
  return {
    userId: input.user_id,
    threadId: input.message_thread_id,
    replyTo: input.reply_to,
  }
}

async function pressButton(parts: Parts, input: z.output<typeof press>): Promise<PressView> {
  const { world } = parts
  const chat = getChatOf(parts, input)
  if (chat.type !== 'private' && !isPresent(chat.members.get(input.user_id))) {
    throw new Misuse('Only members can press here', 403)
  }
  const message = chat.messages.get(input.message_id)
  if (!message) throw new Misuse('There is no such message', 404)
  const bot = world.state.bots.get(message.authorId)
  if (!bot) throw new Misuse('This message is not from a bot')
  // A deleted message can still be on somebody's screen: its buttons work by their data.
  const shown = findMessage(chat, message.id) ?? message
  const data = buttonData(shown, input)
  const query = createCallback(world, {
    bot,
    chat,
    userId: input.user_id,
    messageId: message.id,
    data,
  })
  await answered(parts, query, input.wait_ms)
  return { callback_query_id: query.id, answered: query.answer !== undefined, ...query.answer }
}

function buttonData(message: StoredMessage, input: z.output<typeof press>): string {
  const markup = message.replyMarkup
  const rows = markup && isInline(markup) ? markup.inline_keyboard : []
  const { data, row, column } = input
  // Data that no button carries is what a forged client sends; let tests do it.
  if (data !== undefined) return data
  const found = rows[row ?? 0]?.[column ?? 0]?.callback_data
  if (found === undefined) throw new Misuse('There is no such button', 404)
  return found
}

function answered({ world }: Parts, query: CallbackQuery, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = world.feed.listen(() => {
      if (query.answer) done()
    })
    const timer = setTimeout(done, waitMs)
    function done(): void {
      clearTimeout(timer)
      stop()
      resolve()
    }
    if (query.answer) done()
  })
}
