import { useEffect, useState } from 'react'
import type { MessageView } from '../../control/schemas.ts'

type Topic = number | undefined

/** Which topics have messages that came since the forum was opened, and were not open since. */
export function useTopicNews(messages: MessageView[], open: Topic): (topic: Topic) => boolean {
  const [seen, setSeen] = useState<ReadonlyMap<Topic, number>>(() => newestByTopic(messages))
  const newest = newestByTopic(messages)
  const newestOpen = newest.get(open)

  useEffect(() => {
    if (newestOpen === undefined) return
    setSeen((before) =>
      before.get(open) === newestOpen ? before : new Map(before).set(open, newestOpen),
    )
  }, [open, newestOpen])

  return (topic) => topic !== open && (newest.get(topic) ?? 0) > (seen.get(topic) ?? 0)
}

function newestByTopic(messages: MessageView[]): Map<Topic, number> {
  return new Map(
    messages.map(({ message_thread_id, message_id }) => [message_thread_id, message_id]),
  )
}
