import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ChangeEvent } from '../../control/schemas.ts'
import { useWorld } from '../people/use-world.ts'
import type { News } from './news.ts'

/** Telegram shows a bot as typing for five seconds unless it says something sooner. */
const TYPING_MS = 5_000

export function useNewsState() {
  const seen = useSeen()
  const typing = useTyping()
  const news = useMemo<News>(
    () => ({ unseen: seen.unseen, markSeen: seen.markSeen, isTyping: typing.isTyping }),
    [seen.unseen, seen.markSeen, typing.isTyping],
  )
  return { news, onEvents: typing.onEvents }
}

/** Everything that was there when the page opened counts as seen. */
function useSeen() {
  const { chats, isLoaded } = useWorld()
  const [seen, setSeen] = useState<Map<number, number> | null>(null)

  useEffect(() => {
    if (isLoaded && !seen) setSeen(new Map(chats.map((chat) => [chat.id, chat.last_message_id])))
  }, [chats, isLoaded, seen])

  const unseen = useCallback<News['unseen']>(
    (chat) => (chat && seen ? Math.max(0, chat.last_message_id - (seen.get(chat.id) ?? 0)) : 0),
    [seen],
  )
  const markSeen = useCallback<News['markSeen']>((chatId, messageId) => {
    setSeen((before) =>
      before && before.get(chatId) !== messageId ? new Map(before).set(chatId, messageId) : before,
    )
  }, [])
  return { unseen, markSeen }
}

function useTyping() {
  const [typing, setTyping] = useState<ReadonlySet<number>>(new Set())

  const onEvents = useCallback((events: ChangeEvent[]) => {
    for (const { kind, chat_id } of events) {
      if (chat_id === undefined) continue
      if (kind === 'action') {
        setTyping((before) => new Set(before).add(chat_id))
        setTimeout(() => setTyping((before) => without(before, chat_id)), TYPING_MS)
      }
      if (kind === 'message') setTyping((before) => without(before, chat_id))
    }
  }, [])
  const isTyping = useCallback((chatId: number) => typing.has(chatId), [typing])
  return { isTyping, onEvents }
}

function without(typing: ReadonlySet<number>, chatId: number): ReadonlySet<number> {
  if (!typing.has(chatId)) return typing
  return new Set([...typing].filter((id) => id !== chatId))
}
