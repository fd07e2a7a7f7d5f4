import type { Db } from '../db/open-database.ts'

/**
 * A village that had a reminder. `electionDay` (YYYY-MM-DD) is what it was then. open: its time moved away while it went
 * out, so it comes again, for those who had none; again: it came again.
 */
export type Mark = NewMark & { state: 'had' | 'open' | 'again' }
export type NewMark = { reminderId: number; areaId: number; runId: number; electionDay: string }

export async function listMarks(
  db: Db,
  where: { reminderIds: readonly number[]; areaIds: readonly number[] },
): Promise<Mark[]> {
  const rows = await db.reminderArea.findMany({
    where: { reminderId: { in: [...where.reminderIds] }, areaId: { in: [...where.areaIds] } },
  })
  return rows.map(toMark)
}

/** Of several reminders, each for places of its own. */
export async function listMarksOf(
  db: Db,
  groups: readonly { reminderIds: readonly number[]; areaIds: readonly number[] }[],
): Promise<Mark[]> {
  if (groups.length === 0) return []
  // Between one that is due in one county and one that is due in another there are thousands that nobody asked for.
  const rows = await db.$queryRaw<Parameters<typeof toMark>[0][]>`
    SELECT m.* FROM jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) AS g ("reminderIds" jsonb, "areaIds" jsonb)
    CROSS JOIN LATERAL (
      SELECT "reminderId", "areaId", "runId", "electionDay", state FROM reminder_area
      WHERE "reminderId" = ANY(ARRAY(SELECT jsonb_array_elements_text(g."reminderIds")::int))
        AND "areaId" = ANY(ARRAY(SELECT jsonb_array_elements_text(g."areaIds")::int))) AS m`
  return rows.map(toMark)
}

export async function listMarksOfRuns(db: Db, runIds: readonly number[]): Promise<Mark[]> {
  if (runIds.length === 0) return []
  const rows = await db.reminderArea.findMany({ where: { runId: { in: [...runIds] } } })
  return rows.map(toMark)
}

/**
 * Notes the villages that a run reaches: where one is open it comes again. What had it stays as it is. Returns those to which
 * it comes again.
 */
export async function createMarks(tx: Db, marks: readonly NewMark[]): Promise<number[]> {
  const rows = await tx.$queryRaw<{ areaId: number; state: Mark['state'] }[]>`
    INSERT INTO reminder_area ("reminderId", "areaId", "runId", "electionDay", year, state)
    SELECT n."reminderId", n."areaId", n."runId", n."electionDay", extract(year FROM n."electionDay"),
      CASE WHEN EXISTS (SELECT FROM reminder_area o WHERE o."reminderId" = n."reminderId"
        AND o."areaId" = n."areaId" AND o.state = 'open') THEN 'again' ELSE 'had' END
    FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb)
      AS n ("reminderId" int, "areaId" int, "runId" int, "electionDay" date)
    ON CONFLICT ("reminderId", "areaId", year) DO UPDATE
      SET "runId" = excluded."runId", "electionDay" = excluded."electionDay", state = excluded.state
      WHERE reminder_area.state = 'open'
    RETURNING "areaId", state`
  return rows.flatMap(({ areaId, state }) => (state === 'again' ? areaId : []))
}

/** Villages of a run that some people had it in before. */
export async function listAgain(db: Db, runId: number): Promise<number[]> {
  const where = { runId, state: 'again' }
  return (await db.reminderArea.findMany({ where, select: { areaId: true } })).map(
    ({ areaId }) => areaId,
  )
}

/** These villages of a run are to have it again, for those who had none. */
export async function reopenMarks(
  tx: Db,
  runId: number,
  areaIds: readonly number[],
): Promise<void> {
  const where = { runId, areaId: { in: [...areaIds] }, state: { not: 'open' } }
  await tx.reminderArea.updateMany({ where, data: { state: 'open' } })
}

function toMark(row: {
  reminderId: number
  areaId: number
  runId: number
  electionDay: Date
  state: string
}): Mark {
  const { reminderId, areaId, runId, electionDay, state } = row
  return {
    ...{ reminderId, areaId, runId, state: state as Mark['state'] },
    electionDay: electionDay.toISOString().slice(0, 10),
  }
}
