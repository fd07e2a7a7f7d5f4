import type { Db } from '../db/open-database.ts'
import { createOneTimeCode, type KeyedHash, type OneTimeCode } from '../lib/one-time-code.ts'
import { saveEnrolKey } from './supervisor-store.ts'

export type CreateEnrolLinkOutcome =
  | ({ outcome: 'created' } & OneTimeCode)
  /** Not on the roster any more, or enrolled and not meant to change the account (or the other way round). */
  | { outcome: 'no-supervisor' }

/**
 * The personal code for one name of a roster; the caller makes a link to the bot of it. Whoever opens the link acts
 * under that name, so an enrolled person gets one only when an admin asks for it (`replacesAccount`): the account that
 * opens it takes the place of the old one.
 */
export async function createEnrolLink(
  deps: { db: Db; hash: KeyedHash },
  input: { supervisorId: number; now: Date; replacesAccount?: boolean },
): Promise<CreateEnrolLinkOutcome> {
  const { code, untilAt } = createOneTimeCode(input.now)
  const saved = await saveEnrolKey(deps.db, {
    supervisorId: input.supervisorId,
    enrolKey: deps.hash(code),
    untilAt,
    state: input.replacesAccount ? 'enrolled' : 'listed',
  })
  return saved ? { outcome: 'created', code, untilAt } : { outcome: 'no-supervisor' }
}
