import { createDirectoryCache } from './areas/directory.ts'
import { progressListeners } from './campaigns/show-progress.ts'
import type { Config } from './config.ts'
import { createLease, dropLeases } from './db/lease-store.ts'
import type { Database, Db } from './db/open-database.ts'
import { createDispatcher, type Dispatcher } from './delivery/dispatcher.ts'
import { createEnqueue } from './delivery/enqueue-delivery.ts'
import type { PaceLimits } from './delivery/pace.ts'
import { senderLeaseName, senderLeaseSeconds } from './delivery/sending-lease.ts'
import { findSentFile } from './delivery/sent-file-store.ts'
import { describeError } from './errors.ts'
import { dayOf } from './lib/calendar.ts'
import type { Keyring } from './lib/keyring.ts'
import type { Log } from './lib/log.ts'
import { createLoop } from './lib/loop.ts'
import { createWorkingDays } from './lib/working-days.ts'
import type { Messages } from './messages/messages.ts'
import { type Cron, createSchedule } from './schedule.ts'
import { alarmAdmins } from './staff/alarm-admins.ts'
import { loadQr } from './subscribers/invites/qr-image.ts'
import { type ApiOptions, botIdOf, createApi } from './telegram/api.ts'
import { createCalendarImport } from './telegram/calendar-import.ts'
import { createContentImport } from './telegram/content-import.ts'
import { createDownload } from './telegram/download.ts'
import { createFeatures } from './telegram/features.ts'
import { createListeners } from './telegram/listeners.ts'
import { createPolling, pollLeaseSeconds, pollSeconds } from './telegram/polling.ts'
import { uploadSeconds } from './telegram/send-media.ts'
import { createTelegramSender } from './telegram/sender.ts'
import { createTelegram } from './telegram/telegram.ts'
import { createWebhook } from './telegram/webhook.ts'
import { createTipListeners } from './tips/cards/tip-listeners.ts'
import { createDeadlineListeners } from './tips/deadlines/deadline-listeners.ts'
import { cleanEvidence } from './tips/evidence/clean-evidence.ts'
import { fetchNextEvidence } from './tips/evidence/fetch-evidence.ts'
import { loadEvidence } from './tips/evidence/load-evidence.ts'
import type { Interviews } from './tips/filing/interview-versions.ts'
import { identityShownListener } from './tips/identity/show-identity.ts'
import { alarmBrokenInbox, restoreInbox } from './tips/routing/inbox-outage.ts'
import { rerouteHeldTips, rerouteWaitingTips } from './tips/routing/reroute-tips.ts'
import { followInbox } from './tips/routing/stranded-cards.ts'

export type EngineDeps = {
  database: Database
  keyring: Keyring
  messages: Messages
  interviews: Interviews
  config: Config
  api: ApiOptions
  adminIds: readonly number[]
  /** Keeps what Telegram told, and then calls `updatesKept`. */
  keep: (updates: unknown[]) => Promise<void>
  limits: PaceLimits
  now: () => Date
  log: Log
  cron?: Cron | undefined
}

/** Everything that works by itself: takes updates, works them off, fetches photos, sends, and keeps the schedule. */
export type Engine = {
  start: () => Promise<void>
  stop: () => Promise<void>
  /** There are new ones to work off. */
  updatesKept: () => void
  senderProblem: () => string | null
  updatesProblem: () => string | null
}

/** Between two looks for photos that nobody announced: those of an earlier run, and those to be tried again. */
const evidenceIdleMs = 5_000
/** An embedded database has one connection, so more workers would only queue for it. */
const workersOnServer = 8

