import type { Db } from '../db/open-database.ts'
import { addToCounts } from './delivery-store.ts'

export type QueueState = 'open' | 'paused' | 'cancelled' | 'finished'

export async function changeQueueState(
  tx: Db,
  id: number,
  { from, to }: { from: QueueState[]; to: QueueState },
): Promise<boolean> {
  const { count } = await tx.deliveryQueue.updateMany({
    where: { id, state: { in: from } },
    data: { state: to },
  })
  return count === 1
}

/** Its state does not change before the end of the transaction. Null: there is none. */
export async function lockQueue(tx: Db, id: number): Promise<QueueState | null> {
  const rows = await tx.$queryRaw<{ state: QueueState }[]>`
    SELECT state FROM delivery_queue WHERE id = ${id} FOR SHARE`
  return rows[0]?.state ?? null
}

/** Cancels what waits in it, and counts it. */
export async function endPending(tx: Db, queueId: number, now: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ count: bigint }[]>`
    WITH ended AS (
      UPDATE delivery SET state = 'cancelled', "finishedAt" = ${now}, body = NULL
      WHERE state = 'pending' AND lane = 'bulk' AND "queueId" = ${queueId}
      RETURNING lane, "queueId", state), counted AS (${addToCounts})
    SELECT count(*) AS count FROM ended`
  return Number(rows[0]?.count ?? 0)
}

/** Of those that are open, the ones in which nothing waits or is under way. Returns how many. */
export async function endQueues(tx: Db, ids: readonly number[]): Promise<number> {
  return tx.$executeRaw`
    UPDATE delivery_queue q SET state = 'finished'
    WHERE q.state = 'open' AND q.id = ANY(${[...ids]}::int[])
      AND NOT EXISTS (
        SELECT FROM delivery d WHERE d.state = 'pending' AND d.lane = 'bulk' AND d."queueId" = q.id)
      AND q.id NOT IN (
        SELECT d."queueId" FROM delivery d WHERE d.state = 'sending' AND d."queueId" IS NOT NULL)`
}
