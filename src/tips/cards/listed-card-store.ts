import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import type { InboxLoad } from './decide-card-form.ts'

/** The chat of a group. */
export type Inbox = Pick<Group, 'inboxChatId' | 'inboxForum'>

/**
 * The inbox of a group. Whoever decides what goes into it waits here until this transaction ends, so that all count the
 * same.
 */
export async function lockInbox(tx: Db, groupId: number): Promise<Inbox | null> {
  const [row] = await tx.$queryRaw<{ inboxChatId: bigint | null; inboxForum: boolean }[]>`
    SELECT "inboxChatId", "inboxForum" FROM "group" WHERE id = ${groupId} FOR NO KEY UPDATE`
  if (!row) return null
  return { ...row, inboxChatId: row.inboxChatId === null ? null : Number(row.inboxChatId) }
}

/** As `lockInbox`, but waits for nobody: false when somebody else has it. */
export async function tryLockInbox(tx: Db, groupId: number): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT id FROM "group" WHERE id = ${groupId} FOR NO KEY UPDATE SKIP LOCKED`
  return rows.length > 0
}

/** What waits for this inbox, and what it was given since then. */
export async function readInboxLoad(db: Db, groupId: number, since: Date): Promise<InboxLoad> {
  const [load] = await db.$queryRaw<InboxLoad[]>`
    SELECT (SELECT count(*) FROM tip_card WHERE "groupId" = ${groupId} AND state = 'listed')::int AS listed,
      (SELECT coalesce(sum(messages), 0) FROM tip_card
        WHERE "groupId" = ${groupId} AND (state = 'queued' OR "releasedAt" > ${since}))::int AS messages`
  return load ?? { listed: 0, messages: 0 }
}

/** A card that waited goes out by itself. One wins: false when it did so before, or left. */
export async function saveReleasedCard(
  tx: Db,
  id: number,
  released: { chatId: number; messages: number; releasedAt: Date },
): Promise<boolean> {
  const { count } = await tx.tipCard.updateMany({
    where: { id, state: 'listed' },
    data: { ...released, chatId: BigInt(released.chatId), state: 'queued' },
  })
  return count === 1
}

/** It cannot be put into words: nobody waits for it any more. */
export async function saveUnreadableCard(tx: Db, id: number): Promise<void> {
  await tx.tipCard.updateMany({ where: { id, state: 'listed' }, data: { state: 'failed' } })
}

/**
 * Cards that wait, oldest first. Locked; those that somebody else changes at this moment are passed by, so that this
 * waits for nobody while it holds the inbox.
 */
export async function lockListedCards(tx: Db, groupId: number, limit: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM tip_card WHERE "groupId" = ${groupId} AND state = 'listed'
    ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  return rows.map(({ id }) => id)
}

/** Tips that ended, left this group or were erased while they waited have no card here any more. Returns how many. */
export async function dropListedCards(tx: Db, groupId: number): Promise<number> {
  return tx.$executeRaw`
    UPDATE tip_card SET state = 'withdrawn' WHERE id IN (
      SELECT c.id FROM tip_card c JOIN tip t ON t.id = c."tipId"
      WHERE c."groupId" = ${groupId} AND c.state = 'listed'
        AND (t.state = 'closed' OR t."groupId" IS DISTINCT FROM c."groupId" OR t."dataKey" IS NULL)
      FOR UPDATE OF c SKIP LOCKED)`
}
