import type { Db } from '../../db/open-database.ts'
import { waitsForMain } from '../linked-tip-store.ts'

/** Closed tips whose reporter is to be asked again, oldest first. `before`: see `dueBefore`. */
export async function listAftercareDue(
  db: Db,
  before: readonly Date[],
  limit: number,
): Promise<number[]> {
  const rows = await db.tip.findMany({
    where: {
      state: 'closed',
      result: { not: 'withdrawn' },
      NOT: waitsForMain,
      dataKey: { not: null },
      reporter: { isNot: null },
      OR: before.map((at, asked) => ({ aftercare: asked, closedAt: { lte: at } })),
    },
    select: { id: true },
    orderBy: { closedAt: 'asc' },
    take: limit,
  })
  return rows.map(({ id }) => id)
}

/** False when it was asked meanwhile, or the tip is open again. */
export async function saveAftercare(
  tx: Db,
  id: number,
  { from, to }: { from: number; to: number },
): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: { id, state: 'closed', aftercare: from },
    data: { aftercare: to },
  })
  return count === 1
}
