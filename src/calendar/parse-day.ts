import { daysBetween } from '../lib/calendar.ts'

export type DayProblem = 'not-a-day' | 'past' | 'too-far'
export type ParsedDay = { day: string } | { problem: DayProblem }

/** An election is announced months ahead; what is further away is a slip of the year. */
const furthestDays = 2 * 365

const full = /^(\d{4})\s*(?:[-./]|年)\s*(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})\s*日?$/u
const withoutYear = /^(\d{1,2})\s*(?:[-./]|月)\s*(\d{1,2})\s*[日号]?$/u

/**
 * An election day as people write it: 2026-12-05, 2026.12.5, 2026年12月5日, and without the year 12月5日, which means the
 * next one. Neither over nor more than two years away. Gives YYYY-MM-DD.
 */
export function parseElectionDay(text: string, today: string): ParsedDay {
  const typed = text.normalize('NFKC').trim()
  const day = readFull(typed) ?? readNext(typed, today)
  if (day === null) return { problem: 'not-a-day' }
  const away = daysBetween(today, day)
  if (away < 0) return { problem: 'past' }
  return away > furthestDays ? { problem: 'too-far' } : { day }
}

function readFull(text: string): string | null {
  const [, year, month, day] = (full.exec(text) ?? []).map(Number)
  return toDay(year, month, day)
}

function readNext(text: string, today: string): string | null {
  const [, month, day] = (withoutYear.exec(text) ?? []).map(Number)
  const year = Number(today.slice(0, 4))
  const thisYear = toDay(year, month, day)
  return thisYear !== null && thisYear >= today ? thisYear : toDay(year + 1, month, day)
}

/** Null for 30 February, and where a number is missing. */
function toDay(year?: number, month?: number, day?: number): string | null {
  if (year === undefined || month === undefined || day === undefined) return null
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}
