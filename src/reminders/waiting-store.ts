import type { Db } from '../db/open-database.ts'
import { addToCounts } from '../delivery/delivery-store.ts'
import { instantAt, minuteOf } from '../lib/calendar.ts'

/**
 * Takes back what waits in a queue for people of these places. Without its recipient, so that the queue can still have one
 * for them: the day may move back.
 */
export async function cancelWaiting(
  tx: Db,
  { queueId, areaIds, now }: { queueId: number; areaIds: readonly number[]; now: Date },
): Promise<void> {
  await tx.$executeRaw`
    WITH ended AS (
      UPDATE delivery d SET state = 'cancelled', "finishedAt" = ${now}, body = NULL, "recipientId" = NULL
      FROM subscriber s
      WHERE d.state = 'pending' AND d.lane = 'bulk' AND d."queueId" = ${queueId}::int
        AND s.id = d."recipientId" AND s."areaId" = ANY(${[...areaIds]}::int[])
      RETURNING d.lane, d."queueId", d.state)
    ${addToCounts}`
}

/**
 * Villages that runs of this day have marked but not served to the end: something waits for them, or their hour, or that of
 * somebody there, is still to come. Were their day to move now, they would have the reminder on the new one.
 */
export async function listUnfinished(
  db: Db,
  { today, now, timezone }: { today: string; now: Date; timezone: string },
): Promise<{ reminderId: number; areaId: number }[]> {
  const minute = minuteOf(now, timezone)
  return db.$queryRaw`
    SELECT m."reminderId", m."areaId" FROM reminder_run u
      JOIN reminder_area m ON m."runId" = u.id AND m.state <> 'open'
    WHERE u.key = ${today} AND u."dueAt" >= ${instantAt(today, 0, timezone)} AND (u."ranAt" < u."dueAt" OR EXISTS (
      SELECT FROM delivery d JOIN subscriber s ON s.id = d."recipientId"
      WHERE d."queueId" = u."queueId" AND d.state IN ('pending', 'sending') AND s."areaId" = m."areaId") OR EXISTS (
      SELECT FROM subscriber s WHERE s."areaId" = m."areaId" AND s.state = 'active' AND s.hour * 60 > ${minute}::int
        AND NOT EXISTS (SELECT FROM delivery d WHERE d."queueId" = u."queueId" AND d."recipientId" = s.id)))`
}
