import type { Db } from '../db/open-database.ts'
import { addToCounts } from './delivery-store.ts'

/**
 * Removes what the ledger holds about these subjects, sent or not: what waits is never sent. One that is under way at
 * this moment stays, without its subject.
 */
export async function forgetDeliveries(tx: Db, subjects: string[]): Promise<void> {
  const subject = { in: subjects }
  await tx.delivery.deleteMany({ where: { subject, state: { not: 'sending' } } })
  await tx.delivery.updateMany({ where: { subject }, data: { subject: null } })
}

/**
 * Cancels, and counts, what waits for a subscriber in whatever queue. What is under way at this moment goes out. Queue by
 * queue, because that is how a recipient is found without looking at every delivery.
 */
export async function cancelForRecipient(tx: Db, recipientId: number, now: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ count: bigint }[]>`
    WITH ended AS (
      UPDATE delivery d SET state = 'cancelled', "finishedAt" = ${now}, body = NULL
      FROM delivery_queue q
      WHERE q.state IN ('open', 'paused') AND d."queueId" = q.id AND d."recipientId" = ${recipientId}
        AND d.state = 'pending' AND d.lane = 'bulk'
      RETURNING d.lane, d."queueId", d.state), counted AS (${addToCounts})
    SELECT count(*) AS count FROM ended`
  return Number(rows[0]?.count ?? 0)
}

/**
 * The ledger keeps that something was sent, but no longer to which subscriber, nor where. Also cancels what waits. One that
 * is under way keeps its address, which its retry needs, until it is forgotten with the others.
 */
export async function forgetRecipient(tx: Db, recipientId: number, now: Date): Promise<void> {
  await cancelForRecipient(tx, recipientId, now)
  const nowhere = Buffer.alloc(0)
  await tx.$executeRaw`
    UPDATE delivery d SET "recipientId" = NULL,
      address = CASE WHEN d.state = 'sending' THEN d.address ELSE ${nowhere} END
    FROM delivery_queue q WHERE d."queueId" = q.id AND d."recipientId" = ${recipientId}`
}
