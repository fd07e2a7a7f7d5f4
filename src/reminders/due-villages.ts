import { isLeaf } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { areasOf } from '../audiences/audience-areas.ts'
import { addDays } from '../lib/calendar.ts'
import { isOffsetRule, type Reminder } from './reminder.ts'

/** Villages that exist today by their election day (YYYY-MM-DD). */
export type VillagesByDay = ReadonlyMap<string, readonly number[]>

export function villagesByDay(tree: AreaTree): VillagesByDay {
  const days = new Map<string, number[]>()
  for (const area of tree.all) {
    const day = isLeaf(area) && !area.retiredAt ? tree.electionDay(area.id) : null
    if (day === null) continue
    const known = days.get(day)
    if (known) known.push(area.id)
    else days.set(day, [area.id])
  }
  return days
}

/** On a day, where a reminder of days falls on it: in the places of its audience. None for one by the clock. */
export function dueVillages(
  { rule, audience }: Pick<Reminder, 'rule' | 'audience'>,
  deps: { tree: AreaTree; today: string; days: VillagesByDay },
): (day: string) => number[] {
  if (!isOffsetRule(rule)) return () => []
  const { offsetDays } = rule
  return (day) => {
    const fitting = deps.days.get(addDays(day, -offsetDays)) ?? []
    if (fitting.length === 0) return []
    const wanted = areasOf(audience, deps)
    if (!wanted) return [...fitting]
    const known = new Set(wanted)
    return fitting.filter((id) => known.has(id))
  }
}
