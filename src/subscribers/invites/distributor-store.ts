import type { Db } from '../../db/open-database.ts'

/** Somebody who hands out links and cards. `code` stands in their links and is no secret. */
export type Distributor = { id: number; code: string; name: string; retiredAt: Date | null }

const fields = { id: true, code: true, name: true, retiredAt: true } as const

export async function listDistributors(db: Db): Promise<Distributor[]> {
  return db.distributor.findMany({ select: fields, orderBy: { id: 'asc' } })
}

export async function findDistributor(db: Db, id: number): Promise<Distributor | null> {
  return db.distributor.findUnique({ where: { id }, select: fields })
}

export async function findDistributorByCode(db: Db, code: string): Promise<Distributor | null> {
  return db.distributor.findUnique({ where: { code }, select: fields })
}

/** Null when the code is taken. */
export async function createDistributor(
  tx: Db,
  row: { code: string; name: string; createdAt: Date },
): Promise<Distributor | null> {
  const [created] = await tx.distributor.createManyAndReturn({
    data: [row],
    skipDuplicates: true,
    select: fields,
  })
  return created ?? null
}

/** False when it was retired before, or there is none. */
export async function retireDistributor(tx: Db, id: number, at: Date): Promise<boolean> {
  const { count } = await tx.distributor.updateMany({
    where: { id, retiredAt: null },
    data: { retiredAt: at },
  })
  return count === 1
}
