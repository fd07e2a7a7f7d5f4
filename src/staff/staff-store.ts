import type { Db } from '../db/open-database.ts'
import type { Language } from '../messages/messages.ts'

export type Role = 'admin' | 'editor' | 'custodian' | 'auditor'
/** What an admin can make of somebody. Admins themselves stand in the settings. */
export const invitableRoles = ['custodian', 'editor'] as const satisfies readonly Role[]
export type InvitableRole = (typeof invitableRoles)[number]
/** `name` is what the admin who invited them calls them; empty for those of the settings. */
export type Staff = {
  id: number
  telegramId: number
  name: string
  role: Role
  language: Language
}

export async function findStaff(db: Db, telegramId: number): Promise<Staff | null> {
  // Plain SQL: every update of every villager asks this, and Prisma's own call takes twice as long.
  const [row] = await db.$queryRaw<Row[]>`
    SELECT id, "telegramId", name, role, language FROM staff
    WHERE "telegramId" = ${BigInt(telegramId)} AND "retiredAt" IS NULL`
  return row ? toStaff(row) : null
}

/** Everyone with this role, for alarms. */
export async function listStaff(db: Db, role: Role): Promise<Staff[]> {
  const rows = await db.staff.findMany({ where: { role, retiredAt: null }, orderBy: { id: 'asc' } })
  return rows.map(toStaff)
}

/** Everyone who may write and publish: admins and editors. */
export async function listEditors(db: Db): Promise<Staff[]> {
  const where = { role: { in: ['admin', 'editor'] }, retiredAt: null }
  return (await db.staff.findMany({ where, orderBy: { id: 'asc' } })).map(toStaff)
}

/** Whoever had a role before and left has this one now. Returns the number. */
export async function createStaff(
  tx: Db,
  { telegramId, ...role }: Omit<Staff, 'id'>,
): Promise<number> {
  const { id } = await tx.staff.upsert({
    where: { telegramId: BigInt(telegramId) },
    create: { telegramId: BigInt(telegramId), ...role },
    update: { ...role, retiredAt: null },
  })
  return id
}

/** False when nobody with one of these roles has this number. */
export async function retireStaff(
  tx: Db,
  { id, roles, at }: { id: number; roles: Role[]; at: Date },
): Promise<boolean> {
  const { count } = await tx.staff.updateMany({
    where: { id, role: { in: roles }, retiredAt: null },
    data: { retiredAt: at },
  })
  return count === 1
}

/** The people named in the settings become admins, those no longer named cease to be. */
export async function saveAdmins(
  db: Db,
  { telegramIds, language, now }: { telegramIds: readonly number[]; language: Language; now: Date },
): Promise<void> {
  const ids = telegramIds.map(BigInt)
  await db.staff.updateMany({
    where: { role: 'admin', retiredAt: null, telegramId: { notIn: ids } },
    data: { retiredAt: now },
  })
  for (const telegramId of ids)
    await db.staff.upsert({
      where: { telegramId },
      create: { telegramId, role: 'admin', language },
      update: { role: 'admin', retiredAt: null },
    })
}

type Row = { id: number; telegramId: bigint; name: string; role: string; language: string }

function toStaff(row: Row): Staff {
  return {
    id: row.id,
    name: row.name,
    telegramId: Number(row.telegramId),
    role: row.role as Role,
    language: row.language as Language,
  }
}
