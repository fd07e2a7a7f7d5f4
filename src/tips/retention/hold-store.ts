import type { Db } from '../../db/open-database.ts'

type Hold = { tipId: number; staffId: number; sinceAt: Date; reason: Uint8Array<ArrayBuffer> }

export async function createHold(tx: Db, hold: Hold): Promise<void> {
  await tx.tipHold.create({ data: hold })
}

export async function findHold(
  db: Db,
  tipId: number,
): Promise<{ reason: Uint8Array; sinceAt: Date } | null> {
  return db.tipHold.findUnique({ where: { tipId }, select: { reason: true, sinceAt: true } })
}

/** False when there was none. */
export async function deleteHold(tx: Db, tipId: number): Promise<boolean> {
  const { count } = await tx.tipHold.deleteMany({ where: { tipId } })
  return count === 1
}

/** Numbers of tips that are held, and since when. */
export async function listHolds(db: Db): Promise<{ number: string; sinceAt: Date }[]> {
  const rows = await db.tipHold.findMany({
    select: { sinceAt: true, tip: { select: { number: true } } },
    orderBy: { sinceAt: 'asc' },
  })
  return rows.map(({ tip, sinceAt }) => ({ number: tip.number, sinceAt }))
}
