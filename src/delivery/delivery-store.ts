import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type { SendingHours } from './sending-hours.ts'

export type Lane = 'urgent' | 'bulk'
export type EndState = 'sent' | 'blocked' | 'failed' | 'uncertain'

/** A claimed row. Only whoever holds its lease token may finish it. */
export type ClaimedDelivery = {
  id: bigint
  lane: Lane
  queueId: number | null
  isPaid: boolean
  /** When its queue may send; null: at any time. */
  hours: SendingHours | null
  purpose: string
  subject: string | null
  address: Uint8Array
  body: Uint8Array | null
  bodyId: bigint | null
  /** Of bulk: the subscriber. */
  recipientId: number | null
  /** The message of ours that a shared body changes. */
  targetId: number | null
  attempts: number
}

/** An edit that has not gone out is not needed any more: a later one says what counts. */
export async function replaceDeliveries(
  db: Db,
  coalesceKeys: Uint8Array<ArrayBuffer>[],
  now: Date,
): Promise<void> {
  await db.delivery.updateMany({
    where: { coalesceKey: { in: coalesceKeys }, state: 'pending' },
    data: { state: 'replaced', body: null, finishedAt: now },
  })
}

/** Counts what a statement calls `ended`. */
export const addToCounts = Prisma.sql`
  INSERT INTO delivery_count (lane, "queueId", state, count)
  SELECT lane, coalesce("queueId", 0), state, count(*) FROM ended GROUP BY 1, 2, 3
  ON CONFLICT (lane, "queueId", state) DO UPDATE SET count = delivery_count.count + EXCLUDED.count`

/**
 * Ends many that were sent, and counts them, in one statement. Those whose lease was lost meanwhile stay as they are:
 * someone else answers for them now.
 */
export async function finishSent(
  db: Db,
  { token, now }: { token: string; now: Date },
  sent: { id: bigint; messageId: number | null }[],
): Promise<void> {
  const rows = JSON.stringify(sent.map(({ id, messageId }) => ({ id: String(id), m: messageId })))
  await db.$executeRaw`
    WITH ended AS (
      UPDATE delivery d
      SET state = 'sent', "messageId" = v.m, body = NULL, "finishedAt" = ${now}, "leaseToken" = NULL, reason = NULL
      FROM json_to_recordset(${rows}::json) AS v(id bigint, m int)
      WHERE d.id = v.id AND d.state = 'sending' AND d."leaseToken" = ${token}
      RETURNING d.lane, d."queueId", d.state)
    ${addToCounts}`
}

export type Finish = {
  state: EndState
  reason?: string | undefined
  messageId?: number | undefined
}

/** Ends one delivery and counts it. False when the lease was lost meanwhile. */
export async function finishDelivery(
  db: Db,
  { id, token, now }: { id: bigint; token: string; now: Date },
  { state, reason, messageId }: Finish,
): Promise<boolean> {
  // An uncertain one keeps its body: a person may decide to send it again.
  const count = await db.$executeRaw`
    WITH ended AS (
      UPDATE delivery
      SET state = ${state}, reason = ${reason ?? null}, "messageId" = ${messageId ?? null}::int, "finishedAt" = ${now},
        body = CASE WHEN ${state} = 'uncertain' THEN body END, "leaseToken" = NULL
      WHERE id = ${id} AND state = 'sending' AND "leaseToken" = ${token}
      RETURNING lane, "queueId", state)
    ${addToCounts}`
  return count === 1
}

/**
 * Parts of a statement that makes claimed rows `d` wait again. Whoever cancels their queues at the same time is waited for:
 * else one could be left waiting in a queue that is over.
 */
export const lockedQueues = (these: Prisma.Sql) => Prisma.sql`
  queue AS MATERIALIZED (
    SELECT id, state FROM delivery_queue
    WHERE id IN (SELECT "queueId" FROM delivery WHERE ${these} AND "queueId" IS NOT NULL) FOR SHARE)`
const isCancelled = Prisma.sql`
  EXISTS (SELECT FROM queue WHERE queue.id = d."queueId" AND queue.state = 'cancelled')`
export const toPending = (now: Date) => Prisma.sql`
  state = CASE WHEN ${isCancelled} THEN 'cancelled' ELSE 'pending' END,
  "finishedAt" = CASE WHEN ${isCancelled} THEN ${now}::timestamp(3) END`
export const countCancelled = Prisma.sql`
  ended AS (SELECT * FROM back WHERE state = 'cancelled'), counted AS (${addToCounts})`

export type Retry = {
  nextTryAt: Date
  reason: string
  /** False when the attempt does not count: Telegram asked us to wait, or we never tried. */
  isAttempt: boolean
  address?: Uint8Array<ArrayBuffer>
  body?: Uint8Array<ArrayBuffer>
}

/** Puts a claimed delivery back, to be tried again at `nextTryAt`, if the lease still holds; see `releaseDeliveries`. */
export async function retryDelivery(
  db: Db,
  { id, token, now }: { id: bigint; token: string; now: Date },
  { nextTryAt, reason, isAttempt, address, body }: Retry,
): Promise<boolean> {
  const these = Prisma.sql`id = ${id} AND state = 'sending' AND "leaseToken" = ${token}`
  const rows = await db.$queryRaw<{ count: bigint }[]>`
    WITH ${lockedQueues(these)}, back AS (
      UPDATE delivery d
      SET ${toPending(now)}, "nextTryAt" = ${nextTryAt}, reason = ${reason}, "leaseToken" = NULL,
        attempts = attempts - ${isAttempt ? 0 : 1}::int,
        address = coalesce(${address ?? null}::bytea, address),
        body = coalesce(${body ?? null}::bytea, body),
        "bodyId" = CASE WHEN ${body === undefined} THEN "bodyId" END
      WHERE ${these} RETURNING lane, "queueId", state), ${countCancelled}
    SELECT count(*) AS count FROM back`
  return rows[0]?.count === 1n
}

/**
 * Puts back, untried, those of these that are still claimed with this token. Of a queue that was cancelled meanwhile nothing waits
 * again: it ends, counted. Returns how many.
 */
export async function releaseDeliveries(
  db: Db,
  back: { token: string; ids: bigint[]; now: Date; nextTryAt: Date; reason: string },
): Promise<number> {
  const { token, ids, now, nextTryAt, reason } = back
  const these = Prisma.sql`id = ANY(string_to_array(${ids.join(',')}, ',')::bigint[])
    AND state = 'sending' AND "leaseToken" = ${token}`
  const rows = await db.$queryRaw<{ count: bigint }[]>`
    WITH ${lockedQueues(these)}, back AS (
      UPDATE delivery d
      SET ${toPending(now)}, "nextTryAt" = ${nextTryAt}, reason = ${reason}, "leaseToken" = NULL, attempts = attempts - 1
      WHERE ${these} RETURNING lane, "queueId", state), ${countCancelled}
    SELECT count(*) AS count FROM back`
  return Number(rows[0]?.count ?? 0)
}

/**
 * Removes rows that finished before `before`, a limited number at a time so that no lock lasts. Counts stay. What a queue has done is
 * kept as long as something can be planned for it: the row of a recipient is why they are not written to twice.
 */
export async function pruneDeliveries(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM delivery WHERE id IN (
      SELECT id FROM delivery
      WHERE "finishedAt" < ${before} AND state NOT IN ('pending', 'sending')
        AND ("queueId" IS NULL OR "queueId" NOT IN (
          SELECT id FROM delivery_queue WHERE state IN ('open', 'paused')))
      ORDER BY id LIMIT ${limit})`
}
