import type { RiskClass } from '../../areas/area.ts'
import { dayOf } from '../../lib/calendar.ts'
import {
  addWorkingMinutes,
  countWorkingMinutes,
  lastClosingTime,
  nextWorkingMoment,
  type WorkingCalendar,
} from '../../lib/working-time.ts'
import { type Durations, findDurations, type Severity } from './deadline-table.ts'
import { createTipCalendar, electionHours, type OfficeHours } from './tip-calendar.ts'

/** What the reporter is promised: by when somebody takes the tip, and by when there is a first result. */
export type Promised = { acknowledgeBy: Date; answerBy: Date }

export type TipCircumstances = {
  riskClass: RiskClass | null
  /** YYYY-MM-DD, of the tip's place. */
  electionDay: string | null
  severity: Severity
}

/** Fewer than this leave no time for a result: a later end is promised. */
const leastAnswerMinutes = 60
/** Moments that people read are full quarters, so that a card does not give away the minute of filing. */
const quarterMs = 15 * 60_000
const dayMs = 24 * 60 * 60_000

/** Working hours and durations that hold for a tip at this moment. */
export function ruleFor(
  office: OfficeHours,
  { riskClass, electionDay, severity }: TipCircumstances,
  at: Date,
): { calendar: WorkingCalendar; durations: Durations } {
  const calendar = createTipCalendar(office, electionDay)
  const workDay = dayOf(nextWorkingMoment(at, calendar), calendar.timezone)
  const isElectionDay = workDay === electionDay
  return { calendar, durations: findDurations({ riskClass, severity, isElectionDay }) }
}

/** Pure. The promise for a tip that is filed at this moment; it ends with working hours, never in the night. */
export function decidePromise(
  office: OfficeHours,
  circumstances: TipCircumstances,
  filedAt: Date,
): Promised {
  const { calendar, durations } = ruleFor(office, circumstances, filedAt)
  const exact = addWorkingMinutes(filedAt, durations.acknowledgeMinutes, calendar)
  const acknowledgeBy = new Date(Math.ceil(exact.getTime() / quarterMs) * quarterMs)
  const usual = new Date(filedAt.getTime() + durations.answerDays * dayMs)
  const sooner = listElectionEnds(circumstances.electionDay, calendar.timezone)
    .filter((end) => end < usual)
    .concat(usual)
  for (const until of sooner) {
    const answerBy = lastClosingTime({ after: filedAt, until }, calendar)
    if (answerBy && answerBy > acknowledgeBy && leavesTime(filedAt, answerBy, calendar))
      return { acknowledgeBy, answerBy }
  }
  // A long holiday is in the way: the first closing time after which a working day has passed.
  const dayLater = addWorkingMinutes(acknowledgeBy, durations.lateAnswerMinutes, calendar)
  const until = new Date(dayLater.getTime() + dayMs)
  return {
    acknowledgeBy,
    answerBy: lastClosingTime({ after: dayLater, until }, calendar) ?? dayLater,
  }
}

function leavesTime(filedAt: Date, answerBy: Date, calendar: WorkingCalendar): boolean {
  return countWorkingMinutes(filedAt, answerBy, calendar) >= leastAnswerMinutes
}

/** Before the polls open; if that leaves no time, on the evening of that day. */
function listElectionEnds(electionDay: string | null, timezone: string): Date[] {
  if (electionDay === null) return []
  return [electionHours.from, electionHours.to].map(
    (minutes) =>
      new Date(
        Temporal.PlainDate.from(electionDay).toZonedDateTime({
          timeZone: timezone,
          plainTime: { hour: minutes / 60 },
        }).epochMilliseconds,
      ),
  )
}
