/** Long polling: at most one waiting getUpdates per bot. */
import { conflict } from '../errors.ts'
import type { PollRequest } from '../methods/method.ts'
import type { Bot, QueuedUpdate } from '../world/state.ts'
import { confirmBefore, dropExpired, wireUpdate } from '../world/updates.ts'
import type { World } from '../world/world.ts'

const ONE_INSTANCE =
  'terminated by other getUpdates request; make sure that only one bot instance is running'

interface Waiting {
  wake(): void
  terminate(reason: string): void
}

export interface Polls {
  poll(bot: Bot, request: PollRequest, signal: AbortSignal): Promise<unknown[]>
  terminate(botId: number, reason: string): void
  /** Called when an update may have become visible. */
  wake(botId: number): void
  /** Answers every waiting poll with nothing. */
  stop(): void
}

export function createPolls(deps: {
  world: World
  secondMs: number
  /** Told when an update is done with. */
  onDone: (bot: Bot, update: QueuedUpdate) => void
}): Polls {
  const { world } = deps
  const waiting = new Map<number, Waiting>()
  let stopped = false

  function visible(bot: Bot, limit: number): unknown[] {
    dropExpired(world, bot)
    const batch: unknown[] = []
    for (const update of bot.updates) {
      if (batch.length >= limit) break
      if (update.standing === 'held') continue
      delete update.standing
      batch.push(wireUpdate(update))
    }
    return batch
  }

  return {
    async poll(bot, request, signal) {
      const botId = bot.user.id
      waiting.get(botId)?.terminate(ONE_INSTANCE)
      for (const update of confirmBefore(bot, request.offset)) deps.onDone(bot, update)
      const batch = visible(bot, request.limit)
      if (batch.length > 0 || request.timeoutSeconds === 0 || stopped) return batch

      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, request.timeoutSeconds * deps.secondMs)
      const entry: Waiting = {
        wake: () => {
          if (bot.updates.some((update) => update.standing !== 'held')) resolve()
        },
        terminate: (reason) => reject(conflict(reason)),
      }
      waiting.set(botId, entry)
      signal.addEventListener('abort', () => resolve(), { once: true })
      try {
        await promise
      } finally {
        clearTimeout(timer)
        if (waiting.get(botId) === entry) waiting.delete(botId)
      }
      return visible(bot, request.limit)
    },
    terminate: (botId, reason) => waiting.get(botId)?.terminate(reason),
    wake: (botId) => waiting.get(botId)?.wake(),
    stop() {
      stopped = true
      for (const entry of waiting.values()) entry.terminate('the stand-in stops')
    },
  }
}
