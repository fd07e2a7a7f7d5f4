/**
 * What the control API answers. Identifiers and dates are Telegram's: ids are numbers, `date` and
 * `edit_date` are seconds since 1970. Fields that do not apply are absent.
 */
import { z } from 'zod'

export const personView = z.object({
  id: z.int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
  phone: z.string().optional(),
  deactivated: z.boolean().optional(),
})
export type PersonView = z.infer<typeof personView>

export const botView = z.object({
  id: z.int(),
  token: z.string(),
  username: z.string(),
  first_name: z.string(),
  description: z.string(),
  short_description: z.string(),
  webhook_url: z.string(),
  pending_update_count: z.int(),
})
export type BotView = z.infer<typeof botView>

export const chatView = z.object({
  /** A private chat has the id of its person and differs by `bot_id`. */
  id: z.int(),
  bot_id: z.int().optional(),
  type: z.enum(['private', 'group', 'supergroup']),
  is_forum: z.boolean(),
  title: z.string(),
  member_count: z.int(),
  /** Private chats: the person pressed Start or wrote at some time. Stays true while `blocked`. */
  started: z.boolean(),
  blocked: z.boolean(),
  migrated_to: z.int().optional(),
  last_message_id: z.int(),
  last_date: z.int().optional(),
})
export type ChatView = z.infer<typeof chatView>

export const memberStatus = z.enum([
  'creator',
  'administrator',
  'member',
  'restricted',
  'left',
  'kicked',
])
export type MemberStatus = z.infer<typeof memberStatus>

export const memberView = z.object({
  user: personView,
  status: memberStatus,
  is_anonymous: z.boolean(),
  rights: z.record(z.string(), z.boolean()),
})
export type MemberView = z.infer<typeof memberView>

export const topicView = z.object({
  message_thread_id: z.int(),
  name: z.string(),
  icon_color: z.int(),
  closed: z.boolean(),
})
export type TopicView = z.infer<typeof topicView>

const entityView = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  url: z.string().optional(),
  language: z.string().optional(),
})
export type EntityView = z.infer<typeof entityView>

const mediaView = z.object({
  kind: z.enum(['photo', 'document', 'video', 'voice', 'audio', 'animation', 'sticker']),
  /** Give it to `GET /control/files/:file_id`. */
  file_id: z.string(),
  file_size: z.int(),
  mime_type: z.string().optional(),
  file_name: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  duration: z.number().optional(),
  emoji: z.string().optional(),
})
export type MediaView = z.infer<typeof mediaView>

/** A button under a message; the page acts on `callback_data` (press) and on `url`. */
const inlineButtonView = z.looseObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  style: z.string().optional(),
})
export type InlineButtonView = z.infer<typeof inlineButtonView>

const keyButtonView = z.looseObject({
  text: z.string(),
  request_contact: z.boolean().optional(),
  request_location: z.boolean().optional(),
})
export type KeyButtonView = z.infer<typeof keyButtonView>

const replyKeyboardView = z.object({
  keyboard: z.array(z.array(keyButtonView)),
  one_time_keyboard: z.boolean().optional(),
  is_persistent: z.boolean().optional(),
  input_field_placeholder: z.string().optional(),
})
export type ReplyKeyboardView = z.infer<typeof replyKeyboardView>

/** An event line in the chat instead of words; `kind` is the name of Telegram's message field. */
const serviceView = z.object({
  kind: z.enum([
    'new_chat_members',
    'left_chat_member',
    'new_chat_title',
    'group_chat_created',
    'supergroup_chat_created',
    'migrate_to_chat_id',
    'migrate_from_chat_id',
    'pinned_message',
    'forum_topic_created',
    'forum_topic_edited',
    'forum_topic_closed',
    'forum_topic_reopened',
    'general_forum_topic_hidden',
    'general_forum_topic_unhidden',
  ]),
  people: z.array(personView).optional(),
  text: z.string().optional(),
  chat_id: z.int().optional(),
  message_id: z.int().optional(),
})
export type ServiceView = z.infer<typeof serviceView>

const messageView = z.object({
  message_id: z.int(),
  chat_id: z.int(),
  date: z.int(),
  edit_date: z.int().optional(),
  /** Absent when the sender is anonymous; then `sender_title` says who speaks. */
  from: personView.optional(),
  sender_title: z.string(),
  /** Written by the person who looks (`viewer`). */
  outgoing: z.boolean(),
  deleted: z.boolean(),
  /** The sender forbade to forward and save it. */
  protect: z.boolean(),
  message_thread_id: z.int().optional(),
  text: z.string().optional(),
  entities: z.array(entityView).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entityView).optional(),
  media: mediaView.optional(),
  media_group_id: z.string().optional(),
  contact: z
    .object({ phone_number: z.string(), first_name: z.string(), last_name: z.string().optional() })
    .optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  reply_to: z
    .object({ message_id: z.int(), sender_title: z.string(), preview: z.string() })
    .optional(),
  forwarded_from: z.string().optional(),
  buttons: z.array(z.array(inlineButtonView)).optional(),
  reactions: z.array(z.string()).optional(),
  service: serviceView.optional(),
})
export type MessageView = z.infer<typeof messageView>

export const messageList = z.object({
  messages: z.array(messageView),
  /** The keyboard that stands below the input of this viewer now. */
  reply_keyboard: replyKeyboardView.nullable(),
  pinned_message_id: z.int().nullable(),
  /** Give it as `since` to the change feed to miss nothing that came after this list. */
  seq: z.int(),
})
export type MessageList = z.infer<typeof messageList>

export const commandMenu = z.object({
  commands: z.array(z.object({ command: z.string(), description: z.string() })),
  menu_button: z.looseObject({ type: z.string(), text: z.string().optional() }),
  /** Shown to somebody who has not pressed Start yet. */
  description: z.string(),
})
export type CommandMenu = z.infer<typeof commandMenu>

const changeEvent = z.object({
  seq: z.int(),
  kind: z.enum([
    'message',
    'edited',
    'deleted',
    'chat',
    'member',
    'topic',
    'callback',
    'user',
    'commands',
    'action',
    'reset',
  ]),
  chat_id: z.int().optional(),
  bot_id: z.int().optional(),
  message_id: z.int().optional(),
  user_id: z.int().optional(),
  /** `action`: what the bot is doing (typing …); `callback`: the id of the query. */
  text: z.string().optional(),
})
export type ChangeEvent = z.infer<typeof changeEvent>

/** `lost`: the feed has dropped events after `since`; read the lists again. */
export const changeFeed = z.object({
  seq: z.int(),
  lost: z.boolean(),
  events: z.array(changeEvent),
})
export type ChangeFeed = z.infer<typeof changeFeed>

export const sentView = z.object({ chat_id: z.int(), message_ids: z.array(z.int()) })
export type SentView = z.infer<typeof sentView>

/** What the bot said to a press; `answered` is false when it kept silent for `wait_ms`. */
export const pressView = z.object({
  callback_query_id: z.string(),
  answered: z.boolean(),
  text: z.string().optional(),
  show_alert: z.boolean().optional(),
  url: z.string().optional(),
})
export type PressView = z.infer<typeof pressView>

export const controlError = z.object({ error: z.string() })
export type ControlError = z.infer<typeof controlError>
