import type { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'

/** What somebody of the office is to type or send next. `kind` names who asked; `data` is theirs. */
export type StaffPrompt = { kind: string; data: unknown }

export async function findStaffPrompt(
  db: Db,
  staffId: number,
  now: Date,
): Promise<StaffPrompt | null> {
  const row = await db.staffPrompt.findUnique({ where: { staffId, untilAt: { gt: now } } })
  return row && { kind: row.kind, data: row.data }
}

/** One at a time: a later question takes the place of an earlier one. */
export async function saveStaffPrompt(
  tx: Db,
  staffId: number,
  { kind, data, untilAt }: { kind: string; data: Prisma.InputJsonValue; untilAt: Date },
): Promise<void> {
  const row = { kind, data, untilAt }
  await tx.staffPrompt.upsert({
    where: { staffId },
    update: row,
    create: { staffId, ...row },
  })
}

export async function dropStaffPrompt(tx: Db, staffId: number): Promise<void> {
  await tx.staffPrompt.deleteMany({ where: { staffId } })
}
