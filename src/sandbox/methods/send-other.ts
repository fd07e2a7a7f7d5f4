/** Messages without words or files, and signs of life. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { findMessage } from '../world/messages.ts'
import { checkThread, getWritableChat } from './access.ts'
import { defineMethod } from './method.ts'
import { boolean, chatId, float, integer, json, string } from './params.ts'
import { postMessage } from './post.ts'
import { sendingOne } from './schemas.ts'

export const sendContact = defineMethod({
  params: z.object({
    ...sendingOne,
    phone_number: string,
    first_name: string,
    last_name: string.optional(),
    vcard: string.optional(),
  }),
  handle: (context, params) =>
    postMessage(context, params, () => {
      const { phone_number, first_name, last_name, vcard } = params
      return { kind: 'contact', body: { contact: { phone_number, first_name, last_name, vcard } } }
    }),
})

export const sendLocation = defineMethod({
  params: z.object({
    ...sendingOne,
    latitude: float,
    longitude: float,
    horizontal_accuracy: float.optional(),
    live_period: integer.optional(),
    heading: integer.optional(),
    proximity_alert_radius: integer.optional(),
  }),
  handle: (context, params) =>
    postMessage(context, params, () => {
      const { latitude, longitude } = params
      if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
        throw badRequest('wrong location specified')
      }
      return { kind: 'location', body: { location: { latitude, longitude } } }
    }),
})

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
])

export const sendChatAction = defineMethod({
  params: z.object({
    business_connection_id: string.optional(),
    chat_id: chatId,
    message_thread_id: integer.optional(),
    action: string,
  }),
  missing: { action: () => badRequest('wrong parameter action in request') },
  handle(context, { chat_id, message_thread_id, action }) {
    const chat = getWritableChat(context, chat_id)
    if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request')
    checkThread(chat, context.bot.user.id, message_thread_id)
    context.world.feed.emit({
      kind: 'action',
      chat_id: chat.id,
      bot_id: context.bot.user.id,
      text: action,
    })
    return true
  },
})

const reaction = z.union([
  z.object({ type: z.literal('emoji'), emoji: z.string() }),
  z.object({ type: z.literal('custom_emoji'), custom_emoji_id: z.string() }),
  z.object({ type: z.literal('paid') }),
])

export const setMessageReaction = defineMethod({
  params: z.object({
    chat_id: chatId,
    message_id: integer,
    reaction: json(z.array(reaction).readonly()).optional(),
    is_big: boolean.optional(),
  }),
  handle(context, { chat_id, message_id, reaction = [] }) {
    const chat = getWritableChat(context, chat_id)
    const message = findMessage(chat, message_id)
    if (!message) throw badRequest('message to react not found')
    if (reaction.some((one) => one.type === 'paid')) throw badRequest('REACTION_INVALID')
    if (reaction.length > 1) throw badRequest('REACTIONS_TOO_MANY')
    message.reactions = reaction.flatMap((one) => (one.type === 'emoji' ? [one.emoji] : []))
    context.world.feed.emit({
      kind: 'edited',
      chat_id: chat.id,
      bot_id: chat.botId,
      message_id: message.id,
    })
    return true
  },
})
