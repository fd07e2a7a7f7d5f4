/** The shapes of the Bot API that cross the wire, as far as the stand-in speaks them. */

export interface User {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export type ChatType = 'private' | 'group' | 'supergroup'

export interface ChatRef {
  id: number
  type: ChatType
  title?: string
  first_name?: string
  last_name?: string
  username?: string
  is_forum?: true
}

export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
  user?: User
  language?: string
  custom_emoji_id?: string
  unix_time?: number
  date_time_format?: string
}

export interface FileRef {
  file_id: string
  file_unique_id: string
  file_size?: number
  file_name?: string
  mime_type?: string
  width?: number
  height?: number
  duration?: number
  emoji?: string
  type?: string
  is_animated?: boolean
  is_video?: boolean
}

export interface InlineButton {
  text: string
  callback_data?: string
  url?: string
  [key: string]: unknown
}

export interface InlineKeyboard {
  inline_keyboard: InlineButton[][]
}

interface ReplyKeyboard {
  keyboard: (string | { text: string; [key: string]: unknown })[][]
  [key: string]: unknown
}

export type ReplyMarkup =
  | InlineKeyboard
  | ReplyKeyboard
  | { remove_keyboard: true; selective?: boolean }
  | { force_reply: true; selective?: boolean; input_field_placeholder?: string }

export type ForwardOrigin =
  | { type: 'user'; date: number; sender_user: User }
  | { type: 'hidden_user'; date: number; sender_user_name: string }
  | { type: 'chat'; date: number; sender_chat: ChatRef }

/** Everything a message says beyond who, where and when. Replaced as a whole, never changed in place. */
export interface MessageBody {
  text?: string
  entities?: Entity[]
  link_preview_options?: Record<string, unknown>
  caption?: string
  caption_entities?: Entity[]
  show_caption_above_media?: true
  has_media_spoiler?: true
  photo?: FileRef[]
  document?: FileRef
  video?: FileRef
  voice?: FileRef
  audio?: FileRef
  animation?: FileRef
  sticker?: FileRef
  media_group_id?: string
  contact?: {
    phone_number: string
    first_name: string
    last_name?: string
    user_id?: number
    vcard?: string
  }
  location?: { latitude: number; longitude: number; [key: string]: number }
  forward_origin?: ForwardOrigin
  quote?: { text: string; position: number; is_manual?: true }
  effect_id?: string
  new_chat_members?: User[]
  left_chat_member?: User
  new_chat_title?: string
  group_chat_created?: true
  supergroup_chat_created?: true
  migrate_to_chat_id?: number
  migrate_from_chat_id?: number
  /** Holds the id here; on the wire it is the message. */
  pinned_message_id?: number
  forum_topic_created?: { name: string; icon_color: number; icon_custom_emoji_id?: string }
  forum_topic_edited?: { name?: string; icon_custom_emoji_id?: string }
  forum_topic_closed?: Record<string, never>
  forum_topic_reopened?: Record<string, never>
}

export interface WireMessage extends Omit<MessageBody, 'pinned_message_id'> {
  message_id: number
  date: number
  chat: ChatRef
  from?: User
  sender_chat?: ChatRef
  message_thread_id?: number
  is_topic_message?: true
  edit_date?: number
  has_protected_content?: true
  reply_to_message?: WireMessage
  pinned_message?: WireMessage
  reply_markup?: InlineKeyboard
}

export type UpdateType =
  | 'message'
  | 'edited_message'
  | 'callback_query'
  | 'my_chat_member'
  | 'chat_member'
