import { dayOf } from './calendar.ts'

/** A part of a day in which somebody is at work, in minutes after midnight; `to` is not part of it. */
export type Span = { from: number; to: number }

/** `spansOn` gives the working hours of a day (YYYY-MM-DD) in order, none on a day off. */
export type WorkingCalendar = { timezone: string; spansOn: (day: string) => readonly Span[] }

const minuteMs = 60_000
const minutesPerDay = 1_440
/** No holiday lasts this long: a calendar without any working hour is a mistake in the settings. */
const searchDays = 60

/**
 * The moment at which this many minutes of work have passed since `from`. Monotone in both; adding twice is adding the
 * sum. Nothing added is `from` itself.
 * @throws when the calendar has no working hours for two months.
 */
export function addWorkingMinutes(from: Date, minutes: number, calendar: WorkingCalendar): Date {
  let left = minutes * minuteMs
  if (left <= 0) return from
  for (const span of spansSince(from, calendar)) {
    if (left <= span.to - span.from) return new Date(span.from + left)
    left -= span.to - span.from
  }
  throw new Error('The working hours leave no time to work')
}

/** Minutes of work between two moments; 0 when `to` is not later. */
export function countWorkingMinutes(from: Date, to: Date, calendar: WorkingCalendar): number {
  let ms = 0
  for (const span of spansSince(from, calendar, to)) {
    if (span.from >= to.getTime()) break
    ms += Math.min(span.to, to.getTime()) - span.from
  }
  return ms / minuteMs
}

/** When work begins: `from` itself when somebody is at work then. */
export function nextWorkingMoment(from: Date, calendar: WorkingCalendar): Date {
  for (const span of spansSince(from, calendar)) return new Date(span.from)
  throw new Error('The working hours leave no time to work')
}

/** The last end of working hours after `after` and not after `until`; null when there is none. */
export function lastClosingTime(
  { after, until }: { after: Date; until: Date },
  calendar: WorkingCalendar,
): Date | null {
  let last: Date | null = null
  for (const span of spansSince(after, calendar, until))
    if (span.to <= until.getTime()) last = new Date(span.to)
  return last
}

/** `08:30-12:00,14:00-17:30`; null for anything that is not in order or not within a day. */
export function parseSpans(text: string): Span[] | null {
  const spans = text.split(',').map((part) => {
    const found = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(part.trim())
    if (!found) return null
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = found.slice(1).map(Number)
    if (fromMinute > 59 || toMinute > 59) return null
    return { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute }
  })
  let end = 0
  for (const span of spans) {
    if (!span || span.from < end || span.to <= span.from || span.to > minutesPerDay) return null
    end = span.to
  }
  return spans.flatMap((span) => span ?? [])
}

/** What is left of the working hours from a moment on, in milliseconds since 1970, in order. */
function* spansSince(from: Date, calendar: WorkingCalendar, until?: Date): Generator<Span> {
  const { timezone } = calendar
  const first = Temporal.PlainDate.from(dayOf(from, timezone))
  const lastDay = until && dayOf(until, timezone)
  let idleDays = 0
  for (let n = 0; idleDays < searchDays; n++) {
    const day = first.add({ days: n })
    if (lastDay !== undefined && day.toString() > lastDay) return
    const spans = calendar.spansOn(day.toString())
    idleDays = spans.length === 0 ? idleDays + 1 : 0
    for (const span of spans) {
      const to = instantOf(day, span.to, timezone)
      const start = Math.max(instantOf(day, span.from, timezone), from.getTime())
      if (start < to) yield { from: start, to }
    }
  }
}

function instantOf(day: Temporal.PlainDate, minutes: number, timezone: string): number {
  const isMidnight = minutes === minutesPerDay
  const time = isMidnight
    ? Temporal.PlainTime.from({ hour: 0 })
    : Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
  const date = isMidnight ? day.add({ days: 1 }) : day
  return date.toZonedDateTime({ timeZone: timezone, plainTime: time }).epochMilliseconds
}
