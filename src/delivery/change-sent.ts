import type { Db } from '../db/open-database.ts'
import { type Keyring, sealJson } from '../lib/keyring.ts'
import {
  countUnderWay,
  dropPending,
  listUnchanged,
  planDeletions,
  planEdits,
  replacePending,
} from './change-sent-store.ts'
import { composeChange, deletion } from './compose-change.ts'
import { deliverySealers } from './enqueue-delivery.ts'
import type { Outgoing } from './outgoing.ts'
import { requireUnfinished } from './queue-control.ts'
import { createBodies, createBody } from './queue-store.ts'

/** A bot may delete a message of its own for 48 hours (core.telegram.org/bots/api#deletemessage). An edit has no limit. */
const mostDeletedMs = 48 * 3_600_000

/**
 * `recipientIds`: who is to read `anew` instead of what they got. Who got something and is in no part keeps it; who still waits
 * and is in none gets nothing: the old words are wrong.
 */
export type Correction = { anew: Outgoing; recipientIds: readonly number[] }

export type ChangeSentOutcome = {
  /**
   * Deletions or edits written into the new queue, each to fail with `edit-gone` if Telegram does not find its message, with
   * `edit-refused` if it finds it too old.
   */
  planned: number
  /** Deletion only: sent too long ago, or so long ago that the ledger has forgotten them. */
  tooOld: number
  /** Sent, or perhaps sent, and nobody knows which message it is: uncertain ones, and for edits forgotten ones. */
  unknown: number
  /** Correction only: waited to be sent, and will say the new words. */
  replaced: number
  /** Correction only: waited to be sent, and will not be, because there are no new words for them. */
  dropped: number
  /**
   * Above zero nothing was done at all: so many are on their way, and would be missed. To be called again in a
   * moment, which is safe at any time: nobody is planned twice.
   */
  underWay: number
}

const nothing = { planned: 0, tooOld: 0, unknown: 0, replaced: 0, dropped: 0, underWay: 0 }

/**
 * Plans the deletion or the edit of everything that a queue has sent, in another queue that is open for it. The old queue must rest:
 * paused, cancelled, finished, or open with nothing left in it. Where it was corrected before, the queue of that correction is to
 * be cancelled first, or its edits may come last.
 */
export async function changeSent(
  tx: Db,
  { keyring }: { keyring: Keyring },
  asked: {
    ofQueueId: number
    newQueueId: number
    change: { kind: 'delete' } | { kind: 'edit'; corrections: readonly Correction[] }
    now: Date
  },
): Promise<ChangeSentOutcome> {
  const { ofQueueId, newQueueId, change, now } = asked
  await requireUnfinished(tx, newQueueId)
  const underWay = await countUnderWay(tx, ofQueueId)
  if (underWay > 0) return { ...nothing, underWay }
  const queues = { ofQueueId, newQueueId, now }
  const sealer = deliverySealers(keyring).body
  if (change.kind === 'delete') {
    const bodyId = await createBody(tx, sealJson(sealer, deletion))
    const sentAfter = new Date(now.getTime() - mostDeletedMs)
    const planned = await planDeletions(tx, queues, { bodyId, sentAfter })
    const { nameless, old, forgotten } = await listUnchanged(tx, ofQueueId, sentAfter)
    return { ...nothing, planned, tooOld: old + forgotten, unknown: nameless }
  }
  const parts = change.corrections.map(({ anew, recipientIds }) => {
    const edit = composeChange(anew)
    if (!edit) throw new RangeError(`nothing can be turned into ${anew.kind}`)
    return { recipientIds, sealed: [sealJson(sealer, anew), sealJson(sealer, edit)] }
  })
  const bodyIds = await createBodies(
    tx,
    parts.flatMap(({ sealed }) => sealed),
  )
  const who = parts.flatMap(({ recipientIds }, at) =>
    recipientIds.map((recipientId) => ({
      recipientId,
      anewId: bodyIds[2 * at] ?? 0n,
      editId: bodyIds[2 * at + 1] ?? 0n,
    })),
  )
  const replaced = await replacePending(tx, ofQueueId, who)
  const dropped = await dropPending(tx, queues, bodyIds)
  const planned = await planEdits(tx, queues, who)
  const { nameless, forgotten } = await listUnchanged(tx, ofQueueId, now)
  return { ...nothing, planned, unknown: nameless + forgotten, replaced, dropped }
}
