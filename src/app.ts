import type { FastifyInstance } from 'fastify'
import { seedDirectory } from './areas/seed-directory.ts'
import type { Config } from './config.ts'
import { seedContent } from './content/seed-content.ts'
import { dedicateDatabase, refuseForeignDatabase } from './db/dedicate-database.ts'
import { type Database, openDatabase } from './db/open-database.ts'
import { openKeyring } from './db/open-keyring.ts'
import { pingDatabase } from './db/setting-store.ts'
import { type PaceLimits, telegramLimits } from './delivery/pace.ts'
import { createEngine, type Engine } from './engine.ts'
import { seedGroups } from './groups/seed-groups.ts'
import type { Log } from './lib/log.ts'
import { createMessages } from './messages/messages.ts'
import { seedReminders } from './reminders/seed-reminders.ts'
import { openSandbox, sandboxAdminIds, sandboxBot, sandboxPrefix } from './sandbox-mode.ts'
import type { Cron } from './schedule.ts'
import { saveAdmins } from './staff/staff-store.ts'
import { type ApiOptions, botIdOf } from './telegram/api.ts'
import { webhookPath } from './telegram/webhook.ts'
import { loadInterview, openInterviews } from './tips/filing/interview-versions.ts'
import { keepUpdates } from './updates/keep-updates.ts'
import { listen } from './web/listen.ts'
import { servePages } from './web/pages.ts'
import { createServer } from './web/server.ts'
import { registerWebhook } from './web/webhook.ts'

export type App = {
  /** @throws StartError with one sentence for what the operator can mend. */
  start: () => Promise<{ url: string; isSandbox: boolean; keyCreated: boolean }>
  /** Finishes what is under way. May be called twice, and after a start that failed. */
  stop: () => Promise<void>
}

export type AppOptions = {
  log: Log
  now?: () => Date
  limits?: PaceLimits
  /** The database to use, already open and migrated; it is closed with the app. */
  open?: () => Promise<Database>
  /** Rings for timed work; left out: node-cron by the clock of this machine. */
  cron?: Cron
}

/** The composition root: everything is built here, from the configuration, and from nothing else. */
export function createApp(config: Config, options: AppOptions): App {
  const { log, now = () => new Date(), limits = telegramLimits } = options
  // Undone from the last to the first: the database closes when nobody uses it any more.
  const running = new AsyncDisposableStack()
  const isSandbox = config.botToken === undefined
  const adminIds = isSandbox ? sandboxAdminIds : config.adminTelegramIds

  async function start() {
    const { databaseUrl, dataDir } = config
    // First: nothing is touched while nobody could be asked anything.
    const interview = loadInterview(config.interviewFile)
    const database = await (options.open?.() ?? openDatabase({ url: databaseUrl, dataDir }))
    running.defer(database.close)
    const { db } = database
    const botId = config.botToken === undefined ? null : botIdOf(config.botToken)
    const user = { botId, place: config }
    if (isSandbox) await dedicateDatabase(db, user)
    else await refuseForeignDatabase(db, user)
    const { keyring, created: keyCreated } = await openKeyring(db, config.secretKeyFile)
    await seedDirectory(db, now())
    await seedGroups(db, now())
    await seedContent(db, now())
    await saveAdmins(db, { telegramIds: adminIds, language: config.defaultLanguage, now: now() })
    const sandbox = isSandbox ? await openSandbox({ db, keyring, config, now, log }) : null
    if (sandbox) running.defer(sandbox.stop)

    // The bot of the sandbox calls our own server, so the server listens first.
    const late: { engine?: Engine } = {}
    const keep = async (updates: unknown[]) => {
      if ((await keepUpdates({ db, keyring, now }, updates)) > 0) late.engine?.updatesKept()
    }
    const server = await createServer({ log, health: checks(database, late), register })
    running.defer(() => server.close())
    const url = await listen(server, config)
    const messages = await createMessages()
    await seedReminders(db, { t: messages.in(config.defaultLanguage), now: now() })
    const api = apiOf(url)
    late.engine = createEngine({
      database,
      keyring,
      messages,
      interviews: await openInterviews(db, interview),
      config,
      api,
      adminIds,
      keep,
      limits,
      now,
      log,
      cron: options.cron,
    })
    running.defer(late.engine.stop)
    await late.engine.start()
    // Not before: a token that Telegram refuses must not take the database from the sandbox.
    if (!isSandbox && (await dedicateDatabase(db, user)).otherBot)
      log.warn('another bot than before: people must press Start there, groups must add it')
    return { url, isSandbox, keyCreated }

    async function register(app: FastifyInstance): Promise<void> {
      const { telegramMode, webhookSecret: secret } = config
      if (telegramMode === 'webhook' && secret)
        registerWebhook(app, { path: webhookPath, secret, keep })
      if (!sandbox) return
      await sandbox.register(app)
      await servePages(app)
    }
  }

  function apiOf(url: string): ApiOptions {
    return config.botToken === undefined
      ? { token: sandboxBot.token, root: `${url}${sandboxPrefix}` }
      : { token: config.botToken, root: config.telegramApiRoot, proxy: config.httpsProxy }
  }

  return { start, stop: () => running.disposeAsync() }
}

function checks({ db }: Database, late: { engine?: Engine }) {
  return {
    database: async () => {
      await pingDatabase(db)
      return null
    },
    sender: async () => (late.engine ? late.engine.senderProblem() : 'not started'),
    updates: async () => (late.engine ? late.engine.updatesProblem() : 'not started'),
  }
}
