import type { Db } from '../db/open-database.ts'
import { tipStateAfter, tipStatesBefore } from './tip.ts'

/** Closed because another tip is handled in its place, which has no result yet: its reporter waits like any other. */
export const waitsForMain = { result: 'duplicate', mainTip: { is: { state: { not: 'closed' } } } }

/** Whether its reporter waits for the result of another tip. */
export async function isLinked(db: Db, tipId: number): Promise<boolean> {
  return (await db.tip.count({ where: { id: tipId, ...waitsForMain } })) === 1
}

/** The result of the main tip is theirs as well, from now on: what is counted from closing is counted from here. */
export async function saveLinkedResult(tx: Db, id: number, at: Date): Promise<void> {
  await tx.tip.updateMany({
    where: { id, result: 'duplicate' },
    data: { closedAt: at, aftercare: 0 },
  })
}

/** The reporter of a linked tip wants it no more. False when there is a result, or it is not linked. */
export async function saveLinkedWithdrawal(tx: Db, id: number, at: Date): Promise<boolean> {
  const { count } = await tx.tip.updateMany({
    where: { id, state: { in: tipStatesBefore('withdraw-linked') }, ...waitsForMain },
    data: {
      state: tipStateAfter('withdraw-linked'),
      ...{ result: 'withdrawn', closedAt: at, mainTipId: null },
    },
  })
  return count === 1
}
