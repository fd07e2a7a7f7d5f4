import type { TipRow } from '../tip-store.ts'

/** How long a reporter may say that a result does not content them. */
export const reopenDays = 15
const dayMs = 86_400_000

/** Pure. A tip that its reporter withdrew stays closed. */
export function canReopen(
  { state, result, closedAt }: Pick<TipRow, 'state' | 'result' | 'closedAt'>,
  now: Date,
): boolean {
  if (state !== 'closed' || result === 'withdrawn' || closedAt === null) return false
  return now.getTime() - closedAt.getTime() <= reopenDays * dayMs
}
