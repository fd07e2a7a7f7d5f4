import type { Db } from '../db/open-database.ts'

/**
 * Writes own election days if every one of them still is what it was and every place exists today; else nothing. Returns
 * how many were written. The caller holds the lock of the directory.
 */
export async function saveElectionDays(
  tx: Db,
  changes: readonly { areaId: number; day: string | null; was: string | null }[],
): Promise<number> {
  return tx.$executeRaw`
    WITH new AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS n ("areaId" int, day date, was date))
    UPDATE area SET "electionDay" = new.day FROM new
    WHERE area.id = new."areaId" AND NOT EXISTS (
      SELECT FROM new LEFT JOIN area a ON a.id = new."areaId"
      WHERE a.id IS NULL OR a."retiredAt" IS NOT NULL OR a."electionDay" IS DISTINCT FROM new.was)`
}
