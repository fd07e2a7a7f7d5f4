import type { Db } from '../db/open-database.ts'
import { foldCode, type KeyedHash } from '../lib/one-time-code.ts'
import { findByEnrolKey, findSupervisor, saveEnrolment } from './supervisor-store.ts'

export type EnrolSupervisorOutcome =
  | {
      outcome: 'enrolled'
      supervisorId: number
      groupId: number
      groupName: string
      name: string
      /** The account that stood for this name until now and may not act any more. */
      formerTelegramId: number | null
    }
  | { outcome: 'wrong-code' }
  | { outcome: 'expired-code' }
  /** This account already stands for another name of the same roster: one of the two links went to the wrong person. */
  | { outcome: 'account-taken'; groupName: string; name: string }

/** Ties a Telegram account to a name of a roster. The same account may be on the rosters of several groups. */
export async function enrolSupervisor(
  deps: { db: Db; hash: KeyedHash },
  input: { code: string; telegramId: number; now: Date },
): Promise<EnrolSupervisorOutcome> {
  const { db } = deps
  const { telegramId, now } = input
  const enrolKey = deps.hash(foldCode(input.code))
  const listed = await findByEnrolKey(db, enrolKey)
  if (!listed) return { outcome: 'wrong-code' }
  if (!listed.enrolUntilAt || listed.enrolUntilAt <= now) return { outcome: 'expired-code' }

  const { id: supervisorId, groupId } = listed
  const groupName = listed.group.name
  const same = await findSupervisor(db, { groupId, telegramId })
  if (same && same.id !== supervisorId)
    return { outcome: 'account-taken', groupName, name: same.name }
  const saved = await saveEnrolment(db, { supervisorId, enrolKey, telegramId, now })
  if (!saved) return { outcome: 'wrong-code' }
  const former = listed.telegramId === null ? null : Number(listed.telegramId)
  const formerTelegramId = former === telegramId ? null : former
  const { name } = listed
  return { outcome: 'enrolled', supervisorId, groupId, groupName, name, formerTelegramId }
}
