import { composeAnew, composeElsewhere, withoutReply } from './compose-anew.ts'
import type { Lane } from './delivery-store.ts'
import type { DeliveryEnd } from './outcome-listener.ts'
import type { Address, Outgoing, SendOutcome } from './outgoing.ts'

/** What happens to a delivery after one attempt. */
export type Next =
  | { kind: 'end'; end: DeliveryEnd }
  | { kind: 'uncertain'; reason: string }
  | {
      kind: 'again'
      afterMs: number
      isAttempt: boolean
      reason: string
      to?: Address
      outgoing?: Outgoing
    }

/** Why a message that had to be there was not changed: there is none (any more), or Telegram does not let it be changed. */
type UnchangedReason = 'edit-gone' | 'edit-refused'

/** Between tries when no answer came; the last value repeats. */
const retryAfterMs = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000]
/** After a stop of all sending, before looking whether the operator has mended it. */
const fatalPauseMs = 30_000

/** After so many tries a file that cannot be had counts as a mistake of ours: nothing in its chat may wait for ever. */
const mostFileAttempts = 5

/**
 * Pure. `attempts` counts this one. `mindsTopic`: somebody listens who decides himself what a missing topic means;
 * else the message goes to the chat itself.
 */
export function decideNext(
  outcome: SendOutcome,
  delivery: {
    lane: Lane
    attempts: number
    outgoing: Outgoing
    to: Address
    mindsTopic: boolean
  },
): Next {
  const { outgoing, to } = delivery
  switch (outcome.kind) {
    case 'sent': {
      const { kind: _sent, files: _files, ...result } = outcome
      return { kind: 'end', end: { state: 'sent', ...result } }
    }
    case 'wait':
      return { kind: 'again', afterMs: outcome.afterMs, isAttempt: false, reason: 'told to wait' }
    case 'unreachable':
      return { kind: 'again', afterMs: outcome.afterMs, isAttempt: false, reason: outcome.reason }
    case 'moved':
      return decideElsewhere(outgoing, outcome.chatId)
    case 'gone':
      return { kind: 'end', end: { state: 'blocked', why: 'gone', reason: outcome.reason } }
    case 'route':
      if (to.threadId !== undefined && !delivery.mindsTopic)
        return againNow('topic is missing', { to: { chatId: to.chatId } })
      return { kind: 'end', end: { state: 'failed', why: 'route', reason: outcome.reason } }
    case 'edit-gone':
      return decideWithoutEdit(outgoing, outcome.isTooOld ? 'edit-refused' : 'edit-gone')
    case 'reply-gone': {
      if (outgoing.kind === 'text' && outgoing.mustReply)
        return {
          kind: 'end',
          end: { state: 'failed', why: 'route', reason: 'no message to answer' },
        }
      const unbound = withoutReply(outgoing)
      if (unbound !== outgoing) return againNow('message to answer is gone', { outgoing: unbound })
      return { kind: 'end', end: { state: 'failed', why: 'bug', reason: 'no message to answer' } }
    }
    case 'no-file':
      if (delivery.attempts < mostFileAttempts)
        return {
          kind: 'again',
          afterMs: backoffMs(delivery.attempts),
          isAttempt: true,
          reason: outcome.reason,
        }
      return { kind: 'end', end: { state: 'failed', why: 'bug', reason: outcome.reason } }
    case 'bug':
      return { kind: 'end', end: { state: 'failed', why: 'bug', reason: outcome.reason } }
    case 'unknown':
      // A double tip or receipt carries its number and is recognised; a lost one is not. Bulk is left to a person.
      return delivery.lane === 'bulk'
        ? { kind: 'uncertain', reason: outcome.reason }
        : {
            kind: 'again',
            afterMs: backoffMs(delivery.attempts),
            isAttempt: true,
            reason: outcome.reason,
          }
    case 'fatal':
      return { kind: 'again', afterMs: fatalPauseMs, isAttempt: false, reason: outcome.reason }
  }
}

function backoffMs(attempts: number): number {
  return retryAfterMs[Math.min(attempts, retryAfterMs.length) - 1] ?? 1_000
}

const againNow = (reason: string, change: { to?: Address; outgoing?: Outgoing }): Next => ({
  kind: 'again',
  afterMs: 0,
  isAttempt: true,
  reason,
  ...change,
})

/** The message to edit is gone or too old: what it was to say is said in a new one, unless it was to be that one. */
function decideWithoutEdit(outgoing: Outgoing, why: UnchangedReason): Next {
  if ('mustExist' in outgoing && outgoing.mustExist) return endUnchanged(why)
  const anew = composeAnew(outgoing)
  if (!anew) return { kind: 'end', end: { state: 'sent' } }
  return againNow('message to edit is gone', { outgoing: anew })
}

const endUnchanged = (reason: UnchangedReason): Next => ({
  kind: 'end',
  end: { state: 'failed', why: 'gone', reason },
})

function decideElsewhere(outgoing: Outgoing, chatId: number): Next {
  if ('mustExist' in outgoing && outgoing.mustExist) return endUnchanged('edit-gone')
  const anew = composeElsewhere(outgoing)
  if (!anew) return { kind: 'end', end: { state: 'sent' } }
  return againNow('chat moved', { to: { chatId }, outgoing: anew })
}
