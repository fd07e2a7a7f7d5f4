import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type { ClaimedDelivery } from './delivery-store.ts'

const claimed = Prisma.sql`d.id, d.lane, d."queueId", d.purpose, d.subject, d.address, d.body, d."bodyId",
  d."recipientId", d."targetId", d.attempts`

/**
 * Claims urgent ones that are due, oldest first: from here on each may have reached Telegram. `SKIP LOCKED` lets a
 * writer's open transaction be passed by.
 */
export async function claimUrgent(
  db: Db,
  { token, now, limit }: { token: string; now: Date; limit: number },
): Promise<ClaimedDelivery[]> {
  const rows = await db.$queryRaw<Omit<ClaimedDelivery, 'isPaid' | 'hours'>[]>`
    UPDATE delivery d SET state = 'sending', "leaseToken" = ${token}, attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM delivery WHERE state = 'pending' AND lane = 'urgent' AND "nextTryAt" <= ${now}
      ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING ${claimed}`
  return rows.map((row) => ({ ...row, isPaid: false, hours: null }))
}

type BulkClaim = {
  token: string
  now: Date
  limit: number
  /** Of the local day: queues have hours. */
  minute: number
  /** The queue that had the last turn. */
  after: number
}
type BulkRow = Omit<ClaimedDelivery, 'hours'> & {
  sendFrom: number | null
  sendUntil: number | null
  due: number
}

/**
 * The same for bulk, not more than `limit`: an equal share from every open queue in which something is due at this hour, so that a
 * small campaign does not wait for a large one; where there are more queues than that, one from each in turn, from the
 * one that follows `after`. `hasMore`: more is due. A queue that is just being paused or cancelled is passed by, and
 * none can be while this runs.
 */
export async function claimBulk(
  db: Db,
  { token, now, limit, minute, after }: BulkClaim,
): Promise<{ rows: ClaimedDelivery[]; hasMore: boolean; after: number }> {
  // With LIMIT 1 each queue is one look into the index; as EXISTS it may become a join with everything that waits.
  const rows = await db.$queryRaw<BulkRow[]>`
    WITH due AS MATERIALIZED (
      SELECT q.id FROM delivery_queue q
      CROSS JOIN LATERAL (SELECT 1 FROM delivery
        WHERE state = 'pending' AND lane = 'bulk' AND "queueId" = q.id AND "nextTryAt" <= ${now} LIMIT 1) waits
      WHERE q.state = 'open' AND (q."sendFrom" IS NULL OR CASE WHEN q."sendFrom" < q."sendUntil"
        THEN ${minute}::int >= q."sendFrom" AND ${minute}::int < q."sendUntil"
        ELSE ${minute}::int >= q."sendFrom" OR ${minute}::int < q."sendUntil" END)),
    turn AS MATERIALIZED (
      SELECT id, "isPaid", "sendFrom", "sendUntil" FROM delivery_queue
      WHERE state = 'open' AND id IN (
        SELECT id FROM due ORDER BY id <= ${after}::int, id LIMIT ${limit}::int)
      FOR SHARE SKIP LOCKED),
    picked AS MATERIALIZED (
      SELECT p.id, turn."isPaid", turn."sendFrom", turn."sendUntil" FROM turn
      CROSS JOIN LATERAL (
        SELECT id FROM delivery
        WHERE state = 'pending' AND lane = 'bulk' AND "queueId" = turn.id AND "nextTryAt" <= ${now}
        ORDER BY id LIMIT greatest(1, ${limit}::int / (SELECT count(*) FROM due)) FOR UPDATE SKIP LOCKED) p)
    UPDATE delivery d SET state = 'sending', "leaseToken" = ${token}, attempts = attempts + 1
    FROM picked p WHERE d.id = p.id
    RETURNING ${claimed}, p."isPaid", p."sendFrom", p."sendUntil", (SELECT count(*) FROM due)::int AS due`
  const due = rows[0]?.due ?? 0
  const share = Math.max(1, Math.floor(limit / Math.max(1, due)))
  const taken = new Map<number, number>()
  for (const { queueId } of rows)
    if (queueId !== null) taken.set(queueId, (taken.get(queueId) ?? 0) + 1)
  return {
    rows: rows.map(({ sendFrom, sendUntil, due: _count, ...row }) => ({
      ...row,
      hours: sendFrom === null || sendUntil === null ? null : { from: sendFrom, until: sendUntil },
    })),
    hasMore: due > taken.size || [...taken.values()].some((count) => count >= share),
    after: lastInTurn([...taken.keys()], after),
  }
}

/** Those above `after` have their turn first. */
function lastInTurn(queueIds: readonly number[], after: number): number {
  const wrapped = queueIds.filter((id) => id <= after)
  return Math.max(...(wrapped.length > 0 ? wrapped : [after, ...queueIds]))
}
