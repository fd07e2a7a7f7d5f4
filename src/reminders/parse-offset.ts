import { isQuiet } from '../delivery/quiet-hours.ts'
import { readChineseNumber } from '../lib/chinese-number.ts'
import { readClock } from '../lib/read-clock.ts'

export type OffsetProblem = 'unreadable' | 'too-far' | 'quiet'
export type ParsedOffset = { offsetDays: number; atMinute: number } | { problem: OffsetProblem }

/** The steps of an election take five weeks; what is much further away is a slip. */
const furthestDays = 90

const number = String.raw`(\d{1,4}|[零一二两三四五六七八九十百]+)`
const start = String.raw`^(?:每个村)?(?:的)?(?:选举|投票)?日?\s*`
const before = new RegExp(
  `${start}(?:提前|以前|之前|前)\\s*${number}\\s*天|${start}${number}\\s*天\\s*(?:以前|之前|前)`,
  'u',
)
const after = new RegExp(
  `${start}(?:以后|之后|后)\\s*${number}\\s*天|${start}${number}\\s*天\\s*(?:以后|之后|后)`,
  'u',
)
const onTheDay =
  /^(?:选举|投票)?日?\s*(?:当天|当日|那天|那一天)|^(?:on )?(?:the )?election day|^on the day/u
const english = /^(\d{1,4}) ?days? (before|after)(?: the)?(?: election)?(?: day)?/u
const signed = /^([+-]\d{1,4})(?= |$)/u

/** Whether it is about days at all, and not a time of the clock. */
export function isAboutDays(text: string): boolean {
  return /[\d零一二两三四五六七八九十百几]\s*天|当[天日]|那一?天|选举|投票|days? (?:before|after)|on the day|election|^\s*[+-]\d/iu.test(
    text.normalize('NFKC'),
  )
}

/**
 * Days from the election day as people type them: “前 10 天 9:00”, “选举日后三天 下午6点半”, “当天 7:30”, “10 days before 9:00”, “-10”.
 * Without a time it is that of `defaultMinute`.
 */
export function parseOffset(typed: string, defaultMinute: number): ParsedOffset {
  const text = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[，,。]/gu, ' ')
  const found = readDays(text)
  if (!found) return { problem: 'unreadable' }
  const rest = text.slice(found.length).replace(/^(?:\s|的|at\b)+/u, '')
  const atMinute = rest === '' ? defaultMinute : readClock(rest)
  if (atMinute === null) return { problem: 'unreadable' }
  if (Math.abs(found.days) > furthestDays) return { problem: 'too-far' }
  return isQuiet(atMinute) ? { problem: 'quiet' } : { offsetDays: found.days, atMinute }
}

/** How many days, and how much of the text says so. */
function readDays(text: string): { days: number; length: number } | null {
  const on = onTheDay.exec(text)
  if (on) return { days: 0, length: on[0].length }
  const sign = signed.exec(text) ?? null
  if (sign) return { days: Number(sign[1]), length: sign[0].length }
  const words = english.exec(text)
  if (words) {
    const days = Number(words[1])
    // 0 - x and not -x, which makes -0 of 0.
    return { days: words[2] === 'before' ? 0 - days : days, length: words[0].length }
  }
  for (const [pattern, factor] of [
    [before, -1],
    [after, 1],
  ] as const) {
    const match = pattern.exec(text)
    const days = match && readNumber(match[1] ?? match[2] ?? '')
    if (match && typeof days === 'number')
      return { days: 0 + days * factor, length: match[0].length }
  }
  return null
}

function readNumber(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : readChineseNumber(text)
}
