import type { Db } from '../db/open-database.ts'
import type { InvitableRole } from './staff-store.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type Invite = { id: number; role: InvitableRole; name: string; untilAt: Date }

export async function createInviteRow(
  tx: Db,
  row: { inviteKey: Bytes; role: InvitableRole; name: string; untilAt: Date; invitedById: number },
): Promise<void> {
  await tx.staffInvite.create({ data: row })
}

export async function findInvite(db: Db, inviteKey: Bytes): Promise<Invite | null> {
  const row = await db.staffInvite.findUnique({ where: { inviteKey } })
  return (
    row && { id: row.id, role: row.role as InvitableRole, name: row.name, untilAt: row.untilAt }
  )
}

/** Uses it up. False when somebody else did. */
export async function deleteInvite(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.staffInvite.deleteMany({ where: { id } })
  return count === 1
}

/** Removes links that nobody opened in time. Returns how many. */
export async function pruneInvites(db: Db, now: Date): Promise<number> {
  const { count } = await db.staffInvite.deleteMany({ where: { untilAt: { lte: now } } })
  return count
}
