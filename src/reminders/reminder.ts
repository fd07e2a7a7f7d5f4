import type { Audience } from '../audiences/audience.ts'
import type { ContentKind } from '../content/content.ts'

/**
 * active: sends when it is due. paused: what was due meanwhile is passed over. ended: its series is over; it goes on when an
 * admin resumes it.
 */
export const reminderStates = ['active', 'paused', 'ended'] as const
export type ReminderState = (typeof reminderStates)[number]

/**
 * What becomes of a time at which nothing could be sent, because the service was down or it was night. late: sent later on
 * the same day, given up after that. skip: given up. ask: an admin says.
 */
export const missedPolicies = ['late', 'skip', 'ask'] as const
export type MissedPolicy = (typeof missedPolicies)[number]

/** A case or an explanation comes again with the next of its series; a notice is one of its kind. */
export const missedByKind: Record<ContentKind, MissedPolicy> = {
  reminder: 'late',
  case: 'skip',
  policy: 'skip',
  notice: 'ask',
}

/** By the clock, or so many days from each village's election day (negative: before) at a minute of the local day. */
export type Rule = { cron: string } | { offsetDays: number; atMinute: number }

/** One content, or the next of a series after the place that was sent last. */
export type Matter = { contentId: number } | { seriesId: number; seriesPlace: number }

export type Reminder = {
  id: number
  code: string
  name: string
  rule: Rule
  matter: Matter
  audience: Audience
  missed: MissedPolicy
  state: ReminderState
  /**
   * Of a cron expression: the next time, null: to be worked out. Of days: since when it has been active; what was due on
   * days before that is no matter.
   */
  nextAt: Date | null
}

export function isOffsetRule(rule: Rule): rule is { offsetDays: number; atMinute: number } {
  return 'offsetDays' in rule
}

/** sent, or begun: later hours of the day may still come. nothing: there was nothing to say, or nobody to say it to. */
export type RunState = 'sent' | 'skipped' | 'asked' | 'nothing'

export type RunReason =
  | 'missed' // nothing could be sent in time
  | 'no-content' // none is published
  | 'series-over'
  | 'nobody'
  | 'declined' // an admin said no
  | 'by-hand' // an admin sent it

export type Run = {
  id: number
  reminderId: number
  /** Local: 2026-11-24T09:00 of a cron expression, 2026-11-24 of days, now:… by hand; over:… missed before its time changed. */
  key: string
  dueAt: Date
  state: RunState
  versionId: number | null
  queueId: number | null
  recipients: number
  reason: RunReason | null
  /** When it was planned last: later hours count from here. */
  ranAt: Date
}
