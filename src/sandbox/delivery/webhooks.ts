/**
 * Webhook delivery. Updates of one queue go out one after the other: the next only when the one
 * before it was accepted or has expired. Queues are independent of each other, up to the bot's
 * `max_connections`.
 */
import type { Settings } from '../options.ts'
import type { Bot, QueuedUpdate } from '../world/state.ts'
import { removeUpdate, wireUpdate } from '../world/updates.ts'
import type { World } from '../world/world.ts'

const MAX_RETRY_AFTER_SECONDS = 3600

export interface Webhooks {
  /** An update is new or has been released. */
  offer(bot: Bot, update: QueuedUpdate): void
  restart(bot: Bot): void
  stop(): Promise<void>
}

interface Runner {
  bot: Bot
  lanes: Map<string, QueuedUpdate[]>
  /** Lanes that wait for a free connection. */
  ready: string[]
  connections: number
  aborter: AbortController
}

export function createWebhooks(deps: {
  world: World
  settings: Settings
  /** Runs the method call that a webhook may answer with. */
  runReply: (bot: Bot, body: string) => void
  /** Told when an update is done with. */
  onDone: (bot: Bot, update: QueuedUpdate) => void
}): Webhooks {
  const { world, settings } = deps
  const runners = new Map<number, Runner>()
  const running = new Set<Promise<void>>()

  function offerTo(runner: Runner, update: QueuedUpdate): void {
    const lane = runner.lanes.get(update.queue)
    if (lane) {
      lane.push(update)
      return
    }
    runner.lanes.set(update.queue, [update])
    runner.ready.push(update.queue)
    fill(runner)
  }

  function fill(runner: Runner): void {
    const most = runner.bot.webhook?.maxConnections ?? 0
    while (runner.connections < most) {
      const queue = runner.ready.shift()
      if (queue === undefined) return
      runner.connections += 1
      const work = runLane(runner, queue).finally(() => {
        runner.connections -= 1
        running.delete(work)
        if (!runner.aborter.signal.aborted) fill(runner)
      })
      running.add(work)
    }
  }

  /** Delivers one update, then lets other lanes have the connection. */
  async function runLane(runner: Runner, queue: string): Promise<void> {
    const lane = runner.lanes.get(queue) ?? []
    const update = lane[0]
    if (!update) return
    const isDone = await deliver(runner, update)
    if (!isDone) return
    lane.shift()
    removeUpdate(runner.bot, update)
    deps.onDone(runner.bot, update)
    if (lane.length > 0) runner.ready.push(queue)
    else runner.lanes.delete(queue)
  }

  /** Resolves to false only when the webhook was changed or the stand-in stops. */
  async function deliver(runner: Runner, update: QueuedUpdate): Promise<boolean> {
    const { signal } = runner.aborter
    for (let failures = 0; !signal.aborted; failures += 1) {
      if (update.expiresAt <= world.nowMs()) return true
      const outcome = await attempt(runner, update)
      if (signal.aborted) return false
      if (outcome.ok) {
        if (outcome.body) deps.runReply(runner.bot, outcome.body)
        return true
      }
      if (runner.bot.webhook) {
        runner.bot.webhook.lastErrorDate = world.nowSeconds()
        runner.bot.webhook.lastErrorMessage = outcome.error
      }
      await pause(retryPauseMs(failures, outcome.retryAfterSeconds), signal)
    }
    return false
  }

  /** The first retry comes at once. */
  function retryPauseMs(failures: number, retryAfterSeconds: number | null): number {
    if (retryAfterSeconds !== null) {
      return Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS) * settings.secondMs
    }
    if (failures === 0) return 0
    return Math.min(settings.retryScaleMs * 2 ** (failures - 1), settings.webhookMaxRetryMs)
  }

  async function attempt(runner: Runner, update: QueuedUpdate): Promise<Attempt> {
    const { webhook } = runner.bot
    if (!webhook) return { ok: false, error: 'Webhook was removed', retryAfterSeconds: null }
    const timeout = AbortSignal.timeout(settings.webhookTimeoutMs)
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(webhook.secretToken && { 'x-telegram-bot-api-secret-token': webhook.secretToken }),
        },
        body: JSON.stringify(wireUpdate(update)),
        redirect: 'manual',
        signal: AbortSignal.any([runner.aborter.signal, timeout]),
      })
      const body = await response.text()
      if (response.ok) return { ok: true, body }
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
      return {
        ok: false,
        error: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
        retryAfterSeconds: Number.isFinite(seconds) && seconds > 0 ? seconds : null,
      }
    } catch (error) {
      return {
        ok: false,
        error: timeout.aborted ? 'Read timeout expired' : connectionError(error),
        retryAfterSeconds: null,
      }
    }
  }

  function close(botId: number): void {
    runners.get(botId)?.aborter.abort()
    runners.delete(botId)
  }

  function open(bot: Bot): Runner {
    const runner: Runner = {
      bot,
      lanes: new Map(),
      ready: [],
      connections: 0,
      aborter: new AbortController(),
    }
    runners.set(bot.user.id, runner)
    return runner
  }

  return {
    offer(bot, update) {
      const runner = runners.get(bot.user.id)
      if (bot.webhook && runner) offerTo(runner, update)
    },
    restart(bot) {
      close(bot.user.id)
      if (!bot.webhook) return
      const runner = open(bot)
      for (const update of [...bot.updates]) if (update.standing !== 'held') offerTo(runner, update)
    },
    async stop() {
      for (const botId of [...runners.keys()]) close(botId)
      await Promise.allSettled(running)
    },
  }
}

type Attempt =
  | { ok: true; body: string }
  | { ok: false; error: string; retryAfterSeconds: number | null }

function connectionError(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const code = (cause as { code?: unknown } | undefined)?.code
  return code === 'ECONNREFUSED' ? 'Connection refused' : 'Connection was closed unexpectedly'
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })
}
