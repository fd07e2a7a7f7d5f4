/** Messages: storing them, and how they look on the wire. */
import { chatRef } from './chats.ts'
import { findUser, GROUP_ANONYMOUS_BOT } from './people.ts'
import type { Chat, StoredMessage } from './state.ts'
import type { InlineKeyboard, MessageBody, ReplyMarkup, WireMessage } from './wire.ts'
import type { World } from './world.ts'

export interface NewMessage {
  authorId: number
  body: MessageBody
  threadId?: number
  replyTo?: number
  asGroup?: boolean
  isService?: boolean
  protect?: boolean
  replyMarkup?: ReplyMarkup
  sentWith?: StoredMessage['sentWith']
}

export function storeMessage(world: World, chat: Chat, given: NewMessage): StoredMessage {
  const message: StoredMessage = {
    id: chat.nextMessageId,
    authorId: given.authorId,
    date: world.nowSeconds(),
    body: given.body,
  }
  if (given.threadId !== undefined) message.threadId = given.threadId
  if (given.replyTo !== undefined) message.replyTo = given.replyTo
  if (given.asGroup) message.asGroup = true
  if (given.isService) message.isService = true
  if (given.protect) message.protect = true
  if (given.replyMarkup) message.replyMarkup = given.replyMarkup
  if (given.sentWith) message.sentWith = given.sentWith
  chat.nextMessageId += 1
  chat.messages.set(message.id, message)
  world.feed.emit({ kind: 'message', chat_id: chat.id, bot_id: chat.botId, message_id: message.id })
  return message
}

/** Not the deleted ones. */
export function findMessage(chat: Chat, id: number): StoredMessage | null {
  const message = chat.messages.get(id)
  return message && !message.deleted ? message : null
}

export function deleteMessage(world: World, chat: Chat, message: StoredMessage): void {
  message.deleted = true
  chat.pinned = chat.pinned.filter((id) => id !== message.id)
  world.feed.emit({ kind: 'deleted', chat_id: chat.id, bot_id: chat.botId, message_id: message.id })
}

export function editMessage(
  world: World,
  chat: Chat,
  message: StoredMessage,
  change: { body: MessageBody; replyMarkup?: ReplyMarkup },
): void {
  message.body = change.body
  message.replyMarkup = change.replyMarkup
  message.editDate = world.nowSeconds()
  world.feed.emit({ kind: 'edited', chat_id: chat.id, bot_id: chat.botId, message_id: message.id })
}

export function wireMessage(
  world: World,
  chat: Chat,
  message: StoredMessage,
  options = { withReply: true },
): WireMessage {
  const { pinned_message_id, ...body } = message.body
  const wire: WireMessage = {
    message_id: message.id,
    from: message.asGroup
      ? GROUP_ANONYMOUS_BOT
      : (findUser(world, message.authorId) ?? GROUP_ANONYMOUS_BOT),
    chat: chatRef(world, chat),
    date: message.date,
    ...body,
  }
  if (message.asGroup) wire.sender_chat = chatRef(world, chat)
  if (message.editDate !== undefined) wire.edit_date = message.editDate
  if (message.threadId !== undefined) {
    wire.message_thread_id = message.threadId
    if (chat.isForum) wire.is_topic_message = true
  }
  if (message.protect) wire.has_protected_content = true
  if (message.replyMarkup && isInline(message.replyMarkup)) wire.reply_markup = message.replyMarkup
  if (options.withReply) {
    const replied = message.replyTo === undefined ? null : findMessage(chat, message.replyTo)
    if (replied) wire.reply_to_message = wireMessage(world, chat, replied, { withReply: false })
    const pinned = pinned_message_id === undefined ? null : findMessage(chat, pinned_message_id)
    if (pinned) wire.pinned_message = wireMessage(world, chat, pinned, { withReply: false })
  }
  return wire
}

export function isInline(markup: ReplyMarkup): markup is InlineKeyboard {
  return 'inline_keyboard' in markup
}
