import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import { addToCounts, countCancelled, lockedQueues, toPending } from './delivery-store.ts'

/** For what was never tried: “now” would lie in the future after the clock was set back. */
const dueAtOnce = new Date(0)

/**
 * Writes down which bulk deliveries may be with Telegram from now on, all of them. Null: another holder of the lease
 * has reclaimed what was claimed here, and none of it may be sent any more. Else those of these queues that were paused or
 * cancelled meanwhile.
 */
export async function saveIntent(
  db: Db,
  { token, ids, queueIds }: { token: string; ids: bigint[]; queueIds: number[] },
): Promise<number[] | null> {
  // As one text: a parameter that is a list of hundreds costs the client more than the statement.
  const rows = await db.$queryRaw<{ held: number[] }[]>`
    UPDATE sending_intent SET ids = string_to_array(${ids.join(',')}, ',')::bigint[] WHERE token = ${token}
    RETURNING (SELECT coalesce(array_agg(id), '{}') ${heldQueues(queueIds)}) AS held`
  return rows[0]?.held ?? null
}

/** Those of these queues that may not send at present: paused or cancelled. */
export async function listHeldQueues(db: Db, queueIds: number[]): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`SELECT id ${heldQueues(queueIds)}`
  return rows.map(({ id }) => id)
}

const heldQueues = (queueIds: number[]) => Prisma.sql`
  FROM delivery_queue
  WHERE id = ANY(string_to_array(${queueIds.join(',')}, ',')::int[]) AND state <> 'open'`

/**
 * Takes back what earlier holders of the sending lease had claimed, and opens the record of the present one, `token`. Urgent
 * ones are sent again (they carry their tip's number, so that a double is recognised). Bulk ones of which nobody knows
 * whether they went out stay uncertain, for a person to decide; those that nobody was about to send wait again. Needs a
 * transaction: a holder that only slept finds its record gone and stops.
 */
export async function reclaimDeliveries(
  tx: Db,
  { token, now }: { token: string; now: Date },
): Promise<{ repeated: number; putBack: number; uncertain: number }> {
  const reason = 'the sender stopped in the middle'
  const intents = await tx.$queryRaw<{ token: string; ids: bigint[] | null }[]>`
    DELETE FROM sending_intent WHERE token <> ${token} RETURNING token, ids`
  await tx.sendingIntent.create({ data: { token, ids: [] } })
  const repeated = await tx.$executeRaw`
    UPDATE delivery SET state = 'pending', "nextTryAt" = ${dueAtOnce}, reason = ${reason}, "leaseToken" = NULL
    WHERE state = 'sending' AND lane = 'urgent' AND "leaseToken" IS DISTINCT FROM ${token}`
  const known = intents.map((intent) => intent.token)
  const begun = intents.flatMap(({ ids }) => ids ?? [])
  // One whose claimer kept no record may have gone out.
  const these = Prisma.sql`
    state = 'sending' AND lane = 'bulk' AND "leaseToken" = ANY(${known}::text[]) AND "leaseToken" <> ${token}
      AND id <> ALL(${begun}::bigint[])`
  const putBack = await tx.$queryRaw<{ count: bigint }[]>`
    WITH ${lockedQueues(these)}, back AS (
      UPDATE delivery d
      SET ${toPending(now)}, "nextTryAt" = ${dueAtOnce}, reason = ${reason}, "leaseToken" = NULL, attempts = attempts - 1
      WHERE ${these} RETURNING lane, "queueId", state), ${countCancelled}
    SELECT count(*) AS count FROM back`
  const uncertain = await tx.$queryRaw<{ count: bigint }[]>`
    WITH ended AS (
      UPDATE delivery SET state = 'uncertain', "finishedAt" = ${now}, reason = ${reason}, "leaseToken" = NULL
      WHERE state = 'sending' AND lane = 'bulk' AND "leaseToken" IS DISTINCT FROM ${token}
      RETURNING lane, "queueId", state), counted AS (${addToCounts})
    SELECT count(*) AS count FROM ended`
  return {
    repeated,
    putBack: Number(putBack[0]?.count ?? 0),
    uncertain: Number(uncertain[0]?.count ?? 0),
  }
}

/**
 * Nothing may wait longer than the longest pause there is: after a clock that was set back, what is due “in an hour”
 * is due now. Returns how many were.
 */
export async function hastenDeliveries(
  db: Db,
  { now, latest }: { now: Date; latest: Date },
): Promise<number> {
  const { count } = await db.delivery.updateMany({
    where: { state: 'pending', lane: 'urgent', nextTryAt: { gt: latest } },
    data: { nextTryAt: now },
  })
  return count
}
