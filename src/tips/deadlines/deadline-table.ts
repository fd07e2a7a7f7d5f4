import type { RiskClass } from '../../areas/area.ts'

/** How pressing a tip is, from its answers. */
export const severities = ['normal', 'high', 'urgent'] as const
export type Severity = (typeof severities)[number]

/**
 * What a reporter is promised. Change the numbers here and nowhere else: tips that are filed afterwards get the new
 * promise, those before keep theirs. They are the office's own rule and no term of law.
 */
export type Durations = {
  /** Until somebody takes the tip, in minutes of work. Also what each further group gets. */
  acknowledgeMinutes: number
  /** Until the reporter has a first result, in days; before the ballot when that is sooner. */
  answerDays: number
  /** When the result is late: what the leader gets, and then each further group, in minutes of work. */
  lateAnswerMinutes: number
}

const normal = { acknowledgeMinutes: 120, answerDays: 7, lateAnswerMinutes: 420 }
const high = { acknowledgeMinutes: 60, answerDays: 5, lateAnswerMinutes: 420 }
const urgent = { acknowledgeMinutes: 30, answerDays: 3, lateAnswerMinutes: 120 }

/** By the risk class of the place, then by how pressing the tip is. */
export const deadlineTable: Record<RiskClass, Record<Severity, Durations>> = {
  complex: {
    normal: { ...normal, answerDays: 5 },
    high: { ...high, answerDays: 3 },
    urgent: { ...urgent, answerDays: 2 },
  },
  watch: { normal, high, urgent },
  calm: { normal, high: { ...high, acknowledgeMinutes: 120 }, urgent },
}

/** On the place's election day nobody waits longer than this for somebody to take a tip. */
const electionDayMinutes = 30
const electionDayLateMinutes = 60

/** The durations that hold for a tip. A place without a risk class counts as one to watch. */
export function findDurations(input: {
  riskClass: RiskClass | null
  severity: Severity
  isElectionDay: boolean
}): Durations {
  const { acknowledgeMinutes, lateAnswerMinutes, answerDays } =
    deadlineTable[input.riskClass ?? 'watch'][input.severity]
  if (!input.isElectionDay) return { acknowledgeMinutes, lateAnswerMinutes, answerDays }
  return {
    acknowledgeMinutes: Math.min(acknowledgeMinutes, electionDayMinutes),
    lateAnswerMinutes: Math.min(lateAnswerMinutes, electionDayLateMinutes),
    answerDays,
  }
}

/** Unknown words count as normal: a newer interview may know more. */
export function parseSeverity(text: string | null | undefined): Severity {
  return severities.find((severity) => severity === text) ?? 'normal'
}
