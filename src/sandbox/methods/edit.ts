/** Changing the bot's own messages. */
import { z } from 'zod'
import { badRequest, tooManyRequests } from '../errors.ts'
import { editMessage, findMessage, wireMessage } from '../world/messages.ts'
import type { Chat, StoredMessage } from '../world/state.ts'
import type { MessageBody, ReplyMarkup } from '../world/wire.ts'
import { getWritableChat } from './access.ts'
import { captionBody, textBody } from './body.ts'
import { checkMarkup } from './markup.ts'
import { inputMedia, mediaDraft } from './media-group.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, chatId, integer, json, string } from './params.ts'
import { caption, entities, inlineKeyboard, linkPreview } from './schemas.ts'
import { MEDIA_KINDS } from './take-file.ts'

/** `inline_message_id` names messages of inline mode, which the stand-in does not have. */
const target = {
  business_connection_id: string.optional(),
  chat_id: chatId.optional(),
  message_id: integer.optional(),
  inline_message_id: string.optional(),
  reply_markup: inlineKeyboard.optional(),
}

interface Target {
  chat_id?: number | string
  message_id?: number
  inline_message_id?: string
  reply_markup?: ReplyMarkup
}

export const editMessageText = defineMethod({
  params: z.object({
    ...target,
    text: string.optional(),
    parse_mode: string.optional(),
    entities: entities.optional(),
    link_preview_options: linkPreview.optional(),
    rich_message: json(z.looseObject({})).optional(),
  }),
  handle(context, params) {
    const found = getTarget(context, params)
    if (found.message.body.text === undefined) {
      throw badRequest('there is no text in the message to edit')
    }
    return change(context, found, params, textBody({ ...params, text: params.text ?? '' }))
  },
})

export const editMessageCaption = defineMethod({
  params: z.object({ ...target, ...caption, show_caption_above_media: boolean.optional() }),
  handle(context, params) {
    const found = getTarget(context, params)
    const { body } = found.message
    if (!hasMedia(body)) throw badRequest('there is no caption in the message to edit')
    const { caption: _c, caption_entities: _e, show_caption_above_media: _s, ...rest } = body
    return change(context, found, params, { ...rest, ...captionBody(params) })
  },
})

export const editMessageReplyMarkup = defineMethod({
  params: z.object(target),
  handle(context, params) {
    const found = getTarget(context, params)
    return change(context, found, params, found.message.body)
  },
})

export const editMessageMedia = defineMethod({
  params: z.object({ ...target, media: json(inputMedia) }),
  missing: { media: () => badRequest('message to edit media is not specified') },
  handle(context, params) {
    const found = getTarget(context, params)
    const { media_group_id } = found.message.body
    const { body } = mediaDraft(context, params.media)
    return change(context, found, params, media_group_id ? { ...body, media_group_id } : body)
  },
})

interface Found {
  chat: Chat
  message: StoredMessage
}

function getTarget(context: CallContext, target: Target): Found {
  if (target.inline_message_id) throw badRequest('MESSAGE_ID_INVALID')
  if (target.chat_id === undefined) throw badRequest('chat_id is empty')
  if (!target.message_id) throw badRequest('message identifier is not specified')
  const chat = getWritableChat(context, target.chat_id)
  const message = findMessage(chat, target.message_id)
  if (!message) throw badRequest('message to edit not found')
  if (message.authorId !== context.bot.user.id || message.isService) {
    throw badRequest("message can't be edited")
  }
  if (message.body.forward_origin) throw badRequest("message can't be edited")
  return { chat, message }
}

/** An edit without buttons takes the buttons away, as in Telegram. */
function change(context: CallContext, found: Found, target: Target, body: MessageBody) {
  const { world, bot, limiter } = context
  const { chat, message } = found
  const replyMarkup = checkMarkup(target.reply_markup)
  if (isSame(message, body, replyMarkup)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  }
  const isGroup = chat.type !== 'private'
  const seconds = limiter.takeEdit({ botId: bot.user.id, chatId: chat.id, isGroup })
  if (seconds !== null) throw tooManyRequests(seconds)
  editMessage(world, chat, message, { body, replyMarkup })
  return wireMessage(world, chat, message)
}

function isSame(message: StoredMessage, body: MessageBody, markup: ReplyMarkup | undefined) {
  return (
    canonical(message.body) === canonical(body) &&
    canonical(message.replyMarkup ?? null) === canonical(markup ?? null)
  )
}

/** Whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function hasMedia(body: MessageBody): boolean {
  return MEDIA_KINDS.some((kind) => body[kind] !== undefined && kind !== 'sticker')
}
