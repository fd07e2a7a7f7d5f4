import { setTimeout as sleep } from 'node:timers/promises'
import type { PrismaClient } from '../db/open-database.ts'
import { createIntents } from './intents.ts'
import { listHeldQueues, saveIntent } from './reclaim-store.ts'
import type { SendingLease } from './sending-lease.ts'
import type { OpenDelivery, SendingWindow } from './sending-window.ts'

const pauseAfterErrorMs = 1_000

export type CoveringDeps = {
  db: PrismaClient
  window: SendingWindow
  /** How many are claimed ahead. */
  capacity: () => number
  sending: Pick<SendingLease, 'owns' | 'lose'>
  /** Takes these out of the window and puts them back into the ledger. */
  giveBack: (token: string, isHeld: (delivery: OpenDelivery) => boolean) => void
  stopping: AbortSignal
  onError: (error: unknown) => void
}

/**
 * Writes down which bulk deliveries go next, before they go, and learns with every such list which queues were paused or
 * cancelled meanwhile.
 */
export function createCovering({ window, sending, stopping, ...deps }: CoveringDeps) {
  let isWriting = false
  const intents = createIntents(async (token, ids) => {
    const held = await saveIntent(deps.db, { token, ids, queueIds: window.queueIds() })
    // At once: as soon as the list counts as written, what is on it may go.
    if (held) giveBackOf(token, held)
    return held !== null
  })
  /** A fifth of what is claimed: the less, the less is in doubt after a crash, and the more often it is written. */
  const size = () => Math.ceil(deps.capacity() / 5)

  function giveBackOf(token: string, queueIds: readonly number[]): void {
    if (queueIds.length === 0 || !sending.owns(token)) return
    const held = new Set<number | null>(queueIds)
    deps.giveBack(token, ({ queueId }) => held.has(queueId))
  }

  async function write(token: string): Promise<void> {
    try {
      const isOurs = await intents.write(token, window.upcoming(size()))
      if (!isOurs && sending.owns(token)) sending.lose()
    } catch (error) {
      deps.onError(error)
      await sleep(pauseAfterErrorMs, undefined, { signal: stopping }).catch(() => {})
    }
  }

  return {
    covers: intents.covers,
    begin: intents.begin,
    end: intents.end,
    /** The list runs out, and there is more for it. */
    isShort: () => intents.ahead() < size() / 4 && intents.ahead() < window.bulkSize(),
    /** Null while one is being written. */
    cover: (token: string): Promise<void> | null => {
      if (isWriting || stopping.aborted) return null
      isWriting = true
      return write(token).finally(() => (isWriting = false))
    },
    /** Also when nothing may go at present, and no list is written. */
    giveBackHeld: async (token: string): Promise<void> => {
      const queueIds = window.queueIds()
      if (queueIds.length > 0) giveBackOf(token, await listHeldQueues(deps.db, queueIds))
    },
  }
}
