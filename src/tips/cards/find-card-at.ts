import type { Db } from '../../db/open-database.ts'
import { findCardByMessage, findCardByThread, type TipCard } from './tip-card-store.ts'

/** The card that a message in an inbox is about: the one it answers, or that of the topic in which it was written. */
export async function findCardAt(
  db: Db,
  at: { chatId: number; messageId: number; threadId?: number | undefined },
): Promise<TipCard | null> {
  const answered = at.messageId === 0 ? null : await findCardByMessage(db, at)
  if (answered || at.threadId === undefined) return answered
  return findCardByThread(db, { chatId: at.chatId, threadId: at.threadId })
}
