import type { Db } from '../db/open-database.ts'
import { dayOf } from '../lib/calendar.ts'
import type { Due } from './decide-due.ts'
import { reopenMarks } from './mark-store.ts'
import { cancelWaiting, listUnfinished } from './waiting-store.ts'

/** See `Due`. What the sender holds in its hands at this moment still goes out. */
export async function withdraw(
  tx: Db,
  { run, areaIds }: Omit<Extract<Due, { what: 'withdraw' }>, 'what'>,
  { now, timezone }: { now: Date; timezone: string },
): Promise<void> {
  if (run.queueId === null) return
  const today = dayOf(now, timezone)
  const unfinished = await listUnfinished(tx, { today, now, timezone })
  const waiting = new Set(
    unfinished.flatMap(({ reminderId, areaId }) => (reminderId === run.reminderId ? areaId : [])),
  )
  await cancelWaiting(tx, { queueId: run.queueId, areaIds, now })
  await reopenMarks(
    tx,
    run.id,
    areaIds.filter((id) => waiting.has(id)),
  )
}
