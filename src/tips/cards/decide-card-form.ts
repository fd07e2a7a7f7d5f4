/** How long Telegram counts what a group gets; core.telegram.org/bots/faq: 20 messages a minute. */
export const inboxLoadMs = 60_000

/**
 * Messages that tips may take of these 20 as cards of their own. The others are for the list and its changes, for tips
 * that are opened by hand or happen at this moment, and for what is said about tips: none of these may wait a minute.
 */
export const cardMessagesPerMinute = 12

/** Changes of lists are messages too: one for an inbox in so long. */
export const listEditEveryMs = 15_000

/** What is under way into one inbox. Counted in the tables, so that every process decides alike. */
export type InboxLoad = {
  /** Tips that wait in a list. */
  listed: number
  /** Messages of the cards that were queued in the last minute or have not gone out yet. */
  messages: number
}

/** Whether a card goes out by itself or its tip waits in the list. Who came first goes out first. */
export function decideCardForm(
  card: { isUrgent: boolean; messages: number },
  load: InboxLoad,
): 'own' | 'list' {
  if (card.isUrgent) return 'own'
  if (load.listed > 0) return 'list'
  return fitsIntoMinute(card.messages, load.messages) ? 'own' : 'list'
}

/** A card with more photos than fit into a minute goes alone: it would never fit better. */
export function fitsIntoMinute(messages: number, underWay: number): boolean {
  return underWay === 0 || underWay + messages <= cardMessagesPerMinute
}
