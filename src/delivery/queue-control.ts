import type { Db } from '../db/open-database.ts'
import { changeQueueState, endPending, endQueues, lockQueue } from './queue-state-store.ts'
import { createQueue } from './queue-store.ts'
import type { SendingHours } from './sending-hours.ts'

/** @throws RangeError for hours that are none: a mistake of ours. */
export async function openEmptyQueue(
  tx: Db,
  {
    name,
    isPaid,
    hours,
    now,
  }: {
    name: string
    /** With Telegram's paid broadcast. Edits and deletions cannot be paid for: false for them. */
    isPaid: boolean
    /** Null: at any time. */
    hours: SendingHours | null
    now: Date
  },
): Promise<number> {
  const isDay = (minute: number) => Number.isInteger(minute) && minute >= 0 && minute <= 1_440
  if (hours && !(isDay(hours.from) && isDay(hours.until) && hours.from !== hours.until))
    throw new RangeError('not hours of a day')
  return createQueue(tx, {
    name,
    isPaid,
    createdAt: now,
    sendFrom: hours?.from,
    sendUntil: hours?.until,
  })
}

/**
 * After the commit nothing of it is claimed any more, and what the sender has claimed goes back, but for what it has written
 * down as handed over or next to go, and the list of these that it was writing: at most 12 messages at 30/s, 200 at
 * 1,000/s. The sender notices with its next list, and within a second when there is none. False: it was not open.
 */
export function pauseQueue(tx: Db, id: number): Promise<boolean> {
  return changeQueueState(tx, id, { from: ['open'], to: 'paused' })
}

/** It goes on within a second. False: it was not paused. */
export function resumeQueue(tx: Db, id: number): Promise<boolean> {
  return changeQueueState(tx, id, { from: ['paused'], to: 'open' })
}

/**
 * Ends everything in it that waits, for ever. Returns how many these are. What the sender has claimed is still to end: as under
 * `pauseQueue` it goes out, or is cancelled and counted when it comes back. `countQueue` has the sum as soon as nothing
 * of it is `sending`. 0 as well for a queue that was cancelled or finished already.
 */
export async function cancelQueue(tx: Db, id: number, now: Date): Promise<number> {
  // In a statement of its own and first: whoever gives one back at the same time waits for it and sees it.
  const isEnded = await changeQueueState(tx, id, { from: ['open', 'paused'], to: 'cancelled' })
  return isEnded ? endPending(tx, id, now) : 0
}

/**
 * Makes those of these that are open, and in which nothing waits or is under way, `finished`: nothing can be planned for them
 * any more, their deliveries may be forgotten, and claims do not look at them. By naming them the caller says that their
 * planning is complete. Returns how many.
 */
export function finishQueues(tx: Db, { ids }: { ids: readonly number[] }): Promise<number> {
  return endQueues(tx, ids)
}

/**
 * Whether deliveries may be added to it, to be asked in the transaction that adds them: it is not cancelled before the
 * commit. When it is over, those who had its message may be forgotten by now, and would get it twice.
 */
export async function isUnfinished(tx: Db, id: number): Promise<boolean> {
  const state = await lockQueue(tx, id)
  return state === 'open' || state === 'paused'
}

/** @throws when nothing may be added to it (any more). */
export async function requireUnfinished(tx: Db, id: number): Promise<void> {
  if (!(await isUnfinished(tx, id))) throw new Error(`nothing can be added to queue ${id}`)
}

export { countQueue, countQueues, type QueueCount } from './queue-count-store.ts'
export type { SendingHours } from './sending-hours.ts'
