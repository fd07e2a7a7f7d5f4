import type { Db } from '../../db/open-database.ts'
import { addressOfCard, type CardDeps, subjectOfCard } from './show-card.ts'
import { releaseCardMessage, type TipCard } from './tip-card-store.ts'
import { deletePosts, listPosts } from './tip-post-store.ts'

/** As many as Telegram takes. */
const deletedAtOnce = 100

/**
 * Empties a withdrawn card in the chat in which it stands, and deletes what stands behind it. `text` is what is left of
 * it; with `leavesNothing` not even that.
 */
export async function clearCard(
  tx: Db,
  deps: Pick<CardDeps, 'enqueue'>,
  card: TipCard,
  { text, leavesNothing }: { text: string; leavesNothing: boolean },
): Promise<void> {
  const about = {
    lane: 'urgent' as const,
    purpose: 'tip-card-withdrawn',
    subject: subjectOfCard(card),
    address: addressOfCard(card),
  }
  const { messageId } = card
  const posts = await listPosts(tx, card.id)
  await deletePosts(tx, card.id)
  await releaseCardMessage(tx, card)
  // Emptied before it is deleted: Telegram may refuse to delete what is older than two days.
  if (messageId !== null)
    await deps.enqueue(tx, { ...about, outgoing: { kind: 'edit', messageId, text } })
  const all = leavesNothing && messageId !== null ? [messageId, ...posts] : posts
  for (let from = 0; from < all.length; from += deletedAtOnce) {
    const messageIds = all.slice(from, from + deletedAtOnce)
    await deps.enqueue(tx, { ...about, outgoing: { kind: 'delete-many', messageIds } })
  }
  const { threadId } = card
  if (threadId === null) return
  // Closed first: without the right to delete it, at least nobody goes on writing in it.
  await deps.enqueue(tx, { ...about, outgoing: { kind: 'close-topic', threadId } })
  if (leavesNothing)
    await deps.enqueue(tx, { ...about, outgoing: { kind: 'delete-topic', threadId } })
}
