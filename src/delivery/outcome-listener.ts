import type { Db } from '../db/open-database.ts'
import type { Address, Member, Outgoing } from './outgoing.ts'

/** How a delivery ended. `why` tells a lost recipient from a missing right and from a bug of ours. */
export type DeliveryEnd =
  | {
      state: 'sent'
      /** Of an album the first; `messageIds` has all, in the order of its items. */
      messageId?: number | undefined
      messageIds?: number[] | undefined
      threadId?: number | undefined
      members?: Member[] | undefined
    }
  | { state: 'failed' | 'blocked'; why: 'gone' | 'route' | 'bug'; reason: string }

/**
 * What follows the end of a delivery with a certain purpose. Runs in the transaction that ends it, so that the next
 * step (a card after its topic, another group after a refusal) is written if and only if the end is.
 */
export type OutcomeListener = (
  tx: Db,
  ended: {
    subject: string | null
    /** Of bulk: the subscriber. */
    recipientId?: number | null
    address: Address
    outgoing: Outgoing
    end: DeliveryEnd
  },
) => Promise<void>

export type OutcomeListeners = {
  /** By purpose. */
  ended: Record<string, OutcomeListener>
  /** A chat that we may not write to any more, whatever the purpose was. */
  gone: (tx: Db, chatId: number, reason: string) => Promise<void>
  /** A group that lives on under another chat id. */
  moved: (tx: Db, fromChatId: number, toChatId: number) => Promise<void>
  /** Telegram will not have what we sent: a mistake of ours, which a person must look at. */
  mistaken?: (tx: Db, mistake: { purpose: string; reason: string }) => Promise<void>
  /** Telegram refuses the bot itself. What is written now goes out as soon as it does not any more. */
  refused?: (tx: Db, reason: string) => Promise<void>
}
