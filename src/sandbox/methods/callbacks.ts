import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { defineMethod } from './method.ts'
import { boolean, integer, string } from './params.ts'

const MAX_ANSWER = 200

const tooOld = () =>
  badRequest('query is too old and response timeout expired or query ID is invalid')

export const answerCallbackQuery = defineMethod({
  params: z.object({
    callback_query_id: string,
    text: string.optional(),
    show_alert: boolean.optional(),
    url: string.optional(),
    cache_time: integer.optional(),
  }),
  missing: { callback_query_id: tooOld },
  handle({ world, bot, settings }, { callback_query_id, text, show_alert, url }) {
    const query = world.state.callbacks.get(callback_query_id)
    if (!query || query.botId !== bot.user.id || query.answer) throw tooOld()
    const ageMs = world.nowMs() - query.createdAt
    if (ageMs > settings.callbackAnswerSeconds * 1000) throw tooOld()
    if (text !== undefined && text.length > MAX_ANSWER) throw badRequest('MESSAGE_TOO_LONG')
    query.answer = { text, show_alert, url }
    world.feed.emit({
      kind: 'callback',
      chat_id: query.chatId,
      bot_id: query.botId,
      user_id: query.userId,
      message_id: query.messageId,
      text: query.id,
    })
    return true
  },
})
