/** The way of every message a bot sends: access, thread, reply, limits, then the chat. */
import { badRequest, tooManyRequests } from '../errors.ts'
import { findMessage, storeMessage, wireMessage } from '../world/messages.ts'
import type { Chat, StoredMessage } from '../world/state.ts'
import type { MessageBody, ReplyMarkup, WireMessage } from '../world/wire.ts'
import { checkMayWrite, checkThread, getWritableChat, type SendKind } from './access.ts'
import { checkMarkup } from './markup.ts'
import type { CallContext } from './method.ts'

export interface PostOptions {
  chat_id: number | string
  message_thread_id?: number
  disable_notification?: boolean
  protect_content?: boolean
  allow_paid_broadcast?: boolean
  message_effect_id?: string
  reply_to_message_id?: number
  business_connection_id?: string
  ephemeral_message_parameters?: object
  reply_parameters?: {
    message_id?: number
    chat_id?: number | string
    allow_sending_without_reply?: boolean
    quote?: string
    quote_position?: number
  }
  reply_markup?: ReplyMarkup
}

export interface Draft {
  kind: SendKind
  body: MessageBody
}

export function postMessage(
  context: CallContext,
  options: PostOptions,
  makeDraft: () => Draft,
): WireMessage {
  const chat = getWritableChat(context, options.chat_id)
  const message = postAll(context, chat, options, [makeDraft()])[0]
  if (!message) throw new Error('A draft was sent and no message came of it')
  return wireMessage(context.world, chat, message)
}

/** All or none: the limits are asked once for the whole album. */
export function postAll(
  context: CallContext,
  chat: Chat,
  options: PostOptions,
  drafts: Draft[],
): StoredMessage[] {
  const { world, bot, journal } = context
  // Shown to everybody instead of one member, or in the bot's name instead of the owner's, they
  // would let a leak pass unseen.
  if (options.ephemeral_message_parameters) throw badRequest('EPHEMERAL_MESSAGES_UNSUPPORTED')
  if (options.business_connection_id) throw badRequest('business connection not found')
  for (const { kind } of drafts) checkMayWrite(chat, bot.user.id, kind)
  const replyTo = findReply(chat, options)
  const threadId = threadOf(chat, options, replyTo)
  checkThread(chat, bot.user.id, threadId)
  const replyMarkup = checkMarkup(options.reply_markup)
  takeLimits(context, chat, options, drafts.length)
  journal.countMessage(chat.id, drafts.length)
  return drafts.map(({ body }) =>
    storeMessage(world, chat, {
      authorId: bot.user.id,
      body: options.message_effect_id ? { ...body, effect_id: options.message_effect_id } : body,
      threadId,
      replyTo: replyTo?.id,
      protect: options.protect_content,
      replyMarkup,
      sentWith: sentWith(options),
    }),
  )
}

function findReply(chat: Chat, options: PostOptions): StoredMessage | null {
  const wanted = options.reply_parameters?.message_id ?? options.reply_to_message_id
  if (wanted === undefined || wanted === 0) return null
  const message = findMessage(chat, wanted)
  if (!message && !options.reply_parameters?.allow_sending_without_reply) {
    throw badRequest('message to be replied not found')
  }
  return message
}

/** A reply without a topic of its own goes where the replied message is. */
function threadOf(
  chat: Chat,
  options: PostOptions,
  replyTo: StoredMessage | null,
): number | undefined {
  if (options.message_thread_id) return options.message_thread_id
  return chat.isForum ? replyTo?.threadId : undefined
}

function takeLimits(context: CallContext, chat: Chat, options: PostOptions, count: number): void {
  const seconds = context.limiter.takeMessages({
    botId: context.bot.user.id,
    chatId: chat.id,
    isGroup: chat.type !== 'private',
    isPaid: options.allow_paid_broadcast === true,
    count,
  })
  if (seconds !== null) throw tooManyRequests(seconds)
}

function sentWith(options: PostOptions): StoredMessage['sentWith'] {
  if (!options.disable_notification && !options.allow_paid_broadcast) return undefined
  return {
    ...(options.disable_notification && { disable_notification: true as const }),
    ...(options.allow_paid_broadcast && { allow_paid_broadcast: true as const }),
  }
}
