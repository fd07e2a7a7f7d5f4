import { createTask, validateDetailed } from 'node-cron'
import { isQuiet } from '../delivery/quiet-hours.ts'
import { minuteOf } from '../lib/calendar.ts'

export type CronProblem =
  /** `field` is that of node-cron: expression, minute, hour, dayOfMonth, month, dayOfWeek. */
  | { problem: 'syntax'; field: string }
  /** Every few seconds or minutes: nobody wants that many messages. */
  | { problem: 'too-often' }
  | { problem: 'never' }
  /** All of its times are at night. */
  | { problem: 'quiet' }

export type CronDeps = { now: Date; timezone: string }

const shownRuns = 5
/** A villager gets the same reminder once an hour at most. */
const leastGapMs = 3_600_000
/** 29 February comes after eight years at the latest. */
const searchDays = 8 * 366

/** Checks an expression as somebody typed it, and gives it in its plain form with its next five times. */
export function parseCron(
  text: string,
  deps: CronDeps,
): { cron: string; runs: Date[] } | CronProblem {
  const cron = text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ')
  const { fields, errors } = validateDetailed(cron)
  if (!fields) return { problem: 'syntax', field: errors[0]?.field ?? 'expression' }
  if (fields.second.join() !== '0') return { problem: 'too-often' }
  const runs = listNextRuns(cron, shownRuns, deps)
  if (runs.length === 0) return { problem: 'never' }
  const gaps = runs.slice(1).map((run, at) => run.getTime() - (runs[at]?.getTime() ?? 0))
  if (gaps.some((gap) => gap < leastGapMs)) return { problem: 'too-often' }
  if (runs.every((run) => isQuiet(minuteOf(run, deps.timezone)))) return { problem: 'quiet' }
  return { cron, runs }
}

export function listNextRuns(cron: string, count: number, { now, timezone }: CronDeps): Date[] {
  const runs: Date[] = []
  for (let after: Date | null = now; runs.length < count; ) {
    after = findNextRun(cron, { now: after, timezone })
    if (!after) break
    runs.push(after)
  }
  return runs
}

/**
 * The first time after `now`, by the local clock; null when there is none in the next eight years. A time that the clock
 * shows twice counts the first time only; one that it jumps over is at the end of the jump.
 */
export function findNextRun(cron: string, { now, timezone }: CronDeps): Date | null {
  const { fields } = validateDetailed(cron)
  if (!fields) throw new Error('not a cron expression')
  const start = toZoned(now, timezone).toPlainDate()
  const matches = createMatcher(cron)
  for (let n = 0; n < searchDays; n++) {
    const day = start.add({ days: n })
    if (!fields.month.includes(day.month)) continue
    const times = timesOf(fields)
    const [first] = times
    if (!first || !matches(day.toPlainDateTime(first))) continue
    for (const time of times) {
      const at = day.toZonedDateTime({ timeZone: timezone, plainTime: time }).epochMilliseconds
      if (at > now.getTime()) return new Date(at)
    }
  }
  return null
}

/** False for a time that stands in no expression: the clock jumped over the one that does. */
export function isTimeOf(cron: string, at: Date, timezone: string): boolean {
  return createMatcher(cron)(toZoned(at, timezone).toPlainDateTime())
}

/** Asked in UTC with the wall clock's numbers, node-cron decides about local time without knowing of clock changes. */
function createMatcher(cron: string): (local: Temporal.PlainDateTime) => boolean {
  const task = createTask(cron, () => {}, { timezone: 'UTC' })
  // It would stay in node-cron's list of tasks, which is kept for ever. Matching needs no list.
  void task.destroy()
  return (local) => task.match(new Date(`${local.toString({ smallestUnit: 'second' })}Z`))
}

function timesOf({ hour, minute }: ParsedTime): Temporal.PlainTime[] {
  const sorted = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b)
  return sorted(hour).flatMap((h) =>
    sorted(minute).map((m) => Temporal.PlainTime.from({ hour: h, minute: m })),
  )
}

type ParsedTime = { hour: number[]; minute: number[] }

function toZoned(at: Date, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone)
}
