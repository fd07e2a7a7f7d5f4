/**
 * What the control API (`/control/...`) takes: people who write, press and join, and the switches of
 * the test bed. Bodies are JSON; a refusal answers 4xx with `{ error }`. Every list of `views.ts`
 * comes as a plain array unless its own type says otherwise.
 *
 * Chats are named by `chat_id`; without it, or with the person's own id, the private chat between
 * `user_id` and the bot is meant. `bot_id` may be left out while there is a single bot.
 */
import { z } from 'zod'
import { memberStatus } from './views.ts'

export * from './bench-schemas.ts'
export * from './views.ts'

const inChat = { user_id: z.int(), chat_id: z.int().optional(), bot_id: z.int().optional() }
const where = { ...inChat, message_thread_id: z.int().optional(), reply_to: z.int().optional() }
const caption = { caption: z.string().optional() }

/** POST /control/users → PersonView. Ids are given out from 1001 when none is asked for. */
export const createUser = z.object({
  id: z.int().positive().optional(),
  first_name: z.string().min(1),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
  phone: z.string().optional(),
})
export type CreateUser = z.input<typeof createUser>

/** PATCH /control/users/:id → PersonView */
export const changeUser = createUser.omit({ id: true }).partial()

/** POST /control/crowds → { from_id, count }: people who have all pressed Start, made when first met. */
export const createCrowd = z.object({ from_id: z.int().positive(), count: z.int().positive() })

/** POST /control/bots → BotView. Without a token one is made up. */
export const createBot = z.object({
  token: z
    .string()
    .regex(/^\d+:[\w-]+$/)
    .optional(),
  username: z.string().optional(),
  first_name: z.string().optional(),
  /** Bots in groups see only what is meant for them unless privacy mode is off or they are admins. */
  privacy_mode: z.boolean().optional(),
})

/** Rights of an administrator (`can_delete_messages` …); `*` stands for all of them. */
const rights = z.record(z.string(), z.boolean())

const memberSeed = z.object({
  user_id: z.int(),
  status: memberStatus.default('member'),
  is_anonymous: z.boolean().default(false),
  rights: rights.default({}),
})

/** POST /control/chats → ChatView. The first member is the creator when no member says `creator`. */
export const createChat = z.object({
  id: z.int().negative().optional(),
  kind: z.enum(['group', 'supergroup', 'forum']),
  title: z.string().min(1).max(128),
  username: z.string().optional(),
  members: z.array(memberSeed).default([]),
})
export type CreateChat = z.input<typeof createChat>

/** PATCH /control/chats/:id → ChatView */
export const renameChat = z.object({
  user_id: z.int().optional(),
  title: z.string().min(1).max(128),
})

/** GET /control/chats?user_id= → ChatView[] */
export const chatQuery = z.object({ user_id: z.coerce.number().int().optional() })

/** GET /control/chats/:id/messages → MessageList, oldest first */
export const messageQuery = z.object({
  viewer: z.coerce.number().int().optional(),
  bot_id: z.coerce.number().int().optional(),
  message_thread_id: z.coerce.number().int().optional(),
  /** Only messages with a greater id. */
  after: z.coerce.number().int().default(0),
  /** The newest so many. */
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})

/** GET /control/chats/:id/commands?user_id=&bot_id= → CommandMenu */
export const commandQuery = z.object({
  user_id: z.coerce.number().int(),
  bot_id: z.coerce.number().int().optional(),
})

/** GET /control/events → ChangeFeed, or server-sent events for `Accept: text/event-stream` */
export const eventQuery = z.object({
  since: z.coerce.number().int().default(0),
  /** How long to wait for a first event. */
  wait_ms: z.coerce.number().int().min(0).max(60_000).default(25_000),
})

/** POST /control/act/start → SentView: presses Start, or follows a link with `?start=payload`. */
export const start = z.object({
  user_id: z.int(),
  bot_id: z.int().optional(),
  payload: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,64}$/)
    .optional(),
})

/** POST /control/act/send → SentView. HTML stands for what people format with the menu of their app. */
export const send = z.object({
  ...where,
  text: z.string().min(1).max(4096),
  parse_mode: z.literal('HTML').optional(),
})

/** POST /control/act/press → PressView. By its callback data, or by its place (row, column from 0). */
export const press = z.object({
  ...inChat,
  message_id: z.int(),
  data: z.string().optional(),
  row: z.int().min(0).optional(),
  column: z.int().min(0).optional(),
  wait_ms: z.int().min(0).max(60_000).default(5_000),
})

export const uploadKind = z.enum([
  'photo',
  'document',
  'video',
  'voice',
  'audio',
  'animation',
  'sticker',
])
export type UploadKind = z.infer<typeof uploadKind>

const upload = z.object({
  kind: uploadKind,
  base64: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  duration: z.int().optional(),
  emoji: z.string().optional(),
  /** What Telegram says the size is, for files too large to carry around. */
  claimed_size: z.int().positive().optional(),
})

/**
 * POST /control/act/upload → SentView. Several files make an album. Also as multipart: file parts,
 * each under the field name of its kind (`photo`, `document` …), the other fields as text.
 */
export const uploadFiles = z.object({
  ...where,
  ...caption,
  files: z.array(upload).min(1).max(10),
})

/** POST /control/act/contact → SentView: the person's own contact unless another is given. */
export const shareContact = z.object({
  ...where,
  phone_number: z.string().optional(),
  first_name: z.string().optional(),
})

/** POST /control/act/location → SentView */
export const sendLocation = z.object({
  ...where,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})

/** POST /control/act/edit → SentView */
export const edit = z.object({ ...inChat, message_id: z.int(), text: z.string().min(1).max(4096) })

/** POST /control/act/delete → SentView */
export const remove = z.object({ ...inChat, message_id: z.int() })

/** POST /control/act/forward → SentView: into `chat_id` from `from_chat_id`. */
export const forward = z.object({ ...where, from_chat_id: z.int(), message_id: z.int() })

/** POST /control/act/block, /unblock → ChatView; POST /control/act/deactivate → PersonView */
export const toBot = z.object({ user_id: z.int(), bot_id: z.int().optional() })

/** POST /control/act/join, /leave → MemberView */
export const inGroup = z.object({ user_id: z.int(), chat_id: z.int() })

/** POST /control/act/add, /kick, /demote → MemberView: `by` does it to `user_id` (a person or a bot). */
export const onMember = z.object({ chat_id: z.int(), user_id: z.int(), by: z.int().optional() })

/** POST /control/act/promote, /restrict → MemberView */
export const changeRights = onMember.extend({ rights: rights.default({ '*': true }) })

/** POST /control/act/anonymous → MemberView: an administrator speaks as the group, or no longer. */
export const setAnonymous = inGroup.extend({ is_anonymous: z.boolean() })

/** POST /control/act/migrate → ChatView: the basic group becomes a supergroup with a new id. */
export const migrate = z.object({ chat_id: z.int(), by: z.int().optional() })

/** POST /control/act/create-topic → TopicView */
export const createTopic = inGroup.extend({ name: z.string().min(1).max(128) })

/** POST /control/act/close-topic, /reopen-topic, /delete-topic → TopicView */
export const onTopic = inGroup.extend({ message_thread_id: z.int() })
