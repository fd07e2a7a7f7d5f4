import type { Db } from '../../db/open-database.ts'
import { addressOfCard, subjectOfCard } from '../cards/show-card.ts'
import { findTipCard } from '../cards/tip-card-store.ts'
import type { TipDeps } from '../tip-deps.ts'
import { type DroppedPrompt, dropPrompts } from './prompt-store.ts'

type Deps = Pick<TipDeps, 'enqueue'>

/** What was begun at a tip counts no more, and does not stand in the chat as if it waited for an answer. */
export async function clearPrompts(tx: Db, deps: Deps, tipId: number): Promise<void> {
  await removePrompts(tx, deps, await dropPrompts(tx, tipId))
}

/** Takes the messages of dropped prompts out of the chat. One that is still on its way is taken out when it arrives. */
export async function removePrompts(
  tx: Db,
  deps: Deps,
  dropped: readonly DroppedPrompt[],
): Promise<void> {
  for (const { cardId, messageId } of dropped) {
    const card = messageId === null ? null : await findTipCard(tx, cardId)
    if (messageId === null || !card) continue
    await deps.enqueue(tx, {
      lane: 'urgent',
      purpose: 'tidy',
      subject: subjectOfCard(card),
      address: addressOfCard(card),
      outgoing: { kind: 'delete', messageId },
    })
  }
}
