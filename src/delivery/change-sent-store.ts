import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import { addToCounts } from './delivery-store.ts'

/** For what was never tried: “now” would lie in the future after the clock was set back. */
const dueAtOnce = new Date(0)
/** Rows per statement: enough that the statement costs more than its way. */
const chunkRows = 20_000

type Queues = { ofQueueId: number; newQueueId: number; now: Date }
type Corrected = { recipientId: number; anewId: bigint; editId: bigint }

/** How many of a queue may be sent at this moment: with the sender, or about to be claimed. */
export async function countUnderWay(tx: Db, queueId: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: bigint }[]>`
    WITH q AS MATERIALIZED (SELECT id, state FROM delivery_queue WHERE id = ${queueId} FOR SHARE)
    SELECT count(*) AS count FROM delivery d, q
    WHERE d."queueId" = q.id
      AND (d.state = 'sending' OR (d.state = 'pending' AND d.lane = 'bulk' AND q.state = 'open'))`
  return Number(rows[0]?.count ?? 0)
}

/** `sentAfter`: what was sent before cannot be deleted any more. Returns how many are new. */
export async function planDeletions(
  tx: Db,
  { ofQueueId, newQueueId, now }: Queues,
  { bodyId, sentAfter }: { bodyId: bigint; sentAfter: Date },
): Promise<number> {
  return tx.$executeRaw`
    ${insertFor(newQueueId, 'recall', Prisma.sql`${bodyId}::bigint`, now)}
    FROM delivery d
    WHERE ${isKnownMessage(ofQueueId)} AND d."finishedAt" > ${sentAfter}
    ORDER BY d.id ${onceForEach}`
}

/** Returns how many are new. */
export async function planEdits(
  tx: Db,
  { ofQueueId, newQueueId, now }: Queues,
  who: readonly Corrected[],
): Promise<number> {
  let planned = 0
  for (const part of chunks(who))
    planned += await tx.$executeRaw`
      ${insertFor(newQueueId, 'correction', Prisma.sql`w."bodyId"`, now)}
      FROM ${asTable(part, ({ editId }) => editId)}
      JOIN delivery d ON d."recipientId" = w."recipientId" AND ${isKnownMessage(ofQueueId)}
      ORDER BY d.id ${onceForEach}`
  return planned
}

/** What waits says the new words when its turn comes. */
export async function replacePending(
  tx: Db,
  queueId: number,
  who: readonly Corrected[],
): Promise<number> {
  let replaced = 0
  for (const part of chunks(who))
    replaced += await tx.$executeRaw`
      UPDATE delivery d SET "bodyId" = w."bodyId", body = NULL
      FROM ${asTable(part, ({ anewId }) => anewId)}
      WHERE d."queueId" = ${queueId} AND d."recipientId" = w."recipientId" AND d.state = 'pending'`
  return replaced
}

/** Why a delivery was ended that a correction, planned in this queue, had no new words for. */
export const droppedBy = (queueId: number) => `no new words in queue ${queueId}`

/** Ends, and counts, what waits and says something else than these bodies. Returns how many. */
export async function dropPending(
  tx: Db,
  { ofQueueId, newQueueId, now }: Queues,
  bodyIds: readonly bigint[],
): Promise<number> {
  const rows = await tx.$queryRaw<{ count: bigint }[]>`
    WITH ended AS (
      UPDATE delivery SET state = 'cancelled', "finishedAt" = ${now}, body = NULL,
        reason = ${droppedBy(newQueueId)}
      WHERE state = 'pending' AND lane = 'bulk' AND "queueId" = ${ofQueueId}
        AND ("bodyId" = ANY(string_to_array(${bodyIds.join(',')}, ',')::bigint[])) IS NOT TRUE
      RETURNING lane, "queueId", state), counted AS (${addToCounts})
    SELECT count(*) AS count FROM ended`
  return Number(rows[0]?.count ?? 0)
}

/**
 * Of what a queue has sent: `nameless` have no number of a message; `old` have one and were sent before; `forgotten` are
 * not in the ledger any more.
 */
export async function listUnchanged(
  tx: Db,
  queueId: number,
  sentAfter: Date,
): Promise<{ nameless: number; old: number; forgotten: number }> {
  const rows = await tx.$queryRaw<{ nameless: number; old: number; forgotten: number }[]>`
    SELECT
      (count(*) FILTER (WHERE state = 'uncertain' OR "messageId" IS NULL))::int AS nameless,
      (count(*) FILTER (WHERE state = 'sent' AND "messageId" IS NOT NULL
        AND "finishedAt" <= ${sentAfter}))::int AS old,
      (coalesce((SELECT sum(count) FROM delivery_count
        WHERE lane = 'bulk' AND "queueId" = ${queueId} AND state = 'sent'), 0)
        - count(*) FILTER (WHERE state = 'sent'))::int AS forgotten
    FROM delivery
    WHERE "queueId" = ${queueId} AND "recipientId" IS NOT NULL AND state IN ('sent', 'uncertain')`
  return rows[0] ?? { nameless: 0, old: 0, forgotten: 0 }
}

const insertFor = (queueId: number, purpose: string, bodyId: Prisma.Sql, at: Date) => Prisma.sql`
  INSERT INTO delivery (lane, "queueId", state, purpose, address, "bodyId", "recipientId",
    "targetId", "nextTryAt", "createdAt")
  SELECT 'bulk', ${queueId}::int, 'pending', ${purpose}, d.address, ${bodyId}, d."recipientId",
    d."messageId", ${dueAtOnce}, ${at}`

const isKnownMessage = (queueId: number) => Prisma.sql`
  d."queueId" = ${queueId} AND d."recipientId" IS NOT NULL AND d.state = 'sent'
    AND d."messageId" IS NOT NULL`

const onceForEach = Prisma.sql`
  ON CONFLICT ("queueId", "recipientId") WHERE "recipientId" IS NOT NULL DO NOTHING`

/** As two texts: parameters that are lists of thousands cost more than the statement. */
function asTable(part: readonly Corrected[], bodyOf: (one: Corrected) => bigint): Prisma.Sql {
  const recipients = part.map(({ recipientId }) => recipientId).join(',')
  const bodies = part.map(bodyOf).join(',')
  return Prisma.sql`unnest(string_to_array(${recipients}, ',')::int[],
    string_to_array(${bodies}, ',')::bigint[]) AS w("recipientId", "bodyId")`
}

function* chunks(who: readonly Corrected[]): Generator<readonly Corrected[]> {
  for (let start = 0; start < who.length; start += chunkRows)
    yield who.slice(start, start + chunkRows)
}
