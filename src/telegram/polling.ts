import { type Api, GrammyError } from 'grammy'
import type { Lease } from '../db/lease-store.ts'
import { describeError } from '../errors.ts'
import type { Log } from '../lib/log.ts'
import { createLoop } from '../lib/loop.ts'
import { createOutage } from '../lib/outage.ts'
import { reasonOf } from './errors.ts'

/**
 * What we ask for, always in full: Telegram remembers the last list. Reactions and edits of channel posts stay out.
 */
export const allowedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'chat_member',
] as const

/** How long Telegram may hold a call without updates. */
export const pollSeconds = 25
/** How long the lease outlives its holder: another process polls within 10 s of a crash. */
export const pollLeaseSeconds = 8
const renewMs = 2_500
const retryMs = 3_000
/** Between two looks whether the holder is gone: added to the lease, still within the 10 s. */
const waitForLeaseMs = 1_000

export type UpdateSource = {
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Why no updates come at present, or null. */
  problem: () => string | null
}

/**
 * Long polling. The next call, which tells Telegram that it may forget what came, is made only after everything is
 * kept. Only one process polls: Telegram ends the older of two polls with 409.
 */
export function createPolling(deps: {
  api: Api
  lease: Lease
  keep: (updates: unknown[]) => Promise<void>
  log: Log
}): UpdateSource {
  const { api, lease, keep, log } = deps
  const stopping = new AbortController()
  let offset = 0
  let problem: string | null = 'not started'
  let heldAtMs = Number.NEGATIVE_INFINITY
  const outage = createOutage(log)

  const loop = createLoop({ step, onError: noteProblem, errorMs: retryMs })

  async function step(): Promise<true | number> {
    if (!(await hold())) {
      // Another process polls: that is how it should be.
      problem = null
      return waitForLeaseMs
    }
    const request = {
      offset,
      timeout: pollSeconds,
      limit: 100,
      allowed_updates: [...allowedUpdates],
    }
    const updates = await whileHolding((signal) => api.getUpdates(request, signal as never))
    await keep(updates)
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
    problem = null
    outage.over('updates come from Telegram again')
    return true
  }

  /** Takes or renews the lease. */
  async function renew(): Promise<boolean> {
    const askedAtMs = performance.now()
    const isHeld = await lease.hold()
    heldAtMs = isHeld ? askedAtMs : Number.NEGATIVE_INFINITY
    return isHeld
  }

  /** When much is written the polls are short: what was renewed a moment ago need not be asked for again. */
  const hold = async () => performance.now() - heldAtMs < renewMs || (await renew())

  /** Renews the lease during the call; ends the call when another process has taken it. */
  async function whileHolding<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const lost = new AbortController()
    const renewing = setInterval(() => {
      renew().then(
        (isHeld) => isHeld || lost.abort(),
        () => {
          // The database is away for the moment: the lease runs on until another process can take it.
        },
      )
    }, renewMs)
    try {
      // grammY types its signal after a polyfill; Node's own has the same shape.
      return await call(AbortSignal.any([stopping.signal, lost.signal]))
    } finally {
      clearInterval(renewing)
    }
  }

  function noteProblem(error: unknown): void {
    if (stopping.signal.aborted) return
    problem = error instanceof GrammyError ? reasonOf(error) : 'Telegram does not answer'
    outage.warn({ error: describeError(error), problem }, 'no updates from Telegram')
  }

  return {
    start: async () => {
      // A webhook left from an earlier set-up would refuse every poll.
      await api.deleteWebhook()
      problem = null
      loop.start()
    },
    stop: async () => {
      stopping.abort()
      await loop.stop()
      await lease.release().catch(() => {})
    },
    problem: () => problem,
  }
}
