import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Wrong codes of this chat since the first of them, if that is not yet over. */
export async function countGuesses(db: Db, chatKey: Bytes, now: Date): Promise<number> {
  const row = await db.statusGuess.findUnique({ where: { chatKey, untilAt: { gt: now } } })
  return row?.failures ?? 0
}

/** One more wrong code; the first begins a new span of time that ends at `untilAt`. */
export async function addGuess(
  db: Db,
  chatKey: Bytes,
  { now, untilAt }: { now: Date; untilAt: Date },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO status_guess ("chatKey", failures, "untilAt") VALUES (${chatKey}, 1, ${untilAt})
    ON CONFLICT ("chatKey") DO UPDATE SET
      failures = CASE WHEN status_guess."untilAt" <= ${now} THEN 1 ELSE status_guess.failures + 1 END,
      "untilAt" = CASE WHEN status_guess."untilAt" <= ${now} THEN ${untilAt} ELSE status_guess."untilAt" END`
}

export async function deleteGuesses(db: Db, chatKey: Bytes): Promise<void> {
  await db.statusGuess.deleteMany({ where: { chatKey } })
}

/** Forgets what is over. Returns how many chats. */
export async function pruneGuesses(db: Db, now: Date): Promise<number> {
  const { count } = await db.statusGuess.deleteMany({ where: { untilAt: { lte: now } } })
  return count
}
