import type { Db } from '../db/open-database.ts'

/**
 * digest: the summary of an inbox. inbox-check: whether it is alive. late-alarm: what is left, to the admins.
 * nobody-alarm: that nobody is enrolled there. inbox-dead: that it could not be written to that morning.
 */
export type DailyTask = 'digest' | 'inbox-check' | 'late-alarm' | 'nobody-alarm' | 'inbox-dead'

/** The group of a task that belongs to no group. */
export const noGroup = 0

/** Marks that this is done today. False when it was: of all processes one wins, and a second run changes nothing. */
export async function markDone(
  tx: Db,
  mark: { task: DailyTask; groupId: number; day: string; now: Date },
): Promise<boolean> {
  const { task, groupId, day, now } = mark
  const { count } = await tx.dailyMark.createMany({
    data: { task, groupId, day: new Date(day), doneAt: now },
    skipDuplicates: true,
  })
  return count === 1
}

/** Groups for which this is done today. */
export async function listMarkedGroups(
  db: Db,
  { task, day }: { task: DailyTask; day: string },
): Promise<number[]> {
  const rows = await db.dailyMark.findMany({
    where: { task, day: new Date(day) },
    select: { groupId: true },
  })
  return rows.map(({ groupId }) => groupId)
}

/** When it was done for this group the last time before a day. */
export async function findLastDone(
  db: Db,
  { task, groupId, before }: { task: DailyTask; groupId: number; before: string },
): Promise<Date | null> {
  const row = await db.dailyMark.findFirst({
    where: { task, groupId, day: { lt: new Date(before) } },
    orderBy: { day: 'desc' },
  })
  return row?.doneAt ?? null
}

/** Forgets marks of days before this one. Returns how many. */
export async function pruneMarks(db: Db, before: string): Promise<number> {
  const { count } = await db.dailyMark.deleteMany({ where: { day: { lt: new Date(before) } } })
  return count
}
