import { useState } from 'react'
import type { ChatView, MessageView } from '../../control/schemas.ts'

type Topic = number | undefined

/** The topic that is open in a forum: the one picked there, and until then wherever the newest message is. */
export function useOpenTopic(chat: ChatView | undefined, messages: MessageView[]) {
  const [picks, setPicks] = useState<ReadonlyMap<number, Topic>>(new Map())
  if (!chat?.is_forum) return { topic: undefined, openTopic: () => {} }
  const newest = messages.findLast(({ deleted }) => !deleted)?.message_thread_id
  return {
    topic: picks.has(chat.id) ? picks.get(chat.id) : newest,
    openTopic: (topic: Topic) => setPicks((before) => new Map(before).set(chat.id, topic)),
  }
}
