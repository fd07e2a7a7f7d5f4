import type { Db } from '../../db/open-database.ts'
import { type TipEvent, type TipResult, tipStateAfter, tipStatesBefore } from '../tip.ts'

/** Whose tip it must still be for the change to happen. */
type Held = { groupId: number; holderId: number }

const before = (event: TipEvent) => ({ in: tipStatesBefore(event) })

/** Somebody else of the group has it from now on. False when it left the group or this person has it already. */
export async function saveTakeOver(
  tx: Db,
  id: number,
  by: { groupId: number; supervisorId: number; at: Date },
): Promise<boolean> {
  const { groupId, supervisorId, at } = by
  const { count } = await tx.tip.updateMany({
    where: {
      ...{ id, groupId, state: before('take-over') },
      acknowledgedById: { not: supervisorId },
    },
    data: {
      state: tipStateAfter('take-over'),
      acknowledgedAt: at,
      acknowledgedById: supervisorId,
    },
  })
  return count === 1
}

/** Nobody has it, all of the group may take it. */
export async function saveGiveBack(
  tx: Db,
  id: number,
  { groupId, holderId }: Held,
): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: { id, groupId, acknowledgedById: holderId, state: before('give-back') },
    data: { state: tipStateAfter('give-back'), acknowledgedAt: null, acknowledgedById: null },
  })
  return count === 1
}

export async function saveConclusion(
  tx: Db,
  id: number,
  { groupId, holderId }: Held,
  end: { result: Exclude<TipResult, 'withdrawn'>; at: Date; mainTipId?: number },
): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: { id, groupId, acknowledgedById: holderId, state: before('conclude') },
    data: {
      state: tipStateAfter('conclude'),
      result: end.result,
      closedAt: end.at,
      mainTipId: end.mainTipId ?? null,
      aftercare: 0,
    },
  })
  return count === 1
}

/** Closed by mistake: whoever opens it again has it. A tip that its reporter withdrew stays closed. */
export async function saveResumption(
  tx: Db,
  id: number,
  by: { groupId: number; supervisorId: number; at: Date },
): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: { id, groupId: by.groupId, state: before('resume'), result: { not: 'withdrawn' } },
    data: {
      state: tipStateAfter('resume'),
      acknowledgedAt: by.at,
      acknowledgedById: by.supervisorId,
      ...{ result: null, closedAt: null, mainTipId: null, aftercare: 0 },
    },
  })
  return count === 1
}

/** Tips that are closed as duplicates of this one. */
export async function listDuplicates(db: Db, mainTipId: number): Promise<number[]> {
  const rows = await db.tip.findMany({
    where: { mainTipId, state: 'closed', result: 'duplicate' },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}

/** What was linked to a tip that is linked itself now waits for the same one. Returns how many. */
export async function relinkDuplicates(tx: Db, from: number, to: number): Promise<number> {
  const { count } = await tx.tip.updateMany({
    where: { mainTipId: from, state: 'closed', result: 'duplicate' },
    data: { mainTipId: to },
  })
  return count
}

/** Tips that wait for another one which its reporter withdrew: nobody would ever answer them. */
export async function listOrphans(db: Db): Promise<number[]> {
  const rows = await db.tip.findMany({
    where: { state: 'closed', result: 'duplicate', mainTip: { result: 'withdrawn' } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}

/** Tips of people who may act no more: off the roster, out of the chat, or under another account. */
export async function listAbandoned(
  db: Db,
): Promise<{ id: number; groupId: number; holderId: number }[]> {
  const rows = await db.tip.findMany({
    where: { state: 'acknowledged', acknowledgedBy: { state: { not: 'enrolled' } } },
    select: { id: true, groupId: true, acknowledgedById: true },
    orderBy: { id: 'asc' },
  })
  return rows.flatMap(({ id, groupId, acknowledgedById }) =>
    groupId === null || acknowledgedById === null
      ? []
      : [{ id, groupId, holderId: acknowledgedById }],
  )
}

/** Open tips of groups that were dissolved. */
export async function listLeftBehind(db: Db): Promise<{ id: number; groupId: number }[]> {
  const rows = await db.tip.findMany({
    where: { state: { in: ['waiting', 'acknowledged'] }, group: { retiredAt: { not: null } } },
    select: { id: true, groupId: true },
    orderBy: { id: 'asc' },
  })
  return rows.flatMap(({ id, groupId }) => (groupId === null ? [] : [{ id, groupId }]))
}
