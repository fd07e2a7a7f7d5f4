import { isQuiet, sendingHours } from '../delivery/quiet-hours.ts'
import { addDays, dayOf, daysBetween, instantAt, minuteOf } from '../lib/calendar.ts'
import { isTimeOf } from './cron-times.ts'
import { isOffsetRule, type MissedPolicy, type Reminder, type Run } from './reminder.ts'

/** Whom a run reaches when: those who chose this hour of the day; null: those who chose none. */
export type Slot = number | null

/** `areaIds` null: wherever the audience is. */
export type Part = { slots: Slot[]; areaIds: number[] | null }

/** What is to be done about one reminder at this moment. */
export type Due =
  | ({ what: 'open'; key: string; dueAt: Date } & Part)
  /** `added`: places that got their day while it ran; a part of their own has everything until now. */
  | { what: 'go-on'; run: Run; parts: Part[]; added: number[] }
  /**
   * The day moved away from these while the run goes on. What waits for them is taken back, and who had none has it on the
   * new day.
   */
  | { what: 'withdraw'; run: Run; areaIds: number[] }
  | { what: 'skip' | 'ask'; key: string; dueAt: Date; areaIds: number[] | null }
  /** Of a cron expression: what is done up to here. */
  | { what: 'next'; after: Date }

export type DueDeps = {
  now: Date
  timezone: string
  /** Hours that somebody chose. */
  hours: readonly number[]
}

/** What the villages have to do with a reminder of days, worked out by the caller. */
export type VillageFacts = {
  /** By a day (YYYY-MM-DD), where this reminder falls on it. Of today and of the days of `lookBackDays`. */
  dueOn: (day: string) => readonly number[]
  /** Places that had it already, in this election. */
  had: ReadonlySet<number>
  /** Places that today's run has begun with, also those that it was taken back from. */
  inRun: readonly number[]
}

/** Later than this after its time, a run that has not begun is missed. */
export const graceMinutes = 15
/** So many days back, a day on which nobody was here is noticed. */
export const lookBackDays = 2
const lastHourMinute = sendingHours.until - 60

/**
 * When those who chose an hour are written to: not in the quiet hours, and of a day's second time not before the others, else
 * it would follow the first at once.
 */
function minuteOfSlot(slot: Slot, atMinute: number, isFirst = true): number {
  if (slot === null) return Math.max(atMinute, sendingHours.from)
  const minute = Math.min(Math.max(slot * 60, sendingHours.from), lastHourMinute)
  return isFirst ? minute : Math.max(minute, atMinute)
}

/** `runs` are those of today and of the days looked back at. Nothing is due in the quiet hours. */
export function decideDue(
  reminder: Reminder,
  runs: readonly Run[],
  deps: DueDeps,
  villages: VillageFacts,
): Due[] {
  if (reminder.state !== 'active' || isQuiet(minuteOf(deps.now, deps.timezone))) return []
  return isOffsetRule(reminder.rule)
    ? decideOffset(reminder, reminder.rule, runs, deps, villages)
    : decideCron(reminder, reminder.rule, runs, deps)
}

function decideCron(
  reminder: Reminder,
  { cron }: { cron: string },
  runs: readonly Run[],
  deps: DueDeps,
): Due[] {
  const { now, timezone } = deps
  const today = dayOf(now, timezone)
  // Its time may have been given in days until today.
  const ofToday = runs.filter(({ key }) => key.startsWith(`${today}T`))
  const isFirst = (key: string) => !ofToday.some((run) => run.key < key)
  const begun = ofToday.filter(isUnderWay).flatMap((run): Due[] => {
    const atMinute = minuteOf(run.dueAt, timezone)
    const slots = listSlots(atMinute, { ...deps, after: run.ranAt, isFirst: isFirst(run.key) })
    return slots.length > 0
      ? [{ what: 'go-on', run, parts: [{ slots, areaIds: null }], added: [] }]
      : []
  })
  const { nextAt: dueAt } = reminder
  if (dueAt === null) return [...begun, { what: 'next', after: now }]
  const day = dayOf(dueAt, timezone)
  if (day > today) return begun
  const atMinute = minuteOf(dueAt, timezone)
  const key = `${day}T${clock(atMinute)}`
  const due = { key, dueAt, areaIds: null }
  if (day < today) {
    // Everything of days that are over is one: an hourly reminder after a week's outage leaves one line.
    const after = new Date(instantAt(today, 0, timezone).getTime() - 1)
    return [...begun, giveUp(reminder.missed, due), { what: 'next', after }]
  }
  const isOver = minuteOf(now, timezone) >= atMinute
  // After now and not after its time: what was missed three times today is made up for once.
  const next: Due[] = isOver ? [{ what: 'next', after: now }] : []
  if (runs.some((run) => run.key === key)) return [...begun, ...next]
  const slots = listSlots(atMinute, { ...deps, isFirst: isFirst(key) })
  if (slots.length === 0) return begun
  // The clock jumped over the time that it was due: nobody could be written to then.
  const inTime = isInTime(atMinute, deps) && isTimeOf(cron, dueAt, timezone)
  return [...begun, begin(reminder.missed, { ...due, slots }, inTime), ...next]
}

