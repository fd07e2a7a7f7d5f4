/** Topics of a forum. The caller has checked who may; this does it and says so in the chat. */
import { storeMessage } from './messages.ts'
import type { Chat, Topic } from './state.ts'
import { announceMessage } from './visibility.ts'
import type { MessageBody } from './wire.ts'
import type { World } from './world.ts'

const MAX_NAME = 128
export const ICON_COLORS = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047] as const

export interface NewTopic {
  name: string
  by: number
  iconColor?: number
  iconEmojiId?: string
}

/** The id of a topic is that of the message which announces it. */
export function createTopic(world: World, chat: Chat, given: NewTopic): Topic {
  const name = given.name.trim().slice(0, MAX_NAME)
  const iconColor = given.iconColor ?? ICON_COLORS[0]
  const id = chat.nextMessageId
  const topic: Topic = {
    id,
    name,
    iconColor,
    iconEmojiId: given.iconEmojiId,
    creatorId: given.by,
    closed: false,
    deleted: false,
  }
  chat.topics.set(id, topic)
  post(world, chat, topic, given.by, {
    forum_topic_created: {
      name,
      icon_color: iconColor,
      icon_custom_emoji_id: given.iconEmojiId,
    },
  })
  return topic
}

export function findTopic(chat: Chat, id: number): Topic | null {
  const topic = chat.topics.get(id)
  return topic && !topic.deleted ? topic : null
}

export function editTopic(
  world: World,
  chat: Chat,
  topic: Topic,
  change: { name?: string; iconEmojiId?: string; by: number },
): void {
  const name = change.name?.trim().slice(0, MAX_NAME)
  if (name) topic.name = name
  if (change.iconEmojiId !== undefined) topic.iconEmojiId = change.iconEmojiId
  post(world, chat, topic, change.by, {
    forum_topic_edited: {
      name: name || undefined,
      icon_custom_emoji_id: change.iconEmojiId,
    },
  })
}

export function setTopicClosed(
  world: World,
  chat: Chat,
  topic: Topic,
  change: { closed: boolean; by: number },
): void {
  topic.closed = change.closed
  post(
    world,
    chat,
    topic,
    change.by,
    change.closed ? { forum_topic_closed: {} } : { forum_topic_reopened: {} },
  )
}

/** Its messages go with it. Bots are not told. */
export function deleteTopic(world: World, chat: Chat, topic: Topic): void {
  topic.deleted = true
  for (const message of chat.messages.values()) {
    if (message.threadId === topic.id) message.deleted = true
  }
  world.feed.emit({ kind: 'topic', chat_id: chat.id, message_id: topic.id })
}

function post(world: World, chat: Chat, topic: Topic, by: number, body: MessageBody): void {
  const message = storeMessage(world, chat, {
    authorId: by,
    body,
    threadId: topic.id,
    isService: true,
    asGroup: chat.members.get(by)?.isAnonymous,
  })
  world.feed.emit({ kind: 'topic', chat_id: chat.id, message_id: topic.id })
  announceMessage(world, chat, message)
}
