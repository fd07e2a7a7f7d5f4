import type { Db } from '../../db/open-database.ts'

/**
 * listed: waits, named in a list. queued: being sent. shown: stands in the inbox. failed: Telegram refused it.
 * withdrawn: the tip went elsewhere.
 */
type TipCardState = 'listed' | 'queued' | 'shown' | 'failed' | 'withdrawn'

export type TipCard = {
  id: number
  tipId: number
  groupId: number
  chatId: number
  threadId: number | null
  messageId: number | null
  state: TipCardState
}

export async function createTipCard(
  tx: Db,
  card: { tipId: number; groupId: number; chatId: number; createdAt: Date } & (
    | { state: 'queued'; messages: number; releasedAt: Date }
    | { state: 'listed' }
  ),
): Promise<TipCard> {
  const row = await tx.tipCard.create({ data: { ...card, chatId: BigInt(card.chatId) } })
  return toCard(row)
}

export async function findTipCard(db: Db, id: number): Promise<TipCard | null> {
  const row = await db.tipCard.findUnique({ where: { id } })
  return row && toCard(row)
}

/** The card that stands in an inbox now. */
export async function findShownCard(db: Db, tipId: number): Promise<TipCard | null> {
  const row = await db.tipCard.findFirst({
    where: { tipId, state: 'shown' },
    orderBy: { id: 'desc' },
  })
  return row && toCard(row)
}

/** The cards that count, shown or under way: one, unless something went wrong. */
export async function listActiveCards(db: Db, tipId: number): Promise<TipCard[]> {
  const where = { tipId, state: { not: 'withdrawn' } }
  return (await db.tipCard.findMany({ where, orderBy: { id: 'asc' } })).map(toCard)
}

/** The card that stands here as this message, or one behind which this message stands. */
export async function findCardByMessage(
  db: Db,
  { chatId, messageId }: { chatId: number; messageId: number },
): Promise<TipCard | null> {
  const row = await db.tipCard.findFirst({
    where: {
      ...{ state: 'shown', ...standingIn(chatId) },
      OR: [{ messageId }, { posts: { some: { messageId } } }],
    },
    orderBy: { id: 'desc' },
  })
  return row && toCard(row)
}

/** The card that has this topic. */
export async function findCardByThread(
  db: Db,
  { chatId, threadId }: { chatId: number; threadId: number },
): Promise<TipCard | null> {
  const row = await db.tipCard.findFirst({
    where: { threadId, state: 'shown', ...standingIn(chatId) },
    orderBy: { id: 'desc' },
  })
  return row && toCard(row)
}

/** Both: a number means a message of the chat in which it was given, and only of an inbox. */
const standingIn = (chatId: number) => ({
  chatId: BigInt(chatId),
  group: { inboxChatId: BigInt(chatId) },
})

/** False when it is no longer being sent. */
export async function saveCardThread(
  tx: Db,
  id: number,
  threadId: number | null,
): Promise<boolean> {
  const { count } = await tx.tipCard.updateMany({
    where: { id, state: 'queued' },
    data: { threadId },
  })
  return count === 1
}

/**
 * False when it is no longer being sent: it was withdrawn while it was under way. `chatId`: where it stands, which may be
 * another chat than the one it was sent to.
 */
export async function saveSentCard(
  tx: Db,
  id: number,
  sent: { state: 'shown'; chatId: number; messageId: number | null } | { state: 'failed' },
): Promise<boolean> {
  const data = 'chatId' in sent ? { ...sent, chatId: BigInt(sent.chatId) } : sent
  const { count } = await tx.tipCard.updateMany({ where: { id, state: 'queued' }, data })
  return count === 1
}

/** Its message was gone, and it stands as another one of the same chat now. False when it left. */
export async function saveCardMessage(
  tx: Db,
  { id, chatId }: TipCard,
  messageId: number,
): Promise<boolean> {
  const { count } = await tx.tipCard.updateMany({
    where: { id, chatId: BigInt(chatId), state: 'shown' },
    data: { messageId },
  })
  return count === 1
}

/** The tip goes elsewhere: none of its cards counts any more. */
export async function withdrawCards(tx: Db, tipId: number): Promise<void> {
  await tx.tipCard.updateMany({
    where: { tipId, state: { in: ['listed', 'queued', 'shown', 'failed'] } },
    data: { state: 'withdrawn' },
  })
}

/** Somebody deleted it in its chat. False when it no longer counted. */
export async function withdrawCard(tx: Db, id: number): Promise<boolean> {
  const { count } = await tx.tipCard.updateMany({
    where: { id, state: 'shown' },
    data: { state: 'withdrawn' },
  })
  return count === 1
}

/** Cards that count and stand in another chat than the inbox of today, oldest first. */
export async function listCardsElsewhere(
  db: Db,
  { groupId, chatId }: { groupId: number; chatId: number },
): Promise<TipCard[]> {
  const rows = await db.tipCard.findMany({
    where: { groupId, chatId: { not: BigInt(chatId) }, state: 'shown' },
    orderBy: { id: 'asc' },
  })
  return rows.map(toCard)
}

/**
 * What stands in chats that are inboxes no more, out of our reach: of this tip, or of all tips of this group. The message
 * number of what could be emptied or was told of is forgotten.
 */
export async function listStrandedCards(
  db: Db,
  of: { tipId: number } | { groupId: number },
): Promise<TipCard[]> {
  const rows = await db.tipCard.findMany({
    where: { ...of, state: 'withdrawn', messageId: { not: null } },
    include: { group: { select: { inboxChatId: true, inboxState: true } } },
    orderBy: { id: 'asc' },
  })
  return rows
    .filter(({ chatId, group }) => group.inboxState === 'bound' && group.inboxChatId !== chatId)
    .map(toCard)
}

/** What still stands in this chat for tips that went elsewhere, oldest first. */
export async function listWithdrawnCards(
  db: Db,
  { groupId, chatId }: { groupId: number; chatId: number },
): Promise<TipCard[]> {
  const rows = await db.tipCard.findMany({
    where: { groupId, chatId: BigInt(chatId), state: 'withdrawn', messageId: { not: null } },
    orderBy: { id: 'asc' },
  })
  return rows.map(toCard)
}

/** The message in the chat is no card any more. False when that was known. */
export async function releaseCardMessage(tx: Db, { id, messageId }: TipCard): Promise<boolean> {
  const { count } = await tx.tipCard.updateMany({
    where: { id, messageId, state: 'withdrawn' },
    data: { messageId: null },
  })
  return count === 1
}

function toCard(
  row: Omit<TipCard, 'chatId' | 'state'> & { chatId: bigint; state: string },
): TipCard {
  const { id, tipId, groupId, threadId, messageId } = row
  const state = row.state as TipCardState
  return { id, tipId, groupId, chatId: Number(row.chatId), threadId, messageId, state }
}
