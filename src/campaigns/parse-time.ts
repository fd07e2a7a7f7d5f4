import { addDays, dayOf, instantAt } from '../lib/calendar.ts'
import { readClock } from '../lib/read-clock.ts'

type Clock = { now: Date; timezone: string }

export type ParsedTime =
  | { kind: 'at'; at: Date }
  /** It was meant, and it is over. */
  | { kind: 'past' }
  | { kind: 'unreadable' }

const words: Record<string, number> = {
  今天: 0,
  今晚: 0,
  明天: 1,
  明早: 1,
  明晚: 1,
  后天: 2,
  today: 0,
  tomorrow: 1,
}

/**
 * A time as people type it: “明天 8:00”, “4月10日 下午3点半”, “2026-04-10 9:30”, “tomorrow 8pm”. A day without a year is the next
 * one; a time without a day is today.
 */
export function parseTime(typed: string, clock: Clock): ParsedTime {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  const { day, rest } = splitDay(text, clock)
  const minute = readClock(rest, /晚|tonight/.test(text))
  if (day === null || minute === null) return { kind: 'unreadable' }
  const at = instantAt(day, minute, clock.timezone)
  return at > clock.now ? { kind: 'at', at } : { kind: 'past' }
}

/** A day as people type it; null: none. Days without a year are the last ones that were. */
export function parsePastDay(typed: string, { now, timezone }: Clock): string | null {
  const today = dayOf(now, timezone)
  const text = typed.normalize('NFKC').trim()
  const parts = /^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/u.exec(text)
  if (!parts) return null
  const [, year, month, date] = parts
  const day = toDay(Number(year ?? today.slice(0, 4)), Number(month), Number(date))
  if (day === null || day <= today) return day
  return year === undefined
    ? toDay(Number(today.slice(0, 4)) - 1, Number(month), Number(date))
    : null
}

function splitDay(text: string, { now, timezone }: Clock): { day: string | null; rest: string } {
  const today = dayOf(now, timezone)
  for (const [word, days] of Object.entries(words))
    if (text.startsWith(word)) return { day: addDays(today, days), rest: text.slice(word.length) }
  const found =
    /^(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?[\s,，]+|^(\d{1,2})月(\d{1,2})[日号]/u.exec(
      text,
    )
  if (!found) return { day: today, rest: text }
  const [whole, year, month = found[4], date = found[5]] = found
  const rest = text.slice(whole.length)
  const thisYear = Number(today.slice(0, 4))
  const day = toDay(Number(year ?? thisYear), Number(month), Number(date))
  if (year !== undefined || day === null || day >= today) return { day, rest }
  return { day: toDay(thisYear + 1, Number(month), Number(date)), rest }
}

function toDay(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}
