/** The change feed: the newest events with running numbers, and whoever waits for the next one. */
import type { ChangeEvent, ChangeFeed } from '../control/schemas.ts'

const KEPT_EVENTS = 5_000

export interface Feed {
  readonly seq: number
  emit(event: Omit<ChangeEvent, 'seq'>): void
  since(seq: number): ChangeFeed
  /** Called after every event until the returned function is called. */
  listen(listener: () => void): () => void
}

export function createFeed(): Feed {
  const ring: ChangeEvent[] = new Array(KEPT_EVENTS)
  const listeners = new Set<() => void>()
  let seq = 0
  return {
    get seq() {
      return seq
    },
    emit(event) {
      seq += 1
      ring[seq % KEPT_EVENTS] = { seq, ...event }
      for (const listener of listeners) listener()
    },
    since(since) {
      const oldest = Math.max(1, seq - KEPT_EVENTS + 1)
      // A page that outlives a restart asks with a number from before it.
      const lost = since > seq || since + 1 < oldest
      const events: ChangeEvent[] = []
      for (let n = lost ? seq + 1 : since + 1; n <= seq; n += 1) {
        const event = ring[n % KEPT_EVENTS]
        if (event) events.push(event)
      }
      return { seq, lost, events }
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
