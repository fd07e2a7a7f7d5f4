import { z } from 'zod'
import { audience } from '../audiences/audience.ts'
import { contentKinds } from '../content/content.ts'
import { isOffsetRule, type Matter, missedPolicies, type Reminder, type Rule } from './reminder.ts'

const rule = z.union([
  z.strictObject({ cron: z.string() }),
  z.strictObject({ offsetDays: z.int(), atMinute: z.int() }),
]) satisfies z.ZodType<Rule>

/** A reminder that somebody is putting together, or changing, step by step. */
export const reminderDraft = z.strictObject({
  /** Of the reminder that is changed, and what it was when the change began. */
  id: z.int().optional(),
  was: z.string().optional(),
  /** What is to be typed next. */
  asks: z.enum(['time', 'name', 'place', 'since']).optional(),
  name: z.string().optional(),
  kind: z.enum(contentKinds).optional(),
  contentId: z.int().optional(),
  seriesId: z.int().optional(),
  rule: rule.optional(),
  audience: audience.optional(),
  missed: z.enum(missedPolicies).optional(),
})
export type ReminderDraft = z.infer<typeof reminderDraft>

export type FinishedDraft = Pick<Reminder, 'name' | 'rule' | 'matter' | 'audience' | 'missed'>

/** Null while something is missing: what, when, to whom, and what becomes of a missed time. */
export function finishDraft(draft: ReminderDraft): FinishedDraft | null {
  const { name, contentId, seriesId, missed } = draft
  const matter =
    contentId !== undefined ? { contentId } : seriesId !== undefined && { seriesId, seriesPlace: 0 }
  if (!name || !draft.rule || !matter || !draft.audience || !missed) return null
  return {
    name,
    rule: draft.rule,
    matter,
    audience: fitAudience(draft.audience, draft.rule),
    missed,
  }
}

/** The same reminder as a draft. */
export function draftOf(reminder: Reminder): ReminderDraft {
  const { id, name, matter, audience, missed } = reminder
  const said = 'contentId' in matter ? matter : { seriesId: matter.seriesId }
  return { id, was: wordingOf(reminder), name, rule: reminder.rule, audience, missed, ...said }
}

/** Everything of it that somebody decides, to tell whether two are the same. */
export function wordingOf({ name, rule, matter, audience, missed }: FinishedDraft): string {
  return JSON.stringify([name, timeOf(rule), matterOf(matter), audience, missed])
}

/** What it says in one word; how far a series has come is no matter. */
export function matterOf(matter: Matter): string {
  return 'contentId' in matter ? `content ${matter.contentId}` : `series ${matter.seriesId}`
}

/** Days are the village's own: how far its election is away says the rule. */
function fitAudience({ daysToElection, ...rest }: Reminder['audience'], given: Rule) {
  return isOffsetRule(given) || !daysToElection ? rest : { ...rest, daysToElection }
}

export function timeOf(given: Rule): string {
  return isOffsetRule(given) ? `${given.offsetDays} ${given.atMinute}` : given.cron
}
