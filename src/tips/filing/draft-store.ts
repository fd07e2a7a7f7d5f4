import type { Db } from '../../db/open-database.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type DraftRow = {
  id: number
  dataKey: Uint8Array
  sealed: Uint8Array
  version: number
  expiresOn: Date
}
export type DraftChange = { sealed: Bytes; expiresOn: Date }

/** Plain SQL, as below: every answer of every villager reads and saves a draft, and Prisma's own calls take twice as long. */
export async function findDraftRow(db: Db, reporterKey: Bytes): Promise<DraftRow | null> {
  const rows = await db.$queryRaw<DraftRow[]>`
    SELECT id, "dataKey", sealed, version, "expiresOn" FROM draft WHERE "reporterKey" = ${reporterKey}`
  return rows[0] ?? null
}

export async function findDraftRowById(db: Db, id: number): Promise<DraftRow | null> {
  return db.draft.findUnique({ where: { id } })
}

/** False when the reporter has one already. */
export async function createDraftRow(
  db: Db,
  row: DraftChange & { reporterKey: Bytes; dataKey: Bytes },
): Promise<boolean> {
  const { count } = await db.draft.createMany({ data: [row], skipDuplicates: true })
  return count === 1
}

/** False when somebody else has saved it since that version, or it is gone. */
export async function saveDraftRow(
  db: Db,
  read: { id: number; version: number },
  { sealed, expiresOn }: DraftChange,
): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE draft SET sealed = ${sealed}, "expiresOn" = ${expiresOn}::date, version = version + 1
    WHERE id = ${read.id} AND version = ${read.version}`
  return count === 1
}

/** Keeps others from changing it until the transaction ends. False when somebody has since that version, or it is gone. */
export async function takeDraftRow(
  db: Db,
  read: { id: number; version: number },
): Promise<boolean> {
  const { count } = await db.draft.updateMany({
    where: { id: read.id, version: read.version },
    data: { version: { increment: 1 } },
  })
  return count === 1
}

/** Its data key goes with it: what was sealed cannot be read any more. Photos that still belong to it go too. */
export async function deleteDraftRow(db: Db, id: number): Promise<void> {
  await db.draft.deleteMany({ where: { id } })
}

export async function deleteExpiredDraftRows(db: Db, today: Date): Promise<number> {
  const { count } = await db.draft.deleteMany({ where: { expiresOn: { lt: today } } })
  return count
}
