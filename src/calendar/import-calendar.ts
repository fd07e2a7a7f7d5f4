import { lockAreas } from '../areas/area-import-store.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { loadDirectory } from '../areas/directory.ts'
import type { Db, PrismaClient } from '../db/open-database.ts'
import { changeDays } from './change-days.ts'
import { type CalendarProblem, parseCalendar } from './parse-calendar.ts'
import { type DaysPlan, planDays } from './plan-days.ts'

export type CalendarImport = {
  bytes: Uint8Array
  now: Date
  today: string
  /** False: only looks what would happen. */
  isApplied: boolean
}

export type ImportCalendarOutcome<Effect> =
  | { outcome: 'refused'; problems: CalendarProblem[] }
  | { outcome: 'looked' | 'imported'; before: AreaTree; plan: DaysPlan; effect: Effect }

/**
 * Reads a file of election days and says what it changes, or changes it: all of it or nothing. `look` may read in the same
 * moment what else depends on it.
 */
export async function importCalendar<Effect>(
  db: PrismaClient,
  { bytes, now, today, isApplied }: CalendarImport,
  look: (tx: Db, plan: DaysPlan) => Promise<Effect>,
): Promise<ImportCalendarOutcome<Effect>> {
  return db.$transaction(async (tx) => {
    await lockAreas(tx)
    const { tree: before } = await loadDirectory(tx)
    const { changes, problems } = parseCalendar(bytes, { tree: before, today })
    if (problems.length > 0) return { outcome: 'refused', problems }
    const plan = planDays(before, changes)
    const effect = await look(tx, plan)
    if (isApplied) await changeDays(tx, { now, actor: 'system' }, plan)
    return { outcome: isApplied ? 'imported' : 'looked', before, plan, effect }
  })
}
