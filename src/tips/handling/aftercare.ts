/** When a reporter is asked whether anybody makes trouble for them, in days after closing. */
export const aftercareDays = [7, 30] as const
const dayMs = 86_400_000

/**
 * Pure. How many of the questions should have been asked by now. After a long standstill only the last one is asked: two
 * at once would be worse than one too few.
 */
export function countDue(closedAt: Date, now: Date): number {
  const days = (now.getTime() - closedAt.getTime()) / dayMs
  return aftercareDays.filter((due) => days >= due).length
}

/** Instants before which a tip must have been closed for its nth question, first to last. */
export function dueBefore(now: Date): Date[] {
  return aftercareDays.map((days) => new Date(now.getTime() - days * dayMs))
}
