import { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'

/** Active subscribers of a village or community: how many, how many of these read it all, and answered it all rightly last. */
export type ReaderCount = { areaId: number; people: number; read: number; mastered: number }

/** What is asked about: these contents together, some of which have a question. `areaIds` null: everywhere. */
export type ReaderQuery = {
  contentIds: readonly number[]
  quizIds: readonly number[]
  areaIds: readonly number[] | null
}

/** By place, in one pass over the subscribers. A place without anybody is not there. */
export async function countReaders(db: Db, query: ReaderQuery): Promise<ReaderCount[]> {
  const { contentIds, quizIds } = query
  return db.$queryRaw<ReaderCount[]>`
    SELECT s."areaId", count(*)::int AS people,
      count(*) FILTER (WHERE p.read = ${contentIds.length}::int)::int AS read,
      count(*) FILTER (WHERE p.mastered = ${quizIds.length}::int)::int AS mastered
    FROM subscriber s LEFT JOIN (
      SELECT r."subscriberId", count(r."readOn") AS read,
        count(*) FILTER (WHERE r."isRight" AND r."contentId" = ANY(${[...quizIds]}::int[])) AS mastered
      FROM content_read r
      WHERE r."contentId" = ANY(${[...contentIds]}::int[]) ${ofPeopleIn(query)}
      GROUP BY 1) p ON p."subscriberId" = s.id
    WHERE s.state = 'active' AND s."areaId" IS NOT NULL ${inPlaces(query)}
    GROUP BY 1`
}

/** Only how many there are. */
export async function countPeople(
  db: Db,
  query: Pick<ReaderQuery, 'areaIds'>,
): Promise<Pick<ReaderCount, 'areaId' | 'people'>[]> {
  return db.$queryRaw`
    SELECT s."areaId", count(*)::int AS people FROM subscriber s
    WHERE s.state = 'active' AND s."areaId" IS NOT NULL ${inPlaces(query)}
    GROUP BY 1`
}

/** How many read each of the contents, and answered it rightly last, whichever others they know. */
export async function countReadersOfEach(
  db: Db,
  query: ReaderQuery,
): Promise<(Omit<ReaderCount, 'people'> & { contentId: number })[]> {
  return db.$queryRaw`
    SELECT s."areaId", r."contentId", count(r."readOn")::int AS read,
      count(*) FILTER (WHERE r."isRight")::int AS mastered
    FROM content_read r JOIN subscriber s ON s.id = r."subscriberId"
    WHERE s.state = 'active' AND s."areaId" IS NOT NULL ${inPlaces(query)}
      AND r."contentId" = ANY(${[...query.contentIds]}::int[])
    GROUP BY 1, 2`
}

function inPlaces({ areaIds }: Pick<ReaderQuery, 'areaIds'>): Prisma.Sql {
  return areaIds ? Prisma.sql`AND s."areaId" = ANY(${[...areaIds]}::int[])` : Prisma.empty
}

/** Of a few villages not everybody's answers need be looked through. */
function ofPeopleIn({ areaIds }: ReaderQuery): Prisma.Sql {
  return areaIds
    ? Prisma.sql`AND r."subscriberId" IN
        (SELECT id FROM subscriber WHERE "areaId" = ANY(${[...areaIds]}::int[]))`
    : Prisma.empty
}
