/** Taking messages away, and pinning them. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { postService } from '../world/membership.ts'
import { findMessage, deleteMessage as remove } from '../world/messages.ts'
import { hasRight } from '../world/rights.ts'
import type { Chat, StoredMessage } from '../world/state.ts'
import { getChat, getWritableChat } from './access.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, chatId, integer, json, string } from './params.ts'

const MAX_AGE_SECONDS = 48 * 3600
const MAX_IDS = 100

export const deleteMessage = defineMethod({
  params: z.object({ chat_id: chatId, message_id: integer }),
  handle(context, { chat_id, message_id }) {
    const chat = getChat(context, chat_id)
    const message = findMessage(chat, message_id)
    if (!message) throw badRequest('message to delete not found')
    if (!canDelete(context, chat, message)) throw badRequest("message can't be deleted")
    remove(context.world, chat, message)
    return true
  },
})

/** What is missing or may not be deleted is passed over. */
export const deleteMessages = defineMethod({
  params: z.object({ chat_id: chatId, message_ids: json(z.array(z.int())) }),
  handle(context, { chat_id, message_ids }) {
    const chat = getChat(context, chat_id)
    if (message_ids.length === 0) throw badRequest('message identifiers are not specified')
    if (message_ids.length > MAX_IDS) throw badRequest('too many message identifiers specified')
    for (const id of message_ids) {
      const message = findMessage(chat, id)
      if (message && canDelete(context, chat, message)) remove(context.world, chat, message)
    }
    return true
  },
})

function canDelete({ world, bot }: CallContext, chat: Chat, message: StoredMessage): boolean {
  const isYoung = world.nowSeconds() - message.date < MAX_AGE_SECONDS
  if (chat.type !== 'private' && hasRight(chat, bot.user.id, 'can_delete_messages')) return true
  return isYoung && (chat.type === 'private' || message.authorId === bot.user.id)
}

export const pinChatMessage = defineMethod({
  params: z.object({
    business_connection_id: string.optional(),
    chat_id: chatId,
    message_id: integer,
    disable_notification: boolean.optional(),
  }),
  handle(context, { chat_id, message_id }) {
    const chat = getPinnable(context, chat_id)
    const message = findMessage(chat, message_id)
    if (!message || message.isService) throw badRequest('message to pin not found')
    if (chat.pinned.at(-1) === message.id) return true
    chat.pinned = [...chat.pinned.filter((id) => id !== message.id), message.id]
    postService(context.world, chat, context.bot.user.id, { pinned_message_id: message.id })
    return true
  },
})

export const unpinChatMessage = defineMethod({
  params: z.object({
    business_connection_id: string.optional(),
    chat_id: chatId,
    message_id: integer.optional(),
  }),
  handle(context, { chat_id, message_id }) {
    const chat = getPinnable(context, chat_id)
    const id = message_id ?? chat.pinned.at(-1)
    if (id === undefined || !chat.pinned.includes(id)) {
      throw badRequest('message to unpin not found')
    }
    chat.pinned = chat.pinned.filter((other) => other !== id)
    context.world.feed.emit({ kind: 'chat', chat_id: chat.id, bot_id: chat.botId })
    return true
  },
})

export const unpinAllChatMessages = defineMethod({
  params: z.object({ chat_id: chatId }),
  handle(context, { chat_id }) {
    const chat = getPinnable(context, chat_id)
    chat.pinned = []
    context.world.feed.emit({ kind: 'chat', chat_id: chat.id, bot_id: chat.botId })
    return true
  },
})

function getPinnable(context: CallContext, chatId: number | string): Chat {
  const chat = getWritableChat(context, chatId)
  if (chat.type !== 'private' && !hasRight(chat, context.bot.user.id, 'can_pin_messages')) {
    throw badRequest('not enough rights to manage pinned messages in the chat')
  }
  return chat
}
