/** People making, closing and deleting topics. */
import type { FastifyInstance } from 'fastify'
import { Misuse } from '../errors.ts'
import { hasRight } from '../world/rights.ts'
import type { Chat, Topic } from '../world/state.ts'
import * as topics from '../world/topics.ts'
import { getGroup, getPresent } from './act-groups.ts'
import { topicView } from './present.ts'
import { type Parts, post } from './route.ts'
import { createTopic, onTopic } from './schemas.ts'

export function addTopicRoutes(scope: FastifyInstance, parts: Parts): void {
  const { world } = parts
  post(scope, '/act/create-topic', createTopic, ({ chat_id, user_id, name }) => {
    const chat = getForum(parts, chat_id)
    checkMay(chat, user_id, 'can_manage_topics')
    return topicView(topics.createTopic(world, chat, { name, by: user_id }))
  })
  for (const [path, closed] of [
    ['/act/close-topic', true],
    ['/act/reopen-topic', false],
  ] as const) {
    post(scope, path, onTopic, ({ chat_id, user_id, message_thread_id }) => {
      const chat = getForum(parts, chat_id)
      checkMay(chat, user_id, 'can_manage_topics')
      const topic = getTopic(chat, message_thread_id)
      if (topic.closed !== closed) {
        topics.setTopicClosed(world, chat, topic, { closed, by: user_id })
      }
      return topicView(topic)
    })
  }
  post(scope, '/act/delete-topic', onTopic, ({ chat_id, user_id, message_thread_id }) => {
    const chat = getForum(parts, chat_id)
    checkMay(chat, user_id, 'can_delete_messages')
    const topic = getTopic(chat, message_thread_id)
    topics.deleteTopic(world, chat, topic)
    return topicView(topic)
  })
}

function getForum(parts: Parts, id: number): Chat {
  const chat = getGroup(parts, id)
  if (!chat.isForum) throw new Misuse('This chat has no topics')
  return chat
}

function getTopic(chat: Chat, id: number): Topic {
  const topic = topics.findTopic(chat, id)
  if (!topic) throw new Misuse('There is no such topic', 404)
  return topic
}

function checkMay(chat: Chat, userId: number, right: string): void {
  getPresent(chat, userId)
  if (!hasRight(chat, userId, right)) throw new Misuse('This member may not do that', 403)
}
