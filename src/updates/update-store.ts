import type { Db } from '../db/open-database.ts'

export type NewUpdate = {
  updateId: bigint
  queueKey: Uint8Array<ArrayBuffer>
  payload: Uint8Array<ArrayBuffer>
  receivedAt: Date
}

export type ClaimedUpdate = { updateId: bigint; payload: Uint8Array; attempts: number }

/** For what was never tried: “now” would lie in the future after the clock was set back. */
const dueAtOnce = new Date(0)

/** Keeps updates that are not known yet and returns how many were new. One parameter for all: the statement stays prepared. */
export async function createUpdates(db: Db, rows: NewUpdate[]): Promise<number> {
  const given = rows.map(({ updateId, queueKey, payload, receivedAt }) => ({
    id: String(updateId),
    queue: queueKey.toBase64(),
    payload: payload.toBase64(),
    at: receivedAt,
  }))
  return db.$executeRaw`
    INSERT INTO "update" ("updateId", "queueKey", payload, state, "nextTryAt", "receivedAt")
    SELECT id, decode(queue, 'base64'), decode(payload, 'base64'), 'kept', ${dueAtOnce}, at
    FROM json_to_recordset(${JSON.stringify(given)}::json) AS u(id bigint, queue text, payload text, at timestamp)
    ON CONFLICT DO NOTHING`
}

/**
 * Locks the oldest updates that are due and the first of their queues, at most one of each, until the caller's
 * transaction ends. One that another worker has locked still counts as kept, so nobody overtakes it within its queue.
 */
export async function claimUpdates(tx: Db, now: Date, most: number): Promise<ClaimedUpdate[]> {
  return tx.$queryRaw<ClaimedUpdate[]>`
    SELECT "updateId", payload, attempts FROM "update" u
    WHERE state = 'kept' AND "nextTryAt" <= ${now} AND NOT EXISTS (
      SELECT 1 FROM "update" o WHERE o."queueKey" = u."queueKey" AND o.state = 'kept' AND o."updateId" < u."updateId")
    ORDER BY "updateId" LIMIT ${most} FOR UPDATE SKIP LOCKED`
}

/** Done: only the numbers stay, against doubles. */
export async function finishUpdates(tx: Db, updates: ClaimedUpdate[]): Promise<void> {
  if (updates.length === 0) return
  const ids = updates.map(({ updateId }) => updateId)
  await tx.$executeRaw`
    UPDATE "update" SET state = 'done', payload = NULL, "queueKey" = NULL, reason = NULL
    WHERE "updateId" = ANY(${ids}::bigint[])`
}

/** Not done: tried again at `nextTryAt`, or parked as a dead letter with its payload when that is null. */
export async function failUpdate(
  db: Db,
  updateId: bigint,
  failure: { nextTryAt: Date | null; reason: string },
): Promise<void> {
  await db.update.updateMany({
    where: { updateId, state: 'kept' },
    data: {
      attempts: { increment: 1 },
      reason: failure.reason,
      ...(failure.nextTryAt ? { nextTryAt: failure.nextTryAt } : { state: 'dead', queueKey: null }),
    },
  })
}

export async function countUpdates(
  db: Db,
): Promise<{ kept: number; dead: number; oldestKeptAt: Date | null }> {
  const [kept, dead] = await Promise.all([
    db.update.aggregate({ where: { state: 'kept' }, _count: true, _min: { receivedAt: true } }),
    db.update.count({ where: { state: 'dead' } }),
  ])
  return { kept: kept._count, dead, oldestKeptAt: kept._min.receivedAt }
}

/** When the next failed update is due again, if any is waiting. */
export async function findNextTry(db: Db): Promise<Date | null> {
  const next = await db.update.aggregate({ where: { state: 'kept' }, _min: { nextTryAt: true } })
  return next._min.nextTryAt
}

/** Forgets what was done before `before`. */
export async function pruneUpdates(db: Db, before: Date): Promise<number> {
  const { count } = await db.update.deleteMany({
    where: { state: 'done', receivedAt: { lt: before } },
  })
  return count
}

/** Where `undoHandling` goes back to, within the same transaction. */
export async function markBeforeHandling(tx: Db): Promise<void> {
  await tx.$executeRaw`SAVEPOINT handling`
}

export async function undoHandling(tx: Db): Promise<void> {
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT handling`
}
