import type { Db } from '../../db/open-database.ts'
import type { TipDeps } from '../tip-deps.ts'
import { listMessages, type MessageRow, toReporter } from './message-store.ts'
import { findOwnTip } from './own-message.ts'

/** `isNew`: nobody looked at it, or it waits for an answer. */
export type Unheard = { id: number; kind: (typeof toReporter)[number]; isNew: boolean }

/** More buttons than that nobody reads; the newest count. */
const shownAtMost = 3

/**
 * What this chat may still have to read or answer about a tip of its own: the note that told of it may have been
 * deleted with the chat, or never have come because the bot was blocked. Oldest first; nothing for other chats.
 */
export async function listUnheard(
  db: Db,
  deps: Pick<TipDeps, 'keyring'>,
  own: { chatId: number; tipId: number },
): Promise<Unheard[]> {
  const tip = await findOwnTip(db, deps, own)
  if (!tip) return []
  return pickUnheard(await listMessages(db, tip.id), tip.state === 'closed')
}

/**
 * Pure. What was not looked at, questions that wait for an answer, and of a closed tip its result, looked at or not. Of
 * notices only the last: it says what those before it said and more, and none may crowd out a question.
 */
export function pickUnheard(
  messages: readonly Pick<MessageRow, 'id' | 'kind' | 'state'>[],
  isClosed: boolean,
): Unheard[] {
  const result = messages.findLast(({ kind }) => kind === 'result')
  const notice = messages.findLast(({ kind }) => kind === 'notice')
  return messages
    .flatMap(({ id, kind, state }): Unheard[] => {
      const ours = toReporter.find((one) => one === kind)
      if (!ours) return []
      if (ours === 'result')
        return isClosed && id === result?.id ? [{ id, kind: ours, isNew: state === 'sent' }] : []
      if (ours === 'notice' && id !== notice?.id) return []
      const isOpenQuestion = ours === 'question' && state === 'opened' && !isClosed
      return state === 'sent' || isOpenQuestion ? [{ id, kind: ours, isNew: true }] : []
    })
    .slice(-shownAtMost)
}
