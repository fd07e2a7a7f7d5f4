import type { WorkingDays } from '../../lib/working-days.ts'
import type { Span, WorkingCalendar } from '../../lib/working-time.ts'

/** When offices work: the ordinary hours of this installation, and which days are working days. */
export type OfficeHours = WorkingDays & { timezone: string; hours: readonly Span[] }

/** On election day somebody is at work from before the polls open until after the count. */
export const electionHours: Span = { from: 6 * 60, to: 22 * 60 }

/** The working hours for tips of a place: the office's, and its election day from six to ten, whatever day that is. */
export function createTipCalendar(
  office: OfficeHours,
  electionDay: string | null,
): WorkingCalendar {
  return {
    timezone: office.timezone,
    spansOn: (day) => {
      if (day === electionDay) return [electionHours]
      return office.isWorkingDay(day) ? office.hours : []
    },
  }
}
