import type { OutcomeListener } from '../../delivery/outcome-listener.ts'
import type { DeadlineDeps } from './deadline-deps.ts'
import { repostCard } from './repost-card.ts'

/** What follows when a reminder could not be said where it was to be said, by purpose. */
export function createDeadlineListeners(deps: DeadlineDeps): Record<string, OutcomeListener> {
  return {
    'tip-nudge': async (tx, { subject, address: { chatId }, outgoing, end }) => {
      if (end.state === 'sent' || end.why !== 'route') return
      const cardId = /^card:(\d+)$/.exec(subject ?? '')?.[1]
      // The card is gone, or its topic: it comes anew, and the reminder after it.
      if (cardId !== undefined && (await repostCard(tx, deps, Number(cardId)))) {
        if (outgoing.kind !== 'text') return
        const { text } = outgoing
        await deps.enqueue(tx, {
          lane: 'urgent',
          purpose: 'tip-deadline',
          address: { chatId },
          outgoing: { kind: 'text', text },
        })
      }
    },
  }
}
