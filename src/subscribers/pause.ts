import type { Db } from '../db/open-database.ts'
import { cancelForRecipient } from '../delivery/forget-store.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Subscriber } from './subscriber.ts'
import { changeSubscriber, findSubscriber } from './subscriber-store.ts'

/** What can be chosen, in days. */
export const pauseDays = [7, 30] as const
/** The last day of a pause that somebody ends themselves. */
const untilResumed = '9999-12-31'

export type PauseLength = (typeof pauseDays)[number] | 'open'

/** The last day (YYYY-MM-DD) without content of a pause that begins today: so many whole days after it. */
export function lastDayOfPause(today: string, length: PauseLength): string {
  if (length === 'open') return untilResumed
  return Temporal.PlainDate.from(today).add({ days: length }).toString()
}

/** Until which day nothing comes; `open`: until they say so; null: no pause, or one that is over. */
export function pauseOf(
  { pausedUntil }: Pick<Subscriber, 'pausedUntil'>,
  today: string,
): string | 'open' | null {
  if (pausedUntil === null || pausedUntil < today) return null
  return pausedUntil === untilResumed ? 'open' : pausedUntil
}

/** Nothing of the content goes to this chat up to that day, what waits for it included. False: it is not known. */
export async function pauseSubscriber(
  tx: Db,
  { keyring, now, today }: { keyring: Keyring; now: Date; today: string },
  chatId: number,
  length: PauseLength,
): Promise<boolean> {
  const known = await findSubscriber(tx, keyring, chatId)
  if (!known) return false
  await changeSubscriber(tx, keyring, chatId, { pausedUntil: lastDayOfPause(today, length) })
  await cancelForRecipient(tx, known.id, now)
  return true
}
