import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type { Audience } from './audience.ts'

/** An audience with its places worked out. `areaIds` null: wherever. `today` is YYYY-MM-DD. */
export type AudienceQuery = { audience: Audience; areaIds: readonly number[] | null; today: string }

/** People by place and language. A place without anybody is not there. */
export async function countByArea(
  db: Db,
  query: AudienceQuery,
): Promise<{ areaId: number; language: string; people: number }[]> {
  return db.$queryRaw`
    SELECT s."areaId", s.language, count(*)::int AS people FROM subscriber s
    WHERE ${whereIn(query)} GROUP BY 1, 2 ORDER BY 1, 2`
}

/** What a part of an audience is told; `areaId` null: in every place. */
export type Variant = { language: string; areaId: number | null; bodyId: bigint }

/**
 * Writes a delivery for everybody in the audience who has none in this queue, with the body of their language and place,
 * or none if there is no such body. One statement, so the audience is that of one moment. Returns how many are new.
 */
export async function addAudienceToQueue(
  tx: Db,
  query: AudienceQuery,
  row: {
    queueId: number
    purpose: string
    at: Date
    variants: readonly Variant[]
    /** Only those who chose this hour; null: only those who chose none; undefined: all. */
    hour?: number | null | undefined
    /** Not who had something, or may have, from one of these other queues. */
    notHadFrom?: readonly number[] | undefined
  },
): Promise<number> {
  const { queueId, purpose, at, variants, hour, notHadFrom = [] } = row
  const ofHour =
    hour === undefined ? Prisma.empty : Prisma.sql`AND s.hour IS NOT DISTINCT FROM ${hour}::int`
  const ofNew =
    notHadFrom.length === 0
      ? Prisma.empty
      : Prisma.sql`AND NOT EXISTS (SELECT FROM delivery d WHERE d."queueId" = ANY(${[...notHadFrom]}::int[])
          AND d."recipientId" = s.id AND d.state IN ('sent', 'sending', 'uncertain'))`
  return tx.$executeRaw`
    INSERT INTO delivery
      (lane, "queueId", state, purpose, address, "bodyId", "recipientId", "nextTryAt", "createdAt")
    SELECT 'bulk', ${queueId}::int, 'pending', ${purpose}, s.address, coalesce(h."bodyId", e."bodyId"), s.id,
      ${at}, ${at}
    FROM subscriber s
    LEFT JOIN ${asTable(variants.filter(({ areaId }) => areaId !== null))} h
      ON h.language = s.language AND h."areaId" = s."areaId"
    LEFT JOIN ${asTable(variants.filter(({ areaId }) => areaId === null))} e ON e.language = s.language
    WHERE ${whereIn(query)} ${ofHour} ${ofNew} AND coalesce(h."bodyId", e."bodyId") IS NOT NULL
    ORDER BY s.id
    ON CONFLICT ("queueId", "recipientId") WHERE "recipientId" IS NOT NULL DO NOTHING`
}

/** What is said here, or everywhere: as one table, joined by “here or everywhere”, each subscriber is compared with each variant. */
const asTable = (variants: readonly Variant[]) => Prisma.sql`
  (SELECT * FROM unnest(
    ${variants.map(({ language }) => language)}::text[],
    ${variants.map(({ areaId }) => areaId)}::int[],
    ${variants.map(({ bodyId }) => bodyId)}::bigint[]) AS v(language, "areaId", "bodyId"))`

function whereIn({ audience, areaIds, today }: AudienceQuery): Prisma.Sql {
  const { topic, languages, roles, joinedSince, notRead, notMastered, inQueue } = audience
  return Prisma.join(
    [
      Prisma.sql`s.state = 'active' AND s."areaId" IS NOT NULL
        AND (s."pausedUntil" IS NULL OR s."pausedUntil" < ${today}::date)`,
      ...(areaIds ? [Prisma.sql`s."areaId" = ANY(${[...areaIds]}::int[])`] : []),
      ...(topic ? [Prisma.sql`NOT (${topic} = ANY(coalesce(s."mutedTopics", '{}')))`] : []),
      ...(languages ? [Prisma.sql`s.language = ANY(${languages}::text[])`] : []),
      ...(roles ? [Prisma.sql`s.role = ANY(${roles}::text[])`] : []),
      ...(joinedSince ? [Prisma.sql`s."subscribedOn" >= ${joinedSince}::date`] : []),
      ...(notRead === undefined
        ? []
        : [
            Prisma.sql`NOT EXISTS (SELECT FROM content_read r WHERE r."subscriberId" = s.id
              AND r."contentId" = ${notRead}::int AND r."readOn" IS NOT NULL)`,
          ]),
      ...(notMastered === undefined
        ? []
        : [
            Prisma.sql`NOT EXISTS (SELECT FROM content_read r WHERE r."subscriberId" = s.id
              AND r."contentId" = ${notMastered}::int AND r."isRight")`,
          ]),
      ...(inQueue
        ? [
            Prisma.sql`EXISTS (SELECT FROM delivery d WHERE d."queueId" = ${inQueue.id}::int
              AND d."recipientId" = s.id AND d.state = ${inQueue.state})`,
          ]
        : []),
    ],
    ' AND ',
  )
}
