import type { PrismaClient } from '../db/open-database.ts'
import { describeError } from '../errors.ts'
import type { OutcomeListeners } from './outcome-listener.ts'
import type { SendOutcome } from './outgoing.ts'

/** Before looking whether the operator has mended it. */
export const refusalPauseMs = 30_000

/** What does not come from Telegram says nothing about whether the bot is still refused. */
const noAnswers = new Set<SendOutcome['kind']>(['unknown', 'unreachable', 'no-file'])

/** Remembers whether Telegram refuses the bot itself: its token is revoked, or another process uses it. */
export function createBotRefusal({
  db,
  listeners,
  monotonicMs,
  log,
}: {
  db: PrismaClient
  listeners: Pick<OutcomeListeners, 'refused'>
  monotonicMs: () => number
  log: {
    info: (fields: object, text: string) => void
    error: (fields: object, text: string) => void
  }
}) {
  let current: { reason: string; untilMs: number } | null = null

  async function tell(reason: string): Promise<void> {
    log.error({ reason }, 'Telegram refuses this bot: nothing can be sent')
    await db
      .$transaction(async (tx) => listeners.refused?.(tx, reason))
      .catch((error: unknown) =>
        log.error({ error: describeError(error) }, 'the admins could not be told of the refusal'),
      )
  }

  return {
    reason: () => current?.reason ?? null,
    isPausing: () => current !== null && monotonicMs() < current.untilMs,
    /** Resolves when what follows is written. */
    note: async (outcome: SendOutcome): Promise<void> => {
      if (outcome.kind === 'fatal') {
        const isNew = current === null
        current = { reason: outcome.reason, untilMs: monotonicMs() + refusalPauseMs }
        if (isNew) await tell(outcome.reason)
        return
      }
      if (current === null || noAnswers.has(outcome.kind)) return
      current = null
      log.info({}, 'Telegram takes messages of this bot again')
    },
  }
}
