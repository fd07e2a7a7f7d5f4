import type { Db } from '../db/open-database.ts'
import {
  type TipEvent,
  type TipResult,
  type TipState,
  tipStateAfter,
  tipStatesBefore,
} from './tip.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type TipRow = {
  id: number
  number: string
  state: TipState
  areaId: number
  category: string
  /** normal | high | urgent: by the rules of the interview. */
  severity: string
  dataKey: Uint8Array | null
  sealed: Uint8Array | null
  groupId: number | null
  /** Sealed. */
  routing: Uint8Array | null
  filedAt: Date
  /** What its reporter was promised; null: nothing, in an earlier version. */
  acknowledgeBy: Date | null
  answerBy: Date | null
  escalations: number
  acknowledgedById: number | null
  result: TipResult | null
  closedAt: Date | null
  mainTipId: number | null
  aftercare: number
}

/**
 * Known before the row is written, because the tip's number follows from it. Counted in a row and not by the
 * sequence, which skips numbers after a rollback or a crash: a gap would read as a lost tip. Who files at the same
 * time waits here until this transaction ends.
 */
export async function nextTipId(tx: Db): Promise<number> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO setting AS counter (key, value)
    SELECT 'lastTipId', to_jsonb(coalesce(max(id), 0) + 1) FROM tip
    ON CONFLICT (key) DO UPDATE SET value = to_jsonb(counter.value::int + 1)
    RETURNING value::int AS id`
  if (!rows[0]) throw new Error('The counter of tips gave no number')
  return rows[0].id
}

export type NewTip = {
  id: number
  number: string
  receiptKey: Bytes
  areaId: number
  category: string
  severity: string
  dataKey: Bytes
  sealed: Bytes
  filedAt: Date
  /** What its reporter is promised. */
  acknowledgeBy: Date
  answerBy: Date
}

/** Held until it is routed. `reporter` goes to the vault. */
export async function createTip(tx: Db, tip: NewTip, reporter: Bytes): Promise<void> {
  // Two statements. In one call of Prisma they are four, which read back what was just written.
  await tx.tip.createMany({ data: [{ ...tip, state: 'held' }] })
  await tx.reporter.createMany({ data: [{ tipId: tip.id, sealed: reporter }] })
}

export async function findTip(db: Db, id: number): Promise<TipRow | null> {
  const row = await db.tip.findUnique({ where: { id } })
  return row && toTip(row)
}

export async function findTipByNumber(db: Db, number: string): Promise<TipRow | null> {
  const row = await db.tip.findUnique({ where: { number } })
  return row && toTip(row)
}

/**
 * The tip, locked until the transaction ends, so that its card and its photos do not miss each other, and so that it is
 * not put into two inboxes.
 */
export async function lockTip(tx: Db, id: number): Promise<TipRow | null> {
  const [row] = await tx.$queryRaw<TipRow[]>`
    SELECT id, number, state, "areaId", category, severity, "dataKey", sealed, "groupId", routing, "filedAt",
      "acknowledgeBy", "answerBy", escalations, "acknowledgedById", result, "closedAt", "mainTipId", aftercare
    FROM tip WHERE id = ${id} FOR UPDATE`
  return row ?? null
}

export async function listTipIds(
  db: Db,
  where: { state: TipState; groupId?: number },
): Promise<number[]> {
  const rows = await db.tip.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } })
  return rows.map(({ id }) => id)
}

/** Gives a tip to a group, or to nobody, with the decision. Null when its state no longer allows that. */
export async function saveRouting(
  tx: Db,
  tip: TipRow,
  { event, ...routed }: { event: RoutingEvent; groupId: number | null; routing: Bytes },
): Promise<TipRow | null> {
  const change = {
    ...routed,
    state: tipStateAfter(event),
    ...{ acknowledgedAt: null, acknowledgedById: null },
    ...{ result: null, closedAt: null, mainTipId: null, aftercare: 0 },
  }
  const { count } = await tx.tip.updateMany({
    where: { id: tip.id, state: { in: tipStatesBefore(event) } },
    data: change,
  })
  return count === 1 ? { ...tip, ...change } : null
}

type RoutingEvent = Extract<TipEvent, 'route' | 'hold' | 'reopen' | 'reopen-held'>

/** One press wins: false when the tip is no longer waiting in this group. */
export async function saveAcknowledgement(
  tx: Db,
  id: number,
  by: { groupId: number; supervisorId: number; at: Date },
): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: { id, groupId: by.groupId, state: { in: tipStatesBefore('acknowledge') } },
    data: {
      state: tipStateAfter('acknowledge'),
      acknowledgedAt: by.at,
      acknowledgedById: by.supervisorId,
    },
  })
  return count === 1
}

/** The reporter wants it no more. False when it is closed already. */
export async function saveWithdrawal(tx: Db, id: number, at: Date): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: { id, state: { in: tipStatesBefore('withdraw') } },
    data: { state: tipStateAfter('withdraw'), result: 'withdrawn', closedAt: at },
  })
  return count === 1
}

/** Who took note of the tip and when; null when nobody did. */
export async function findAcknowledgement(db: Db, id: number) {
  const row = await db.tip.findUnique({
    where: { id },
    select: { acknowledgedAt: true, acknowledgedBy: { select: { name: true } } },
  })
  if (!row?.acknowledgedAt || !row.acknowledgedBy) return null
  return { at: row.acknowledgedAt, by: row.acknowledgedBy.name }
}

/** What the vault holds about who filed it, sealed; null when it is gone. */
export async function findReporter(db: Db, tipId: number): Promise<Uint8Array | null> {
  const row = await db.reporter.findUnique({ where: { tipId } })
  return row?.sealed ?? null
}

function toTip(
  row: Omit<TipRow, 'state' | 'result'> & { state: string; result: string | null },
): TipRow {
  return { ...row, state: row.state as TipState, result: row.result as TipResult | null }
}
