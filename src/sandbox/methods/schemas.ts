/** Objects that several methods take. Fields the stand-in does not act on are checked and kept. */
import { z } from 'zod'
import { boolean, chatId, integer, json, string } from './params.ts'

const user = z.looseObject({ id: z.int(), is_bot: z.boolean(), first_name: z.string() })

export const entity = z.looseObject({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  url: z.string().optional(),
  user: user.optional(),
  language: z.string().optional(),
  custom_emoji_id: z.string().optional(),
  unix_time: z.int().optional(),
  date_time_format: z.string().optional(),
})
export const entities = json(z.array(entity))

const inlineButton = z.looseObject({
  text: z.string(),
  icon_custom_emoji_id: z.string().optional(),
  style: z.string().optional(),
  url: z.string().optional(),
  callback_data: z.string().optional(),
  web_app: z.looseObject({ url: z.string() }).optional(),
  login_url: z.looseObject({ url: z.string() }).optional(),
  switch_inline_query: z.string().optional(),
  switch_inline_query_current_chat: z.string().optional(),
  switch_inline_query_chosen_chat: z.looseObject({}).optional(),
  copy_text: z.looseObject({ text: z.string() }).optional(),
  callback_game: z.looseObject({}).optional(),
  pay: z.boolean().optional(),
})

const inlineKeyboardObject = z.object({ inline_keyboard: z.array(z.array(inlineButton)) })

const keyButton = z.union([
  z.string(),
  z.looseObject({
    text: z.string(),
    request_contact: z.boolean().optional(),
    request_location: z.boolean().optional(),
    request_users: z.looseObject({ request_id: z.int() }).optional(),
    request_chat: z.looseObject({ request_id: z.int() }).optional(),
    request_poll: z.looseObject({}).optional(),
    web_app: z.looseObject({ url: z.string() }).optional(),
  }),
])

const replyKeyboardObject = z.looseObject({
  keyboard: z.array(z.array(keyButton)),
  is_persistent: z.boolean().optional(),
  resize_keyboard: z.boolean().optional(),
  one_time_keyboard: z.boolean().optional(),
  input_field_placeholder: z.string().optional(),
  selective: z.boolean().optional(),
})

export const inlineKeyboard = json(inlineKeyboardObject)
export const replyMarkup = json(
  z.union([
    inlineKeyboardObject,
    replyKeyboardObject,
    z.object({ remove_keyboard: z.literal(true), selective: z.boolean().optional() }),
    z.object({
      force_reply: z.literal(true),
      selective: z.boolean().optional(),
      input_field_placeholder: z.string().optional(),
    }),
  ]),
)

export const replyParameters = json(
  z.looseObject({
    message_id: z.int().optional(),
    ephemeral_message_id: z.int().optional(),
    chat_id: z.union([z.int(), z.string()]).optional(),
    allow_sending_without_reply: z.boolean().optional(),
    quote: z.string().optional(),
    quote_parse_mode: z.string().optional(),
    quote_entities: z.array(entity).optional(),
    quote_position: z.int().optional(),
    checklist_task_id: z.int().optional(),
    poll_option_id: z.string().optional(),
  }),
)

export const linkPreview = json(
  z.looseObject({
    is_disabled: z.boolean().optional(),
    url: z.string().optional(),
    prefer_small_media: z.boolean().optional(),
    prefer_large_media: z.boolean().optional(),
    show_above_text: z.boolean().optional(),
  }),
)

/** What every method that puts something into a chat takes. */
export const sending = {
  business_connection_id: string.optional(),
  chat_id: chatId,
  message_thread_id: integer.optional(),
  direct_messages_topic_id: integer.optional(),
  disable_notification: boolean.optional(),
  protect_content: boolean.optional(),
  message_effect_id: string.optional(),
}

export const suggestedPost = json(
  z.looseObject({ price: z.looseObject({}).optional(), send_date: z.int().optional() }),
)

const ephemeral = json(
  z.looseObject({ receiver_user_id: z.int(), callback_query_id: z.string().optional() }),
)

/** The same and what comes with a single message. */
export const sendingOne = {
  ...sending,
  allow_paid_broadcast: boolean.optional(),
  ephemeral_message_parameters: ephemeral.optional(),
  suggested_post_parameters: suggestedPost.optional(),
  reply_parameters: replyParameters.optional(),
  reply_to_message_id: integer.optional(),
  reply_markup: replyMarkup.optional(),
}

export const caption = {
  caption: string.optional(),
  parse_mode: string.optional(),
  caption_entities: entities.optional(),
}

export const visualCaption = {
  ...caption,
  show_caption_above_media: boolean.optional(),
}
