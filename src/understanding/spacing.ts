/**
 * After how many days a question comes back, by how often in a row it was answered wrongly, the last for every time
 * after. The first gap is short because what was just explained is forgotten within days; then longer, so that nobody is
 * examined every day about the one rule that does not stick.
 */
const afterWrong = [1, 3, 7] as const
/**
 * … and by how often in a row it was answered rightly; then never again. Asking before it is forgotten strengthens it, and
 * growing gaps keep it known all through the weeks before an election at the fewest questions (Cepeda et al. 2008, “Spacing
 * effects in learning: a temporal ridgeline of optimal retention”, doi:10.1111/j.1467-9280.2008.02209.x: a gap of about
 * a fifth of the time for which something is to be known; Kang et al. 2014, doi:10.3758/s13423-014-0636-z: growing gaps
 * keep more of it known on the way than equal ones).
 */
const afterRight = [7, 30] as const

/**
 * `step`: how often in a row it was answered rightly; below zero: wrongly. `askOn` (YYYY-MM-DD): when it comes back; null:
 * it does not.
 */
export type Spacing = { step: number; askOn: string | null }

/** What follows an answer given today (YYYY-MM-DD). `step` as it was before. */
export function decideNext(step: number, isRight: boolean, today: string): Spacing {
  const next = isRight ? Math.max(step, 0) + 1 : Math.min(step, 0) - 1
  const days = daysAfter(next)
  return { step: next, askOn: days === null ? null : addDays(today, days) }
}

/** Whether the question may be asked: nobody gave an answer yet, or it is due, or it was asked and nobody answered. */
export function isWaiting(
  { tries, step, askOn }: Spacing & { tries: number },
  today: string,
): boolean {
  if (tries === 0) return true
  return askOn === null ? daysAfter(step) !== null : askOn <= today
}

/** The rules are for the election: what is due after it is not asked any more. Without a day nothing is too late. */
export function isInTime(day: string, electionDay: string | null): boolean {
  return electionDay === null || day <= electionDay
}

function daysAfter(step: number): number | null {
  if (step > 0) return afterRight[step - 1] ?? null
  return afterWrong[Math.min(-step, afterWrong.length) - 1] ?? null
}

function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}
