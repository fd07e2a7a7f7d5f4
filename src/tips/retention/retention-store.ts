import type { Db } from '../../db/open-database.ts'
import { waitsForMain } from '../linked-tip-store.ts'
import type { ClosedTip } from './decide-retention.ts'

export type RetainedTip = ClosedTip & { id: number; number: string }

const kept = {
  id: true,
  number: true,
  closedAt: true,
  aftercare: true,
  dataKey: true,
  hold: { select: { tipId: true } },
  reporter: { select: { tipId: true } },
  identity: { select: { tipId: true } },
}

/** Closed until then and not yet destroyed: their link is to go, oldest first. */
export async function listLinked(
  db: Db,
  { closedUntil, limit }: { closedUntil: { asked: Date; unasked: Date }; limit: number },
): Promise<RetainedTip[]> {
  const rows = await db.tip.findMany({
    where: {
      state: 'closed',
      hold: null,
      NOT: waitsForMain,
      AND: [
        {
          OR: [
            { aftercare: { lte: 0 }, closedAt: { lte: closedUntil.unasked } },
            { aftercare: { gt: 0 }, closedAt: { lte: closedUntil.asked } },
          ],
        },
        { OR: [{ reporter: { isNot: null } }, { identity: { isNot: null } }] },
      ],
    },
    select: kept,
    orderBy: { closedAt: 'asc' },
    take: limit,
  })
  return rows.flatMap(toRetained)
}

/** The same for the content. */
export async function listSealed(
  db: Db,
  { closedUntil, limit }: { closedUntil: Date; limit: number },
): Promise<RetainedTip[]> {
  const rows = await db.tip.findMany({
    where: {
      state: 'closed',
      closedAt: { lte: closedUntil },
      hold: null,
      NOT: waitsForMain,
      dataKey: { not: null },
    },
    select: kept,
    orderBy: { closedAt: 'asc' },
    take: limit,
  })
  return rows.flatMap(toRetained)
}

/** Closed tips of which something is left, after this one in the order of their numbers. */
export async function listRetained(
  db: Db,
  { afterId, limit }: { afterId: number; limit: number },
): Promise<RetainedTip[]> {
  const rows = await db.tip.findMany({
    where: { id: { gt: afterId }, state: 'closed', closedAt: { not: null }, NOT: waitsForMain },
    select: kept,
    orderBy: { id: 'asc' },
    take: limit,
  })
  return rows.flatMap(toRetained)
}

/** For each day on which drafts end, how many. */
export async function countDraftsByDay(db: Db): Promise<{ day: string; count: number }[]> {
  const rows = await db.draft.groupBy({ by: ['expiresOn'], _count: true })
  return rows.map(({ expiresOn, _count }) => ({
    day: expiresOn.toISOString().slice(0, 10),
    count: _count,
  }))
}

/** Everything that is open, and when the oldest of it was filed. */
export async function countOpen(db: Db): Promise<{ count: number; oldestAt: Date | null }> {
  const { _count, _min } = await db.tip.aggregate({
    where: { state: { not: 'closed' } },
    _count: true,
    _min: { filedAt: true },
  })
  return { count: _count, oldestAt: _min.filedAt }
}

type Row = {
  id: number
  number: string
  closedAt: Date | null
  aftercare: number
  dataKey: Uint8Array | null
  hold: object | null
  reporter: object | null
  identity: object | null
}

function toRetained(row: Row): RetainedTip[] {
  const { id, number, closedAt, aftercare } = row
  if (closedAt === null) return []
  return [
    {
      id,
      number,
      closedAt,
      aftercare,
      hasLink: row.reporter !== null || row.identity !== null,
      hasContent: row.dataKey !== null,
      isHeldByLaw: row.hold !== null,
    },
  ]
}
