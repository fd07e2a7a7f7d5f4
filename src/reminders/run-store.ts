import type { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type { Run, RunReason, RunState } from './reminder.ts'

export type NewRun = Pick<Run, 'reminderId' | 'key' | 'dueAt' | 'state' | 'reason'> & {
  ranAt: Date
}

/** Null when this time has its run already: another process was first, or the clock was set back. */
export async function createRun(tx: Db, run: NewRun): Promise<number | null> {
  const rows = await tx.reminderRun.createManyAndReturn({
    data: run,
    skipDuplicates: true,
    select: { id: true },
  })
  return rows[0]?.id ?? null
}

export async function findRun(db: Db, id: number): Promise<Run | null> {
  const row = await db.reminderRun.findUnique({ where: { id } })
  return row && toRun(row)
}

/** Changes a run if nobody else has since it was read. */
export async function saveRun(
  tx: Db,
  { id, state, ranAt }: Pick<Run, 'id' | 'state' | 'ranAt'>,
  change: Partial<Omit<Run, 'id' | 'reminderId' | 'key'>>,
): Promise<boolean> {
  return (
    (await tx.reminderRun.updateMany({ where: { id, state, ranAt }, data: change })).count === 1
  )
}

/** Of these reminders, due since then. */
export async function listRunsSince(
  db: Db,
  reminderIds: readonly number[],
  since: Date,
): Promise<Run[]> {
  const where = { reminderId: { in: [...reminderIds] }, dueAt: { gte: since } }
  return (await db.reminderRun.findMany({ where, orderBy: { id: 'asc' } })).map(toRun)
}

/** The newest first. */
export async function listHistory(db: Db, reminderId: number, limit: number): Promise<Run[]> {
  const rows = await db.reminderRun.findMany({
    where: { reminderId },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(toRun)
}

/**
 * Queues of runs before then that may still send, and whether they are over: their words hold for one day only, or an
 * admin stopped them.
 */
export async function listOldQueues(
  db: Db,
  before: Date,
): Promise<{ queueId: number; isOver: boolean }[]> {
  return db.$queryRaw`
    SELECT q.id AS "queueId", q.state = 'paused' OR EXISTS (SELECT FROM reminder_area m WHERE m."runId" = u.id) AS "isOver"
    FROM delivery_queue q JOIN reminder_run u ON u."queueId" = q.id
    WHERE q.state IN ('open', 'paused') AND u."dueAt" < ${before} AND u."ranAt" < ${before}`
}

/** Of everything that a reminder sent; what they delivered is kept for some days only. */
export async function listQueues(db: Db, reminderId: number): Promise<number[]> {
  const rows = await db.reminderRun.findMany({
    where: { reminderId, queueId: { not: null } },
    select: { queueId: true },
  })
  return rows.flatMap(({ queueId }) => queueId ?? [])
}

/** The run since then that said this content to somebody; null: none. */
export async function findRunThatSaid(
  db: Db,
  { reminderId, contentId, since }: { reminderId: number; contentId: number; since: Date },
): Promise<number | null> {
  const [row] = await db.$queryRaw<{ id: number }[]>`
    SELECT u.id FROM reminder_run u JOIN content_version v ON v.id = u."versionId"
    WHERE u."reminderId" = ${reminderId} AND v."contentId" = ${contentId}::int AND u."ranAt" >= ${since} AND u.recipients > 0
    ORDER BY u.id DESC LIMIT 1`
  return row?.id ?? null
}

/** The place of a series that a reminder has come to, also if it said something else meanwhile. */
export async function findLastPlace(
  db: Db,
  { reminderId, seriesId }: { reminderId: number; seriesId: number },
): Promise<number> {
  const [row] = await db.$queryRaw<{ place: number | null }[]>`
    SELECT max(c.place) AS place FROM reminder_run u JOIN content_version v ON v.id = u."versionId"
      JOIN content c ON c.id = v."contentId"
    WHERE u."reminderId" = ${reminderId} AND c."seriesId" = ${seriesId}::int AND u.recipients > 0`
  return row?.place ?? 0
}

/**
 * Times since then that were missed stand in the way of no other any more, and questions about missed ones are over: the
 * reminder got another time.
 */
export async function passOverMissed(
  tx: Db,
  { reminderId, since }: { reminderId: number; since: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE reminder_run SET state = 'skipped', key = 'over:' || id || ':' || key
    WHERE "reminderId" = ${reminderId} AND "queueId" IS NULL
      AND (state = 'asked' OR state = 'skipped' AND "dueAt" >= ${since} AND key NOT LIKE 'over:%')`
}

/** What a reminder has begun and not finished. */
export async function listOpenQueues(db: Db, reminderId: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ queueId: number }[]>`
    SELECT q.id AS "queueId" FROM delivery_queue q JOIN reminder_run u ON u."queueId" = q.id
    WHERE u."reminderId" = ${reminderId} AND q.state IN ('open', 'paused')`
  return rows.map(({ queueId }) => queueId)
}

/** What would have come while it was paused does not come: later hours count from now. */
export async function skipHours(
  tx: Db,
  reminderId: number,
  { since, now }: { since: Date; now: Date },
): Promise<void> {
  await tx.reminderRun.updateMany({
    where: { reminderId, dueAt: { gte: since }, queueId: { not: null } },
    data: { ranAt: now },
  })
}

/** Hours that some subscriber chose. */
export async function listChosenHours(db: Db): Promise<number[]> {
  const rows = await db.$queryRaw<{ hour: number }[]>`
    SELECT DISTINCT hour FROM subscriber WHERE hour IS NOT NULL AND state = 'active' ORDER BY 1`
  return rows.map(({ hour }) => hour)
}

function toRun(row: Prisma.ReminderRunGetPayload<object>): Run {
  return { ...row, state: row.state as RunState, reason: row.reason as RunReason | null }
}
