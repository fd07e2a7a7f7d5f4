import type { Db } from '../../db/open-database.ts'
import type { TipState } from '../tip.ts'
import type { DeadlineClock, DeadlineStage } from './deadline-clock.ts'

/** A tip with its clock. `clockState` is the state for which the clock was set; null: it never was. */
export type TipClock = {
  id: number
  number: string
  state: TipState
  groupId: number | null
  areaId: number
  severity: string
  filedAt: Date
  acknowledgeBy: Date | null
  answerBy: Date | null
  clock: DeadlineClock
  clockState: string | null
  /** The tip has moved on since the clock was set. */
  isStale: boolean
  /** The clock was set for the group that has it now, and it was not closed since. */
  isSameGroup: boolean
}

/** Tips whose clock must be set or has run down, at most this many, longest due first. Never one twice. */
export async function listDueTips(
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    (SELECT id, "deadlineAt" AS at FROM tip
      WHERE "deadlineAt" IS NOT NULL AND "deadlineAt" <= ${now}
      ORDER BY "deadlineAt" LIMIT ${limit})
    UNION
    (SELECT id, NULL AS at FROM tip
      WHERE ("deadlineState" IS DISTINCT FROM state) OR ("deadlineGroupId" IS DISTINCT FROM "groupId")
      LIMIT ${limit})
    ORDER BY at NULLS FIRST LIMIT ${limit}`
  return [...new Set(rows.map(({ id }) => id))]
}

export async function findTipClock(db: Db, id: number): Promise<TipClock | null> {
  // Not the whole row: what a tip says may be long, and hundreds are read in a row.
  const row = await db.tip.findUnique({ where: { id }, omit: { sealed: true, routing: true } })
  if (!row) return null
  const state = row.state as TipState
  return {
    id: row.id,
    number: row.number,
    state,
    groupId: row.groupId,
    areaId: row.areaId,
    severity: row.severity,
    filedAt: row.filedAt,
    acknowledgeBy: row.acknowledgeBy,
    answerBy: row.answerBy,
    clock: { stage: row.deadlineStage as DeadlineStage | null, at: row.deadlineAt },
    clockState: row.deadlineState,
    isStale: row.deadlineState !== state || row.deadlineGroupId !== row.groupId,
    isSameGroup: row.deadlineState !== 'closed' && row.deadlineGroupId === row.groupId,
  }
}

/**
 * Moves the clock on, in the transaction that does what was due. False when the tip or its clock is no longer as it was
 * read: somebody acted, or another process did it.
 */
export async function saveClock(
  tx: Db,
  seen: TipClock,
  next: DeadlineClock & { acknowledgeBy: Date; answerBy: Date },
): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: {
      id: seen.id,
      state: seen.state,
      groupId: seen.groupId,
      deadlineStage: seen.clock.stage,
      deadlineAt: seen.clock.at,
    },
    data: {
      acknowledgeBy: next.acknowledgeBy,
      answerBy: next.answerBy,
      deadlineStage: next.stage,
      deadlineAt: next.at,
      deadlineState: seen.state,
      deadlineGroupId: seen.groupId,
    },
  })
  return count === 1
}

export async function countEscalation(tx: Db, tipId: number): Promise<void> {
  await tx.tip.updateMany({ where: { id: tipId }, data: { escalations: { increment: 1 } } })
}

/** Numbers of tips that nobody moves on by themselves: at the top and late, or held. Oldest first. */
export async function listStuckTips(db: Db): Promise<{ number: string; isHeld: boolean }[]> {
  const rows = await db.tip.findMany({
    where: {
      OR: [{ state: 'held' }, { deadlineStage: 'top', state: { in: ['waiting', 'acknowledged'] } }],
    },
    select: { number: true, state: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ number, state }) => ({ number, isHeld: state === 'held' }))
}
