/** How long what is known of a closed tip is kept, in days after it was closed. */
export type RetentionRules = { linkDays: number; contentDays: number }

const dayMs = 86_400_000
/** The last question to the reporter goes out when `linkDays` may just have ended; they have a week to answer. */
const answerDays = 7

export type ClosedTip = {
  closedAt: Date
  /** How many of the questions after closing were put; -1: none wanted. */
  aftercare: number
  hasLink: boolean
  hasContent: boolean
  isHeldByLaw: boolean
}

/**
 * When the link to the reporter and the content are due to be destroyed; null when there is none any more, or when the
 * law wants the tip kept. Pure.
 */
export function decideRetention(
  { closedAt, aftercare, hasLink, hasContent, isHeldByLaw }: ClosedTip,
  rules: RetentionRules,
): { linkAt: Date | null; contentAt: Date | null } {
  if (isHeldByLaw) return { linkAt: null, contentAt: null }
  const after = (days: number) => new Date(closedAt.getTime() + days * dayMs)
  const contentAt = hasContent ? after(rules.contentDays) : null
  const linkAt = hasLink ? after(linkDaysOf(rules, aftercare > 0)) : null
  return { linkAt, contentAt }
}

/** One day more, so that a question that is due on the last day is put before. */
function linkDaysOf(rules: RetentionRules, wasAsked: boolean): number {
  return Math.min(rules.linkDays + 1 + (wasAsked ? answerDays : 0), rules.contentDays)
}

/** Until when a tip must have been closed for its link to be due now, by whether its reporter was asked something. */
export function latestUnlinked(now: Date, rules: RetentionRules) {
  return {
    asked: latestClosing(now, linkDaysOf(rules, true)),
    unasked: latestClosing(now, linkDaysOf(rules, false)),
  }
}

/** Nothing that was closed after this can be due. */
export function latestClosing(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs)
}
