import { GrammyError } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import type { Db, PrismaClient } from '../db/open-database.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import { describeError, StartError } from '../errors.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Log } from '../lib/log.ts'
import { createLoop } from '../lib/loop.ts'
import { createOutage } from '../lib/outage.ts'
import type { Language, Messages } from '../messages/messages.ts'
import { createUpdateProcessor, type UpdateProcessor } from '../updates/process-updates.ts'
import { type ApiOptions, createApi } from './api.ts'
import { type BotDeps, createBot, type Features } from './bot.ts'
import { reasonOf } from './errors.ts'
import type { UpdateSource } from './polling.ts'
import { setUpProfile } from './set-up-profile.ts'

export type TelegramDeps = {
  db: PrismaClient
  keyring: Keyring
  messages: Messages
  enqueue: Enqueue
  defaultLanguage: Language
  api: ApiOptions
  adminIds: readonly number[]
  source: UpdateSource
  features: (me: UserFromGetMe) => Features
  /** Updates worked off at the same time. */
  workers: number
  /** Called after each commit: there may be something to send or to fetch. */
  wakeOthers: BotDeps['wake']
  /** Tells the admins of an update that was given up, in the transaction that parks it. */
  parked: (tx: Db) => Promise<void>
  now: () => Date
  log: Log
}

export type Telegram = {
  start: () => Promise<void>
  stop: () => Promise<void>
  /** Updates were kept. */
  wake: () => void
  /** Why no updates are worked off at present, or null. */
  problem: () => string | null
}

const retryMs = 3_000
/** Between two tries to set up the menus; then they stand until the next start. */
const menuRetryMs = 5_000
const dayMs = 86_400_000

/** The bot at work: it learns who it is, sets up its menus, takes updates and works them off. */
export function createTelegram(deps: TelegramDeps): Telegram {
  const { log } = deps
  const api = createApi(deps.api)
  let processor: UpdateProcessor | null = null
  let problem: string | null = 'not started'
  const outage = createOutage(log)
  const menuOutage = createOutage(log)
  let hasMenus = false
  const connecting = createLoop({ step: connect, onError: noteProblem, errorMs: retryMs })
  // Apart from connecting: without menus the bot works, and being connected is no reason not to try again.
  const menus = createLoop({
    step: setUpMenus,
    onError: (error) =>
      menuOutage.warn({ error: describeError(error) }, 'the menus are not set up, trying again'),
    errorMs: menuRetryMs,
  })

  /** Telegram may be away while we start. Updates that came before are kept and wait. */
  async function connect(): Promise<number> {
    if (problem === null) return 3_600_000
    const me = await api.getMe()
    const bot = createBot({ ...deps, me, wake: deps.wakeOthers, features: deps.features(me) })
    processor ??= createUpdateProcessor({
      ...deps,
      handle: bot.handle,
      parked: async (tx, update) => {
        await deps.parked(tx)
        await bot.apologise(tx, update)
      },
    })
    processor.start()
    await deps.source.start()
    problem = null
    outage.over('Telegram answers again')
    log.info({ bot: me.username }, 'connected to Telegram')
    menus.start()
    return 3_600_000
  }

  async function setUpMenus(): Promise<number> {
    if (!hasMenus) await setUpProfile(api, deps.messages, deps.adminIds)
    hasMenus = true
    menuOutage.over('the menus are set up')
    return dayMs
  }

  function noteProblem(error: unknown): void {
    const reason = error instanceof GrammyError ? reasonOf(error) : 'Telegram does not answer'
    if (problem !== null) problem = reason
    outage.warn(
      { error: describeError(error), problem: reason },
      'not connected to Telegram, trying again',
    )
  }

  return {
    start: async () => {
      await refuseWrongToken(() => api.getMe())
      connecting.start()
    },
    stop: async () => {
      await connecting.stop()
      await menus.stop()
      await deps.source.stop()
      await processor?.stop()
    },
    wake: () => processor?.wake(),
    problem: () => problem ?? deps.source.problem(),
  }
}

/** A token that Telegram does not know stops the start. A Telegram that does not answer does not: it may come back. */
async function refuseWrongToken(getMe: () => Promise<unknown>): Promise<void> {
  try {
    await getMe()
  } catch (error) {
    const isWrong = error instanceof GrammyError && [401, 404].includes(error.error_code)
    if (isWrong)
      throw new StartError(
        'BOT_TOKEN: Telegram does not know this token. Copy it again from @BotFather.',
      )
  }
}
