import type { AreaTree } from '../areas/area-tree.ts'
import { addDays, dayOf, instantAt, minuteOf } from '../lib/calendar.ts'
import { listNextRuns } from './cron-times.ts'
import { dueVillages, villagesByDay } from './due-villages.ts'
import { isOffsetRule, type Reminder } from './reminder.ts'

const shownTimes = 5

/** The next five times; of days those on which some village has its turn, with how many. None while no day is set. */
export function listNextTimes(
  reminder: Pick<Reminder, 'rule' | 'audience'>,
  { tree, now, timezone }: { tree: AreaTree; now: Date; timezone: string },
): { at: Date; villages: number | null }[] {
  const { rule } = reminder
  if (!isOffsetRule(rule))
    return listNextRuns(rule.cron, shownTimes, { now, timezone }).map((at) => ({
      at,
      villages: null,
    }))
  const { offsetDays, atMinute } = rule
  const today = dayOf(now, timezone)
  const first = minuteOf(now, timezone) < atMinute ? today : addDays(today, 1)
  const days = villagesByDay(tree)
  const find = dueVillages(reminder, { tree, today, days })
  return [...days.keys()]
    .map((electionDay) => addDays(electionDay, offsetDays))
    .filter((day) => day >= first)
    .sort()
    .map((day) => ({ at: instantAt(day, atMinute, timezone), villages: find(day).length }))
    .filter(({ villages }) => villages > 0)
    .slice(0, shownTimes)
}
