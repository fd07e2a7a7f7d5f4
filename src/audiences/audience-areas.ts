import { isLeaf } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { daysBetween } from '../lib/calendar.ts'
import type { Audience } from './audience.ts'

/**
 * The villages and communities that an audience names by its places, risk classes and election days; null when it names
 * none of these. Retired ones count: somebody may still be subscribed there.
 */
export function areasOf(
  audience: Audience,
  { tree, today }: { tree: AreaTree; today: string },
): number[] | null {
  const { areas, riskClasses, daysToElection } = audience
  if (!areas && !riskClasses && !daysToElection) return null
  const wanted = areas && new Set(areas)
  const fits = (id: number) => {
    if (wanted && !tree.chain(id).some((area) => wanted.has(area.id))) return false
    const riskClass = tree.riskClass(id)
    if (riskClasses && !(riskClass && riskClasses.includes(riskClass))) return false
    if (!daysToElection) return true
    const day = tree.electionDay(id)
    if (day === null) return false
    const days = daysBetween(today, day)
    return days >= daysToElection.from && days <= daysToElection.to
  }
  return tree.all.filter((area) => isLeaf(area) && fits(area.id)).map(({ id }) => id)
}
