import type { Db } from '../db/open-database.ts'
import { finishQueues, openEmptyQueue, requireUnfinished } from '../delivery/queue-control.ts'
import { listAskQueues } from './ask-again-store.ts'

/** Questions come by day, from this hour until before that one; at another hour only to those who chose it. */
export const dayHours = { from: 9, until: 20 }
/** What goes out in the ten minutes between two runs at the 30 a second that Telegram allows, with room for campaigns. */
const mostWaiting = 15_000

const prefix = 'questions '
const nameOf = (day: string, isDay: boolean) =>
  isDay ? `${prefix}${day}` : `${prefix}${day} at their own hour`
const namesOf = (day: string) => [nameOf(day, true), nameOf(day, false)]

/** Days are YYYY-MM-DD. */
export type AskTime = { today: string; yesterday: string; isDay: boolean; now: Date }

export type AskQueues = {
  /** How many more may be asked now. */
  room: number
  /** Where the questions of the last days are: whoever has one in these has had theirs, or it is on its way. */
  recentIds: number[]
  /** The queue for what is asked now. */
  open: () => Promise<number>
}

/** The queues of today, and what is left of those before, which are closed as they get empty. */
export async function findAskQueues(
  tx: Db,
  { today, yesterday, isDay, now }: AskTime,
): Promise<AskQueues> {
  const names = [...namesOf(today), ...namesOf(yesterday)]
  const all = await listAskQueues(tx, { prefix, names })
  const old = all.filter((queue) => !namesOf(today).includes(queue.name))
  await finishQueues(tx, { ids: old.map(({ id }) => id) })
  const name = nameOf(today, isDay)
  const queues = all.filter((queue) => queue.name === name)
  // Somebody of the office ended it: that is their wish for today.
  const isEnded = queues.some(({ state }) => state === 'cancelled')
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0)
  const known = queues.find(({ state }) => state === 'open' || state === 'paused')
  // What does not get through by evening waits for the morning.
  const hours = isDay ? { from: dayHours.from * 60, until: dayHours.until * 60 } : null
  return {
    room: isEnded ? 0 : Math.max(0, mostWaiting - waiting),
    recentIds: all.map(({ id }) => id),
    open: async () => {
      const id = known?.id ?? (await openEmptyQueue(tx, { name, isPaid: false, hours, now }))
      await requireUnfinished(tx, id)
      return id
    },
  }
}
