import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { hasRight } from '../world/rights.ts'
import type { Chat, Topic } from '../world/state.ts'
import * as topics from '../world/topics.ts'
import { getChat } from './access.ts'
import { type CallContext, defineMethod } from './method.ts'
import { chatId, integer, string } from './params.ts'

const inTopic = { chat_id: chatId, message_thread_id: integer }
const unknownTopic = { message_thread_id: () => badRequest('TOPIC_ID_INVALID') }
const emptyName = { name: () => badRequest('title must be non-empty') }

export const createForumTopic = defineMethod({
  params: z.object({
    chat_id: chatId,
    name: string,
    icon_color: integer.optional(),
    icon_custom_emoji_id: string.optional(),
  }),
  missing: emptyName,
  handle(context, { chat_id, name, icon_color, icon_custom_emoji_id }) {
    const chat = getForum(context, chat_id)
    if (!hasRight(chat, context.bot.user.id, 'can_manage_topics')) {
      throw badRequest('not enough rights to create a topic')
    }
    if (name.trim() === '') throw emptyName.name()
    const isColor = topics.ICON_COLORS.some((color) => color === icon_color)
    if (icon_color !== undefined && !isColor) throw badRequest('wrong forum topic icon color')
    const topic = topics.createTopic(context.world, chat, {
      name,
      iconColor: icon_color,
      iconEmojiId: icon_custom_emoji_id,
      by: context.bot.user.id,
    })
    return {
      message_thread_id: topic.id,
      name: topic.name,
      icon_color: topic.iconColor,
      icon_custom_emoji_id: topic.iconEmojiId,
    }
  },
})

export const editForumTopic = defineMethod({
  params: z.object({
    ...inTopic,
    name: string.optional(),
    icon_custom_emoji_id: string.optional(),
  }),
  missing: unknownTopic,
  handle(context, { chat_id, message_thread_id, name, icon_custom_emoji_id }) {
    const chat = getForum(context, chat_id)
    const topic = getTopic(chat, message_thread_id)
    checkMayManage(context, chat, topic, 'edit the topic')
    const isNew = (name && name.trim() !== topic.name) || icon_custom_emoji_id !== undefined
    if (!isNew) throw badRequest('TOPIC_NOT_MODIFIED')
    topics.editTopic(context.world, chat, topic, {
      name,
      iconEmojiId: icon_custom_emoji_id,
      by: context.bot.user.id,
    })
    return true
  },
})

const setClosed = (closed: boolean) =>
  defineMethod({
    params: z.object(inTopic),
    missing: unknownTopic,
    handle(context, { chat_id, message_thread_id }) {
      const chat = getForum(context, chat_id)
      const topic = getTopic(chat, message_thread_id)
      checkMayManage(context, chat, topic, 'close or open the topic')
      if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
      topics.setTopicClosed(context.world, chat, topic, { closed, by: context.bot.user.id })
      return true
    },
  })

export const closeForumTopic = setClosed(true)
export const reopenForumTopic = setClosed(false)

export const deleteForumTopic = defineMethod({
  params: z.object(inTopic),
  missing: unknownTopic,
  handle(context, { chat_id, message_thread_id }) {
    const chat = getForum(context, chat_id)
    const topic = getTopic(chat, message_thread_id)
    if (!hasRight(chat, context.bot.user.id, 'can_delete_messages')) {
      throw badRequest('not enough rights to delete the topic')
    }
    topics.deleteTopic(context.world, chat, topic)
    return true
  },
})

const setGeneralClosed = (closed: boolean) =>
  defineMethod({
    params: z.object({ chat_id: chatId }),
    handle(context, { chat_id }) {
      const chat = getForum(context, chat_id)
      if (!hasRight(chat, context.bot.user.id, 'can_manage_topics')) {
        throw badRequest('not enough rights to close or open the topic')
      }
      if (chat.generalClosed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
      chat.generalClosed = closed
      context.world.feed.emit({ kind: 'topic', chat_id: chat.id })
      return true
    },
  })

export const closeGeneralForumTopic = setGeneralClosed(true)
export const reopenGeneralForumTopic = setGeneralClosed(false)

function getForum(context: CallContext, id: number | string): Chat {
  const chat = getChat(context, id)
  if (!chat.isForum) throw badRequest('the chat is not a forum')
  return chat
}

function getTopic(chat: Chat, id: number): Topic {
  const topic = topics.findTopic(chat, id)
  if (!topic) throw badRequest('TOPIC_ID_INVALID')
  return topic
}

/** Who made a topic may change it without the right. */
function checkMayManage({ bot }: CallContext, chat: Chat, topic: Topic, words: string): void {
  if (topic.creatorId === bot.user.id) return
  if (!hasRight(chat, bot.user.id, 'can_manage_topics')) {
    throw badRequest(`not enough rights to ${words}`)
  }
}
