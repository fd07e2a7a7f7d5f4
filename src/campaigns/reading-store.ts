import type { Db } from '../db/open-database.ts'

export type ReadingCount = {
  /** Recipients of the queue that the ledger still knows: it forgets after some days. */
  known: number
  /** Of these: who said that they read it, and who answered its question, rightly or not. */
  read: number
  answered: number
  right: number
}

/** What those who got the messages of a queue said about this content. */
export async function countReadings(
  db: Db,
  { queueId, contentId }: { queueId: number; contentId: number },
): Promise<ReadingCount> {
  const rows = await db.$queryRaw<ReadingCount[]>`
    SELECT count(*)::int AS known,
      (count(*) FILTER (WHERE r."readOn" IS NOT NULL))::int AS read,
      (count(*) FILTER (WHERE r.tries > 0))::int AS answered,
      (count(*) FILTER (WHERE r."isRight"))::int AS "right"
    FROM delivery d LEFT JOIN content_read r
      ON r."subscriberId" = d."recipientId" AND r."contentId" = ${contentId}::int
    WHERE d."queueId" = ${queueId}::int AND d.state = 'sent'`
  return rows[0] ?? { known: 0, read: 0, answered: 0, right: 0 }
}
