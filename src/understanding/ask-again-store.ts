import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'

/** One run at a time: two would each find that a person was not asked today. Any number that no other lock has. */
const askAgainLock = 7_105_003

export async function lockAskAgain(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${askAgainLock})`
}

/** `waiting`: how many are still to be sent. */
export type AskQueue = { id: number; name: string; state: string; waiting: number }

/** The queues whose names begin so and that are not over, and those with these names. */
export async function listAskQueues(
  db: Db,
  { prefix, names }: { prefix: string; names: readonly string[] },
): Promise<AskQueue[]> {
  return db.$queryRaw<AskQueue[]>`
    SELECT q.id, q.name, q.state, (SELECT count(*)::int FROM delivery d
      WHERE d.state = 'pending' AND d.lane = 'bulk' AND d."queueId" = q.id) AS waiting
    FROM delivery_queue q
    WHERE q.name = ANY(${[...names]}::text[])
      OR q.state IN ('open', 'paused') AND starts_with(q.name, ${prefix})
    ORDER BY q.id`
}

/** A question that may be asked today, in one of the languages that have it. */
export type Askable = { contentId: number; kind: string; language: string }

export type DueQuery = {
  askables: readonly Askable[]
  /** Villages and communities in which the election is over. */
  overAreaIds: readonly number[]
  /** YYYY-MM-DD. */
  today: string
  /** Whoever is asked at this hour of the local day. */
  hours: { hour: number; firstHour: number; isDay: boolean }
  /** Nobody gets a second one who has one of these queues waiting, or got it since then. */
  recent: { queueIds: readonly number[]; since: Date }
  limit: number
}

export type DueQuestion = {
  subscriberId: number
  contentId: number
  language: string
  tries: number
}

/** One question for each who may be asked now: the one that is due for longest. */
export async function listDueQuestions(db: Db, query: DueQuery): Promise<DueQuestion[]> {
  const { askables, overAreaIds, today, recent, limit } = query
  return db.$queryRaw<DueQuestion[]>`
    SELECT DISTINCT ON (s.id) s.id AS "subscriberId", r."contentId", s.language, r.tries
    FROM content_read r
    JOIN subscriber s ON s.id = r."subscriberId"
    JOIN unnest(
      ${askables.map(({ contentId }) => contentId)}::int[],
      ${askables.map(({ kind }) => kind)}::text[],
      ${askables.map(({ language }) => language)}::text[]) AS a("contentId", kind, language)
      ON a."contentId" = r."contentId" AND a.language = s.language
    LEFT JOIN unnest(${[...overAreaIds]}::int[]) AS o(id) ON o.id = s."areaId"
    WHERE r."askOn" <= ${today}::date AND s.state = 'active' AND s."areaId" IS NOT NULL AND o.id IS NULL
      AND (s."pausedUntil" IS NULL OR s."pausedUntil" < ${today}::date)
      AND NOT (a.kind = ANY(coalesce(s."mutedTopics", '{}')))
      AND ${atHour(query.hours)}
      AND NOT EXISTS (
        SELECT FROM delivery d
        WHERE d."queueId" = ANY(${[...recent.queueIds]}::int[]) AND d."recipientId" = s.id
          AND (d.state IN ('pending', 'sending') OR d."finishedAt" >= ${recent.since}))
    ORDER BY s.id, r."askOn", r."contentId"
    LIMIT ${limit}`
}

/** By day also those whose own hour went by while nothing ran; at night only those whose own hour it is. */
function atHour({ hour, firstHour, isDay }: DueQuery['hours']): Prisma.Sql {
  return isDay
    ? Prisma.sql`coalesce(s.hour, ${firstHour}::int) <= ${hour}::int`
    : Prisma.sql`s.hour = ${hour}::int`
}

/**
 * Writes a delivery for each of these, and that the question is out: it does not come again before it was answered. Who
 * answered in between is left out. Returns how many there are.
 */
export async function addQuestions(
  tx: Db,
  questions: readonly (DueQuestion & { bodyId: bigint })[],
  { queueId, purpose, at }: { queueId: number; purpose: string; at: Date },
): Promise<number> {
  return tx.$executeRaw`
    WITH asked AS (
      UPDATE content_read r SET "askOn" = NULL
      FROM unnest(
        ${questions.map(({ subscriberId }) => subscriberId)}::int[],
        ${questions.map(({ contentId }) => contentId)}::int[],
        ${questions.map(({ tries }) => tries)}::int[],
        ${questions.map(({ bodyId }) => bodyId)}::bigint[]) AS q("subscriberId", "contentId", tries, "bodyId")
      WHERE r."subscriberId" = q."subscriberId" AND r."contentId" = q."contentId"
        AND r.tries = q.tries AND r."askOn" IS NOT NULL
      RETURNING r."subscriberId", q."bodyId")
    INSERT INTO delivery
      (lane, "queueId", state, purpose, address, "bodyId", "recipientId", "nextTryAt", "createdAt")
    SELECT 'bulk', ${queueId}::int, 'pending', ${purpose}, s.address, a."bodyId", s.id, ${at}, ${at}
    FROM asked a JOIN subscriber s ON s.id = a."subscriberId"
    ORDER BY s.id
    ON CONFLICT ("queueId", "recipientId") WHERE "recipientId" IS NOT NULL DO NOTHING`
}

/** Questions that nobody could be asked until this day are never asked. Returns how many. */
export async function dropOverdue(tx: Db, before: string): Promise<number> {
  const { count } = await tx.contentRead.updateMany({
    where: { askOn: { lt: new Date(before) } },
    data: { askOn: null },
  })
  return count
}
