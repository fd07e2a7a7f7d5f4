import type { Db } from '../../db/open-database.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { TipCard } from './tip-card-store.ts'

/** Tells the group that the reporter gave a name, and that it is locked: such a tip comes first. */
export async function enqueueNameNote(
  tx: Db,
  { messages, enqueue, officeLanguage }: Pick<TipDeps, 'messages' | 'enqueue' | 'officeLanguage'>,
  { card, number }: { card: TipCard; number: string },
): Promise<void> {
  const { chatId, threadId, messageId } = card
  await enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-card-part',
    subject: `card:${card.id}`,
    address: { chatId, ...(threadId === null ? {} : { threadId }) },
    outgoing: {
      kind: 'text',
      text: messages.in(officeLanguage)('identity:card', { number }),
      isProtected: true,
      ...(messageId === null ? {} : { replyTo: messageId }),
    },
  })
}
