import type { Db } from '../db/open-database.ts'
import { sealAddress } from '../delivery/enqueue-delivery.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Language } from '../messages/messages.ts'
import type { Subscriber, SubscriberState } from './subscriber.ts'

/** Under which a chat is kept as a subscriber. */
export const subscriberKey = (keyring: Keyring, chatId: number) =>
  keyring.hash('subscriber', String(chatId))

export async function findSubscriber(
  db: Db,
  keyring: Keyring,
  chatId: number,
): Promise<Subscriber | null> {
  const [row] = await db.$queryRaw<
    (Omit<Subscriber, 'pausedUntil'> & { pausedUntil: Date | null })[]
  >`
    SELECT id, state, language, "areaId", role, coalesce("mutedTopics", '{}') AS "mutedTopics", hour, "pausedUntil" FROM subscriber
    WHERE "chatKey" = ${subscriberKey(keyring, chatId)}`
  return row ? { ...row, pausedUntil: row.pausedUntil?.toISOString().slice(0, 10) ?? null } : null
}

export type SubscriberChange = Partial<Omit<Subscriber, 'id' | 'areaId'>> & {
  areaId?: number
  /** YYYY-MM-DD. */
  subscribedOn?: string
}

/**
 * Writes what changed, for a chat that may be new. `today` (YYYY-MM-DD) is kept instead of the moment: otherwise the
 * time alone would join a subscriber to the tip that he filed a minute later.
 */
export async function saveSubscriber(
  db: Db,
  keyring: Keyring,
  { chatId, today, language }: { chatId: number; today: string; language: Language },
  change: SubscriberChange,
): Promise<void> {
  const data = toData(change)
  await db.subscriber.upsert({
    where: { chatKey: subscriberKey(keyring, chatId) },
    update: data,
    create: {
      chatKey: subscriberKey(keyring, chatId),
      address: sealAddress(keyring, { chatId }),
      language,
      state: 'choosing',
      subscribedOn: new Date(today),
      ...data,
    },
  })
}

/** Changes a chat that is known; false when it is not, or its state is none of `from`. */
export async function changeSubscriber(
  db: Db,
  keyring: Keyring,
  chatId: number,
  change: SubscriberChange,
  from?: readonly SubscriberState[],
): Promise<boolean> {
  const { count } = await db.subscriber.updateMany({
    where: {
      chatKey: subscriberKey(keyring, chatId),
      ...(from ? { state: { in: [...from] } } : {}),
    },
    data: toData(change),
  })
  return count === 1
}

/** Changes only the state; nothing happens for a chat that is not known, or whose state is another than `from`. */
export async function moveSubscriber(
  db: Db,
  keyring: Keyring,
  chatId: number,
  { from, to }: { from: SubscriberState[]; to: SubscriberState },
): Promise<boolean> {
  return changeSubscriber(db, keyring, chatId, { state: to }, from)
}

/** Removes the row, and with it what this chat read and answered. */
export async function deleteSubscriber(tx: Db, id: number): Promise<void> {
  await tx.subscriber.deleteMany({ where: { id } })
}

function toData({ pausedUntil, subscribedOn, ...plain }: SubscriberChange) {
  return {
    ...plain,
    ...(pausedUntil === undefined ? {} : { pausedUntil: pausedUntil && new Date(pausedUntil) }),
    ...(subscribedOn === undefined ? {} : { subscribedOn: new Date(subscribedOn) }),
  }
}
