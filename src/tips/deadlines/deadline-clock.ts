import {
  addWorkingMinutes,
  countWorkingMinutes,
  type WorkingCalendar,
} from '../../lib/working-time.ts'
import type { TipState } from '../tip.ts'
import type { Durations } from './deadline-table.ts'

/**
 * What the clock does next with a tip, in this order. nudge: half of the time is over. leader: the time is over, the
 * group's leader is called. up: still nothing, it goes to the level above. top: there was none; tried again quietly, and
 * the admins hear of it every day. held: no group had it in time. late-leader, late-up: the same as without late, after the
 * promised result is late. Giving a tip to another group, closing or reopening it sets the clock anew, and so does taking
 * it or giving it back, but for the late ones: who hands a late tip to and fro gains no time.
 */
export type DeadlineStage = 'nudge' | 'leader' | 'up' | 'top' | 'held' | 'late-leader' | 'late-up'

/** `at` null: nothing happens by itself. */
export type DeadlineClock = { stage: DeadlineStage | null; at: Date | null }

/** What the clock needs to know of a tip. */
export type ClockedTip = {
  state: TipState
  filedAt: Date
  acknowledgeBy: Date
  answerBy: Date
  /** False until the clock was set for the first time. */
  isClocked: boolean
  /** What it showed before, if the same group has the tip still. */
  before?: DeadlineClock | undefined
}

type Rule = { calendar: WorkingCalendar; durations: Durations }

/** What is to be done now, and what the clock shows afterwards. `isLate`: the service did not run when it was due. */
export type DueStep = { act: DeadlineAct; isLate: boolean; next: DeadlineClock }
export type DeadlineAct = 'nudge' | 'leader' | 'up' | 'top' | 'held'

const stopped: DeadlineClock = { stage: null, at: null }
/** The tick of every minute is never this late unless nothing ran. */
const lateMs = 15 * 60_000

/** Pure. The clock for a tip as it stands now. Every group gets half of its time before it hears a word. */
export function setClock(tip: ClockedTip, rule: Rule, now: Date): DeadlineClock {
  if (tip.state === 'held') {
    const isTime = tip.acknowledgeBy > now
    return { stage: 'held', at: isTime ? tip.acknowledgeBy : addStep(tip, rule, now) }
  }
  const isOpen = tip.state !== 'closed'
  if (isOpen && tip.before?.stage?.startsWith('late-')) return tip.before
  if (tip.state === 'waiting') {
    const isFirst = !tip.isClocked && tip.filedAt <= now
    const from = isFirst ? tip.filedAt : now
    return { stage: 'nudge', at: addHalf(from, rule.durations.acknowledgeMinutes, rule) }
  }
  if (tip.state === 'acknowledged') {
    const left = countWorkingMinutes(now, tip.answerBy, rule.calendar)
    if (left > 0) return { stage: 'nudge', at: addHalf(now, left, rule) }
    return { stage: 'late-leader', at: addStep(tip, rule, now) }
  }
  return stopped
}

/**
 * Pure. What is due now; null when nothing is. After an outage only the last of what was missed is done, and whoever is
 * called then has the full time before the tip leaves: while nothing ran nobody could press a button either.
 */
export function stepClock(
  tip: ClockedTip,
  clock: DeadlineClock,
  rule: Rule,
  now: Date,
): DueStep | null {
  const { stage, at } = clock
  if (stage === null || at === null || at > now) return null
  const isLate = now.getTime() - at.getTime() > lateMs
  const again = { stage: 'top' as const, at: addStep(tip, rule, now) }
  if (stage === 'held') return { act: 'held', isLate, next: stopped }
  if (stage === 'top') return { act: 'top', isLate, next: again }
  if (stage === 'up' || stage === 'late-up') return { act: 'up', isLate, next: again }
  const isForAnswer = stage === 'late-leader' || tip.state === 'acknowledged'
  const call: DueStep = {
    act: 'leader',
    isLate,
    next: { stage: isForAnswer ? 'late-up' : 'up', at: addStep(tip, rule, now) },
  }
  if (stage !== 'nudge') return call
  const dueAt = endOf(tip, rule, at)
  return dueAt <= now ? call : { act: 'nudge', isLate, next: { stage: 'leader', at: dueAt } }
}

/** When the time is over whose half was `halfAt`. */
function endOf(tip: ClockedTip, rule: Rule, halfAt: Date): Date {
  if (tip.state === 'acknowledged') return tip.answerBy > halfAt ? tip.answerBy : halfAt
  if (tip.acknowledgeBy > halfAt) return tip.acknowledgeBy
  return addHalf(halfAt, rule.durations.acknowledgeMinutes, rule)
}

function addStep(tip: ClockedTip, { durations, calendar }: Rule, from: Date): Date {
  const { acknowledgeMinutes, lateAnswerMinutes } = durations
  const minutes = tip.state === 'acknowledged' ? lateAnswerMinutes : acknowledgeMinutes
  return addWorkingMinutes(from, minutes, calendar)
}

const addHalf = (from: Date, minutes: number, { calendar }: Rule) =>
  addWorkingMinutes(from, minutes / 2, calendar)