function decideOffset(
  reminder: Reminder,
  { atMinute }: { atMinute: number },
  runs: readonly Run[],
  deps: DueDeps,
  { dueOn, had, inRun }: VillageFacts,
): Due[] {
  const { now, timezone } = deps
  const today = dayOf(now, timezone)
  const missing = (day: string) => dueOn(day).filter((id) => !had.has(id))
  const earlier = listDaysBack(reminder, today, timezone).flatMap((day): Due[] => {
    const areaIds = missing(day)
    if (areaIds.length === 0 || runs.some(({ key }) => key === day)) return []
    const dueAt = instantAt(day, atMinute, timezone)
    return [giveUp(reminder.missed, { key: day, dueAt, areaIds })]
  })
  const areaIds = missing(today)
  const run = runs.find(({ key }) => key === today)
  if (run) return [...earlier, ...goOn(reminder, run, { areaIds, inRun, dueOn }, deps)]
  const slots = listSlots(atMinute, deps)
  if (areaIds.length === 0 || slots.length === 0) return earlier
  const due = { key: today, dueAt: instantAt(today, atMinute, timezone), areaIds, slots }
  return [...earlier, begin(reminder.missed, due, isInTime(atMinute, deps))]
}

function goOn(
  { rule, missed }: Reminder,
  run: Run,
  { areaIds, inRun, dueOn }: Pick<VillageFacts, 'inRun' | 'dueOn'> & { areaIds: number[] },
  deps: DueDeps,
): Due[] {
  if (!isUnderWay(run) || !isOffsetRule(rule)) return []
  const fitting = new Set(dueOn(run.key))
  const stale = inRun.filter((id) => !fitting.has(id))
  const withdraw: Due[] = stale.length > 0 ? [{ what: 'withdraw', run, areaIds: stale }] : []
  const kept = inRun.filter((id) => fitting.has(id))
  const added = missed !== 'skip' || isInTime(rule.atMinute, deps) ? areaIds : []
  const parts = [
    { slots: listSlots(rule.atMinute, { ...deps, after: run.ranAt }), areaIds: kept },
    { slots: listSlots(rule.atMinute, deps), areaIds: added },
  ].filter((part) => part.slots.length > 0 && part.areaIds.length > 0)
  return parts.length === 0 ? withdraw : [...withdraw, { what: 'go-on', run, parts, added }]
}

/** In time, or late and allowed to be; else given up. */
function begin(
  missed: MissedPolicy,
  due: { key: string; dueAt: Date } & Part,
  inTime: boolean,
): Due {
  const { slots, ...rest } = due
  if (missed === 'late' || inTime) return { what: 'open', ...rest, slots }
  return { what: missed, ...rest }
}

function giveUp(
  missed: MissedPolicy,
  due: { key: string; dueAt: Date; areaIds: number[] | null },
): Due {
  return { what: missed === 'ask' ? 'ask' : 'skip', ...due }
}

function isInTime(atMinute: number, { now, timezone }: DueDeps): boolean {
  return !isQuiet(atMinute) && minuteOf(now, timezone) <= atMinute + graceMinutes
}

function isUnderWay({ state, queueId }: Run): boolean {
  return queueId !== null && (state === 'sent' || state === 'nothing')
}

/** Those whose minute has come today; with `after`, not those whose minute had come then. */
function listSlots(
  atMinute: number,
  { now, timezone, hours, after, isFirst }: DueDeps & { after?: Date; isFirst?: boolean },
): Slot[] {
  const until = minuteOf(now, timezone)
  const isAfterToday = after && dayOf(after, timezone) === dayOf(now, timezone)
  const since = isAfterToday ? minuteOf(after, timezone) : -1
  return [null, ...hours].filter((slot) => {
    const minute = minuteOfSlot(slot, atMinute, isFirst)
    return minute > since && minute <= until
  })
}

function listDaysBack({ nextAt }: Reminder, today: string, timezone: string): string[] {
  if (nextAt === null) return []
  const activeSince = dayOf(nextAt, timezone)
  const count = Math.min(lookBackDays, Math.max(0, daysBetween(activeSince, today)))
  return Array.from({ length: count }, (_, at) => addDays(today, at - count))
}

function clock(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
