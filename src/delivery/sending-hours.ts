import { minuteOf } from '../lib/calendar.ts'

/**
 * Minutes of the local day from which (included) and until when (excluded) a queue may send; `from` above `until` goes over
 * midnight.
 */
export type SendingHours = { from: number; until: number }

/** `minute` is of the local day. */
export function isWithinHours({ from, until }: SendingHours, minute: number): boolean {
  return from < until ? minute >= from && minute < until : minute >= from || minute < until
}

/** Asked at every send, so that what it works out holds for a minute. Every time zone changes at a full minute. */
export function createMinuteClock({ now, timezone }: { now: () => Date; timezone: string }) {
  let known = { atMinute: Number.NaN, minute: 0 }
  return (): number => {
    const at = now()
    const atMinute = Math.floor(at.getTime() / 60_000)
    if (atMinute !== known.atMinute) known = { atMinute, minute: minuteOf(at, timezone) }
    return known.minute
  }
}
