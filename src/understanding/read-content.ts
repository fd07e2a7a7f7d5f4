import { textFor } from '../content/content.ts'
import { findPublished } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import type { Keyring } from '../lib/keyring.ts'
import { findSubscriber } from '../subscribers/subscriber-store.ts'
import type { Question } from './question.ts'
import { findReading, saveRead } from './reading-store.ts'
import { isWaiting } from './spacing.ts'

export type ReadDeps = { keyring: Keyring; today: string }

export type ReadOutcome =
  /** Nobody whom we know subscribed in this chat: there is nothing that it could be noted for. */
  | { outcome: 'stranger' }
  | { outcome: 'gone' }
  /** It was asked today and waits for an answer: a second press must not send it a second time. */
  | { outcome: 'asked-before' }
  /** `question`: what to ask now; null when there is none, or the person answered it and it is not due again. */
  | { outcome: 'read'; isFirst: boolean; question: Question | null }

/** Somebody says that they have read it. As often as they like: it counts once. */
export async function readContent(
  tx: Db,
  { keyring, today }: ReadDeps,
  { chatId, contentId }: { chatId: number; contentId: number },
): Promise<ReadOutcome> {
  const subscriber = await findSubscriber(tx, keyring, chatId)
  if (!subscriber) return { outcome: 'stranger' }
  const key = { subscriberId: subscriber.id, contentId }
  const isFirst = await saveRead(tx, key, today)
  const reading = await findReading(tx, key)
  if (!reading) return { outcome: 'gone' }
  const version = await findPublished(tx, contentId, today)
  const quiz = version && textFor(version.texts, subscriber.language)?.quiz
  if (!quiz || !isWaiting(reading, today)) return { outcome: 'read', isFirst, question: null }
  if (!isFirst && reading.tries === 0 && reading.readOn === today)
    return { outcome: 'asked-before' }
  const { number } = version
  return {
    outcome: 'read',
    isFirst,
    question: { contentId, number, quiz, tries: reading.tries },
  }
}
