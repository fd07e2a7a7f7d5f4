import type { AreaTree } from '../areas/area-tree.ts'
import { daysBetween } from '../lib/calendar.ts'

/** Elections are years apart; a day that moves further than this is not moved but a new one. */
const samePeriodDays = 183

/** Whether two days are days of the same election: also when it moves across New Year. */
export function isSameElection(one: string, other: string): boolean {
  return (
    one.slice(0, 4) === other.slice(0, 4) || Math.abs(daysBetween(one, other)) <= samePeriodDays
  )
}

/** Places that were told in the election that they have now. */
export function listTold(
  tree: AreaTree,
  marks: readonly { areaId: number; electionDay: string; state: 'had' | 'open' | 'again' }[],
): Set<number> {
  const told = marks.filter(({ areaId, electionDay, state }) => {
    const day = tree.electionDay(areaId)
    return state !== 'open' && day !== null && isSameElection(day, electionDay)
  })
  return new Set(told.map(({ areaId }) => areaId))
}
