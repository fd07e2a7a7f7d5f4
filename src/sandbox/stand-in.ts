/**
 * The stand-in: a local server that speaks the Telegram Bot API, with people to play and faults to
 * order through `/control`. Building does nothing; `start` listens. As a plugin it can be mounted
 * under a prefix of another Fastify server instead; then call `stop` before closing that server.
 */
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance } from 'fastify'
import { MAX_UPLOAD_BYTES } from './api/body.ts'
import { type Parts, runWebhookReply } from './api/dispatch.ts'
import { addBotRoutes } from './api/routes.ts'
import { addControlRoutes } from './control/routes.ts'
import { createDeliverer } from './delivery/deliver.ts'
import { createFaults } from './faults.ts'
import { createJournal } from './journal.ts'
import { createLimiter } from './limits.ts'
import { createMethodIndex } from './methods/table.ts'
import { resolveOptions, type StandInOptions } from './options.ts'
import { createBot, parseToken } from './world/people.ts'
import { createWorld, type World } from './world/world.ts'

export interface StandIn {
  plugin: (app: FastifyInstance) => Promise<void>
  world: World
  /** Listens; `url` is the API root to give to a bot. */
  start(at: { host?: string; port: number }): Promise<{ url: string }>
  /** Ends waiting polls and hanging calls at once. */
  stop(): Promise<void>
}

export function createStandIn(options: StandInOptions = {}): StandIn {
  const settings = resolveOptions(options)
  const world = createWorld({
    now: settings.now,
    updateIdBase: settings.updateIdBase,
    snapshot: settings.snapshot,
  })
  const { bot } = settings
  if (bot && !world.state.bots.has(parseToken(bot.token) ?? 0)) createBot(world, bot)
  const closer = new AbortController()
  const faults = createFaults()
  const parts: Parts = {
    world,
    settings,
    faults,
    limiter: createLimiter(settings.limits, settings.now),
    journal: createJournal({
      nowMs: settings.now,
      keepBodies: settings.keepBodies,
      capacity: settings.logCapacity,
    }),
    delivery: createDeliverer({
      world,
      faults,
      settings,
      runReply: (bot, body) => runWebhookReply(parts, bot, body),
    }),
    methods: createMethodIndex(),
    closing: closer.signal,
  }
  let app: FastifyInstance | null = null

  const plugin = async (scope: FastifyInstance): Promise<void> => {
    await scope.register(multipart, {
      limits: { fileSize: MAX_UPLOAD_BYTES, fieldSize: 1024 * 1024, files: 20 },
    })
    await scope.register(async (control) => addControlRoutes(control, parts), {
      prefix: '/control',
    })
    await scope.register(async (bots) => addBotRoutes(bots, parts))
    scope.addHook('onReady', async () => parts.delivery.start())
  }

  return {
    plugin,
    world,
    async start({ host = '127.0.0.1', port }) {
      if (app) throw new Error('The stand-in is already listening')
      // Long polls would hold a graceful close open; stop() has ended them by then.
      app = Fastify({ logger: settings.logger, forceCloseConnections: true, ...FASTIFY_LIMITS })
      await app.register(plugin)
      return { url: await app.listen({ host, port }) }
    },
    async stop() {
      closer.abort()
      faults.stop()
      await parts.delivery.stop()
      const listening = app
      app = null
      await listening?.close()
    },
  }
}

// A token and a file_id are longer than the 100 characters a path segment may have by default.
const FASTIFY_LIMITS = { routerOptions: { maxParamLength: 300 } }
