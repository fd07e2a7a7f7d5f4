import type { Db } from '../db/open-database.ts'
import { createOneTimeCode, type KeyedHash, type OneTimeCode } from '../lib/one-time-code.ts'
import { saveBindKey } from './inbox-store.ts'

export type CreateBindCodeOutcome = ({ outcome: 'created' } & OneTimeCode) | { outcome: 'no-group' }

/** The code that an admin of the chat sends to make it the group's inbox. Shown once; an older one stops working. */
export async function createBindCode(
  deps: { db: Db; hash: KeyedHash },
  input: { groupId: number; now: Date },
): Promise<CreateBindCodeOutcome> {
  const { code, untilAt } = createOneTimeCode(input.now)
  const bindKey = deps.hash(code)
  const saved = await saveBindKey(deps.db, { groupId: input.groupId, bindKey, untilAt })
  return saved ? { outcome: 'created', code, untilAt } : { outcome: 'no-group' }
}