export function createEngine(deps: EngineDeps): Engine {
  const { database, keyring, messages, config, api, now, log, limits } = deps
  const { db } = database
  const { defaultLanguage, timezone } = config
  const botId = Number(botIdOf(api.token))
  const client = createApi(api)
  const enqueue = createEnqueue({ keyring, now })
  const today = () => dayOf(now(), timezone)
  const t = messages.in(defaultLanguage)
  const shared = {
    keyring,
    messages,
    directory: createDirectoryCache(),
    enqueue,
    now,
    timezone,
    today,
    botId,
    t,
    approval: config.campaignApproval,
  }
  const routing = {
    ...shared,
    interviews: deps.interviews,
    officeLanguage: defaultLanguage,
    officeHours: createOfficeHours(config, log),
    retention: config.retention,
  }

  const inboxes = {
    onBroken: async (tx: Db, inbox: { groupId: number; groupName: string }) => {
      await alarmBrokenInbox(tx, routing, inbox)
      await rerouteWaitingTips(tx, routing, inbox.groupId)
    },
    onRestored: (tx: Db, inbox: { groupId: number; groupName: string }) =>
      restoreInbox(tx, routing, inbox),
    onMoved: (tx: Db, moved: { groupId: number; isReachable: boolean }) =>
      followInbox(tx, routing, moved),
    onBound: async (tx: Db) => {
      await rerouteHeldTips(tx, routing)
    },
  }
  const others = {
    ...createTipListeners(routing),
    ...createDeadlineListeners(routing),
    'identity-shown': identityShownListener(shared),
    ...progressListeners,
  }
  const dispatcher = createDispatcher({
    ...shared,
    db,
    log,
    limits,
    lease: createLease(db, senderLeaseName(botId), senderLeaseSeconds),
    sender: createTelegramSender({
      api: client,
      uploads: createApi({ ...api, holdSeconds: uploadSeconds }),
      loadFile: async (ref, kind) =>
        (await findSentFile(db, ref, kind)) ??
        (await loadQr(ref)) ??
        loadEvidence(db, { keyring }, ref),
    }),
    listeners: createListeners({ ...shared, ...inboxes, others }),
  })
  const download = createDownload({ api: client, options: api })
  const forTables = { ...shared, db, log, download, wake: dispatcher.wake }
  const importTable = createContentImport(forTables)
  const importDays = createCalendarImport(forTables)
  const evidence = createLoop({
    step: async () => {
      const fetched = await fetchNextEvidence({
        ...routing,
        db,
        download,
        clean: cleanEvidence,
        wake: dispatcher.wake,
      })
      return fetched || evidenceIdleMs
    },
    onError: (error) => log.error({ error: describeError(error) }, 'evidence cannot be fetched'),
  })
  const schedule = createSchedule({
    ...shared,
    db,
    log,
    routing,
    digestHour: config.digestHour,
    wake: dispatcher.wake,
    ...(deps.cron ? { cron: deps.cron } : {}),
  })
  const telegram = createTelegram({
    ...shared,
    db,
    log,
    api,
    defaultLanguage,
    adminIds: deps.adminIds,
    workers: database.kind === 'embedded' ? 1 : workersOnServer,
    features: ({ username }) =>
      createFeatures({ ...routing, ...inboxes, importTable, importDays, botUsername: username }),
    parked: (tx) => alarmAdmins(tx, shared, 'common:alarm.parked'),
    wakeOthers: ({ hasFile }) => {
      dispatcher.wake()
      if (hasFile) evidence.wake()
    },
    source: createSource(deps, botId),
  })

  return {
    start: async () => {
      if (database.kind === 'embedded') await dropLeases(db)
      dispatcher.start()
      evidence.start()
      schedule.start()
      await telegram.start()
    },
    stop: async () => {
      await Promise.all([schedule.stop(), telegram.stop(), evidence.stop()])
      // Last, so that what the others still wrote may go out.
      await dispatcher.stop()
    },
    updatesKept: telegram.wake,
    senderProblem: () => senderProblem(dispatcher, now),
    updatesProblem: telegram.problem,
  }
}

function createOfficeHours({ timezone, workingHours }: Config, log: Log) {
  const onUnknownYear = (year: number) =>
    log.warn({ year }, 'the public holidays of this year are not known: only weekends are off')
  return { ...createWorkingDays({ onUnknownYear }), timezone, hours: workingHours }
}

function createSource({ database, config, api, keep, log }: EngineDeps, botId: number) {
  const { telegramMode, publicUrl, webhookSecret } = config
  if (telegramMode === 'webhook' && publicUrl && webhookSecret)
    return createWebhook({ api: createApi(api), publicUrl, secret: webhookSecret })
  return createPolling({
    api: createApi({ ...api, holdSeconds: pollSeconds }),
    lease: createLease(database.db, `poller:${botId}`, pollLeaseSeconds),
    keep,
    log,
  })
}

/** A write that failed this long ago is over. */
const errorMemoryMs = 30_000

function senderProblem(dispatcher: Dispatcher, now: () => Date): string | null {
  const { fatal, lastErrorAt } = dispatcher.status()
  if (fatal) return `Telegram refuses the bot: ${fatal}`
  const isRecent = lastErrorAt && now().getTime() - lastErrorAt.getTime() < errorMemoryMs
  return isRecent ? 'the ledger could not be written' : null
}
