import type { Db } from '../db/open-database.ts'
import { droppedBy } from '../delivery/change-sent-store.ts'

export type RecipientGroup = { language: string; areaId: number; recipientIds: number[] }

/** Everybody whom a queue has sent something to, or still will, by the language and place that they have today. */
export async function listRecipientGroups(db: Db, queueId: number): Promise<RecipientGroup[]> {
  return db.$queryRaw<RecipientGroup[]>`
    SELECT s.language, s."areaId", array_agg(s.id ORDER BY s.id) AS "recipientIds"
    FROM delivery d JOIN subscriber s ON s.id = d."recipientId"
    WHERE d."queueId" = ${queueId}::int AND d.state IN ('sent', 'pending') AND s."areaId" IS NOT NULL
    GROUP BY 1, 2 ORDER BY 1, 2`
}

/** How many the ledger still knows of a queue, of those that ended so. */
export async function countRecipientsIn(
  db: Db,
  queueId: number,
  state: 'sent' | 'uncertain',
): Promise<number> {
  return db.delivery.count({ where: { queueId, state, recipientId: { not: null } } })
}

/**
 * unknown: nobody can tell which message it is, or whether there is one. untouched: not tried, because it is too old to be
 * deleted, or the new words have nothing true to say there. dropped: for the same reason it was not sent any more. refused: Telegram
 * finds it too old. gone: Telegram did not find it (any more). other: Telegram had another objection. blocked: the person
 * blocked the bot. unsure: nobody knows what came of it. waiting: still to be done. cancelled: will not be.
 */
export const unchangedReasons = [
  'untouched',
  'dropped',
  'refused',
  'gone',
  'other',
  'unknown',
  'blocked',
  'unsure',
  'waiting',
  'cancelled',
] as const
export type UnchangedReason = (typeof unchangedReasons)[number]

/** `since`: when the change was planned. What waited then went out later, and says the new words. */
export type ChangeOf = { ofQueueId: number; byQueueId: number; since: Date }

/** Messages of a queue that were not changed by the queue that was to change them, by place and reason. */
export async function countUnchanged(
  db: Db,
  { ofQueueId, byQueueId, since }: ChangeOf,
): Promise<{ areaId: number | null; why: UnchangedReason; count: number }[]> {
  return db.$queryRaw`
    SELECT s."areaId", CASE
        WHEN d.state = 'cancelled' THEN 'dropped'
        WHEN d.state = 'uncertain' OR d."messageId" IS NULL THEN 'unknown'
        WHEN n.id IS NULL THEN 'untouched'
        WHEN n.state = 'failed' AND n.reason = 'edit-refused' THEN 'refused'
        WHEN n.state = 'failed' AND n.reason = 'edit-gone' THEN 'gone'
        WHEN n.state = 'failed' THEN 'other'
        WHEN n.state = 'uncertain' THEN 'unsure'
        WHEN n.state IN ('blocked', 'cancelled') THEN n.state
        ELSE 'waiting' END AS why,
      count(*)::int AS count
    FROM delivery d
    LEFT JOIN delivery n ON n."queueId" = ${byQueueId}::int AND n."recipientId" = d."recipientId"
    LEFT JOIN subscriber s ON s.id = d."recipientId"
    WHERE d."queueId" = ${ofQueueId}::int AND d."recipientId" IS NOT NULL AND (
      d.state IN ('sent', 'uncertain') AND d."finishedAt" <= ${since}
        AND n.state IS DISTINCT FROM 'sent'
      OR d.state = 'cancelled' AND d.reason = ${droppedBy(byQueueId)})
    GROUP BY 1, 2 ORDER BY 1, 2`
}

/**
 * How many the ledger still has of each queue: of the first those that got something and whom it still knows, of the other
 * all.
 */
export async function countKnown(
  db: Db,
  { ofQueueId, byQueueId }: Pick<ChangeOf, 'ofQueueId' | 'byQueueId'>,
): Promise<{ sent: number; changes: number }> {
  const rows = await db.$queryRaw<{ sent: number; changes: number }[]>`
    SELECT
      (SELECT count(*)::int FROM delivery WHERE "queueId" = ${ofQueueId}::int
        AND "recipientId" IS NOT NULL AND state IN ('sent', 'uncertain')) AS sent,
      (SELECT count(*)::int FROM delivery WHERE "queueId" = ${byQueueId}::int) AS changes`
  return rows[0] ?? { sent: 0, changes: 0 }
}
