import type { Db } from '../db/open-database.ts'

/** What a subscriber said about one content. Days are YYYY-MM-DD. */
export type Reading = {
  readOn: string | null
  /** Answers given. */
  tries: number
  isRight: boolean | null
  step: number
  askOn: string | null
}

type Key = { subscriberId: number; contentId: number }

/** Notes that it was read; the first day stays. False: it was noted before, or there is no such content. */
export async function saveRead(
  tx: Db,
  { subscriberId, contentId }: Key,
  today: string,
): Promise<boolean> {
  const count = await tx.$executeRaw`
    INSERT INTO content_read ("subscriberId", "contentId", "readOn")
    SELECT ${subscriberId}::int, id, ${today}::date FROM content WHERE id = ${contentId}::int
    ON CONFLICT ("subscriberId", "contentId") DO UPDATE SET "readOn" = EXCLUDED."readOn"
    WHERE content_read."readOn" IS NULL`
  return count === 1
}

export async function findReading(db: Db, key: Key): Promise<Reading | null> {
  const row = await db.contentRead.findUnique({ where: { subscriberId_contentId: key } })
  if (!row) return null
  const { tries, isRight, step, readOn, askOn } = row
  return { tries, isRight, step, readOn: toDay(readOn), askOn: toDay(askOn) }
}

/** Counts one answer to the question as it was asked after `tries` answers. False: that one was answered already. */
export async function saveAnswer(
  tx: Db,
  key: Key,
  { tries, isRight, step, askOn }: Omit<Reading, 'readOn'>,
): Promise<boolean> {
  const { count } = await tx.contentRead.updateMany({
    where: { ...key, tries },
    data: {
      tries: tries + 1,
      isRight,
      step,
      askOn: askOn === null ? null : new Date(askOn),
    },
  })
  return count === 1
}

const toDay = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null

/** Which of these contents the subscriber read, in no order. */
export async function listRead(
  db: Db,
  subscriberId: number,
  contentIds: readonly number[],
): Promise<number[]> {
  const rows = await db.contentRead.findMany({
    where: { subscriberId, contentId: { in: [...contentIds] }, readOn: { not: null } },
    select: { contentId: true },
  })
  return rows.map(({ contentId }) => contentId)
}
