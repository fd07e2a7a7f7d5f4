import { sayDay } from '../audiences/say-day.ts'
import { dayOf, minuteOf } from '../lib/calendar.ts'
import type { Language } from '../messages/messages.ts'

/** An instant as people of this time zone say it: 4月10日（星期一）09:05. */
export function sayTime(at: Date, timezone: string, language: Language): string {
  return `${sayDay(dayOf(at, timezone), language)} ${sayMinute(minuteOf(at, timezone))}`
}

/** A minute of the day as a clock shows it: 09:05. */
export function sayMinute(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
