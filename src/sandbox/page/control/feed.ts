/** Follows the change feed and marks what changed as stale, so that every open list reads itself again. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ChangeEvent, ChangeFeed } from '../../control/schemas.ts'
import { read } from './call.ts'
import { keys } from './keys.ts'

export type Link = 'connecting' | 'live' | 'lost'

const WAIT_MS = 20_000
const RETRY_MS = [300, 1_000, 2_000, 3_000]

export function useChangeFeed(onEvents: (events: ChangeEvent[]) => void): Link {
  const client = useQueryClient()
  const [link, setLink] = useState<Link>('connecting')

  useEffect(() => {
    const stop = new AbortController()
    void follow(client, { onEvents, onLink: setLink, signal: stop.signal })
    return () => stop.abort()
  }, [client, onEvents])

  return link
}

interface Follower {
  onEvents: (events: ChangeEvent[]) => void
  onLink: (link: Link) => void
  signal: AbortSignal
}

async function follow(client: QueryClient, { onEvents, onLink, signal }: Follower): Promise<void> {
  // Null: not known where the feed stands, as at the beginning and after the server was away.
  let since: number | null = null
  let failures = 0
  while (!signal.aborted) {
    try {
      const feed: ChangeFeed = await read(
        'events',
        { since: since ?? 0, wait_ms: since === null ? 0 : WAIT_MS },
        signal,
      )
      onLink('live')
      // Another server may be behind the address by now, with numbers of its own.
      if (since === null || feed.lost) await client.invalidateQueries()
      else {
        markStale(client, feed.events)
        onEvents(feed.events)
      }
      since = feed.seq
      failures = 0
    } catch {
      if (signal.aborted) return
      onLink('lost')
      since = null
      await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 3_000, signal)
      failures += 1
    }
  }
}

function markStale(client: QueryClient, events: ChangeEvent[]): void {
  const stale = new Map<string, readonly unknown[]>()
  for (const event of events) {
    for (const key of keysOf(event)) stale.set(JSON.stringify(key), key)
  }
  for (const queryKey of stale.values()) void client.invalidateQueries({ queryKey })
}

function keysOf({ kind, chat_id }: ChangeEvent): (readonly unknown[])[] {
  if (kind === 'reset') return [[]]
  if (kind === 'user') return [keys.people]
  if (kind === 'commands') return [keys.commands]
  if (kind === 'callback' || kind === 'action' || chat_id === undefined) return []
  if (kind === 'topic') return [keys.topics(chat_id)]
  if (kind === 'member') return [keys.members(chat_id), keys.chats, keys.commands]
  if (kind === 'chat') return [keys.chats, keys.messages(chat_id), keys.topics(chat_id)]
  return [keys.messages(chat_id), keys.chats]
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
