import { lockAreas } from '../areas/area-import-store.ts'
import { changeDirectoryVersion } from '../areas/area-store.ts'
import type { Db } from '../db/open-database.ts'
import { appendAudit } from '../staff/audit.ts'
import { saveElectionDays } from './calendar-store.ts'
import type { DaysPlan } from './plan-days.ts'

/**
 * Writes planned election days with a line of the audit, in the caller's transaction; every process then reads the
 * directory anew. All or nothing: `outdated` when one of the days is no longer what the plan was made from.
 */
export async function changeDays(
  tx: Db,
  { now, actor }: { now: Date; actor: string },
  { changes }: Pick<DaysPlan, 'changes'>,
): Promise<'changed' | 'outdated' | 'unchanged'> {
  if (changes.length === 0) return 'unchanged'
  await lockAreas(tx)
  if ((await saveElectionDays(tx, changes)) !== changes.length) return 'outdated'
  await changeDirectoryVersion(tx)
  const [first] = changes
  await appendAudit(tx, {
    at: now,
    actor,
    action: 'election day changed',
    subject: changes.length === 1 ? `area:${first?.areaId}` : 'areas',
    detail: Object.fromEntries(
      changes.map(({ areaId, day, was }) => [`area:${areaId}`, `${was ?? '-'} → ${day ?? '-'}`]),
    ),
  })
  return 'changed'
}
