import type { Db } from '../db/open-database.ts'
import {
  createOneTimeCode,
  foldCode,
  type KeyedHash,
  type OneTimeCode,
} from '../lib/one-time-code.ts'
import type { Language } from '../messages/messages.ts'
import { appendAudit } from './audit.ts'
import { createInviteRow, deleteInvite, findInvite } from './invite-store.ts'
import {
  createStaff,
  findStaff,
  type InvitableRole,
  invitableRoles,
  type Role,
  retireStaff,
} from './staff-store.ts'

/** The code of a link that gives whoever opens it a role, once. `name` is what the admin calls them. */
export async function inviteStaff(
  tx: Db,
  { hash, now }: { hash: KeyedHash; now: () => Date },
  { role, name, invitedById }: { role: InvitableRole; name: string; invitedById: number },
): Promise<OneTimeCode> {
  const at = now()
  const invite = createOneTimeCode(at)
  await createInviteRow(tx, {
    inviteKey: hash(invite.code),
    untilAt: invite.untilAt,
    ...{ role, name, invitedById },
  })
  await appendAudit(tx, {
    at,
    actor: `staff:${invitedById}`,
    action: 'staff invited',
    subject: 'staff',
    detail: { role },
  })
  return invite
}

export type AcceptOutcome =
  | { outcome: 'accepted'; role: InvitableRole; name: string }
  | { outcome: 'wrong-code' }
  | { outcome: 'expired-code' }
  /** One person, one role: who could do both alone would need nobody else. */
  | { outcome: 'has-role'; role: Role }

/** Somebody opened the link. */
export async function acceptInvite(
  tx: Db,
  { hash, now }: { hash: KeyedHash; now: () => Date },
  { code, telegramId, language }: { code: string; telegramId: number; language: Language },
): Promise<AcceptOutcome> {
  const at = now()
  const invite = await findInvite(tx, hash(foldCode(code)))
  if (!invite) return { outcome: 'wrong-code' }
  if (invite.untilAt <= at) return { outcome: 'expired-code' }
  const known = await findStaff(tx, telegramId)
  if (known) return { outcome: 'has-role', role: known.role }
  if (!(await deleteInvite(tx, invite.id))) return { outcome: 'wrong-code' }
  const { role, name } = invite
  const staffId = await createStaff(tx, { telegramId, role, name, language })
  await appendAudit(tx, {
    at,
    actor: `staff:${staffId}`,
    action: 'staff joined',
    subject: `staff:${staffId}`,
    detail: { role },
  })
  return { outcome: 'accepted', role, name }
}

/** Ends somebody's role at once. False when they have none, or stand in the settings. */
export async function dismissStaff(
  tx: Db,
  { now }: { now: () => Date },
  { staffId, byStaffId }: { staffId: number; byStaffId: number },
): Promise<boolean> {
  const at = now()
  if (!(await retireStaff(tx, { id: staffId, roles: [...invitableRoles], at }))) return false
  await appendAudit(tx, {
    at,
    actor: `staff:${byStaffId}`,
    action: 'staff dismissed',
    subject: `staff:${staffId}`,
    detail: {},
  })
  return true
}
