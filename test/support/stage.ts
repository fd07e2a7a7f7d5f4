import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createTask, schedule } from 'node-cron'
import type { LevelWithSilent } from 'pino'
import { afterAll } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/db/open-database.ts'
import type { PaceLimits } from '../../src/delivery/pace.ts'
import { minuteOf } from '../../src/lib/calendar.ts'
import { createLog } from '../../src/lib/log.ts'
import type { MessageView, PressView } from '../../src/sandbox/control/views.ts'
import type { StandInOptions } from '../../src/sandbox/options.ts'
import type { Cron } from '../../src/schedule.ts'
import { createScratchDatabase } from './database.ts'
import { startStandIn, testBot } from './stand-in.ts'

const unpaced: PaceLimits = {
  bot: { count: 1_000, perMs: 0 },
  paid: { count: 1_000, perMs: 0 },
  chat: { burst: 1_000, everyMs: 0 },
  group: { count: 1_000, perMs: 0 },
}

const timedByHand: readonly string[] = [
  'tend deadlines',
  'send digests',
  'check inboxes',
  'ask after closed tips',
  'keep tips apart',
  'tidy tips',
  'end links',
  'end contents',
  'tend campaigns',
  'send reminders',
  'ask again',
  'forget finished deliveries',
]

export type StageOptions = {
  env?: Record<string, string>
  standIn?: StandInOptions
  limits?: PaceLimits
  now?: () => Date
  logLevel?: LevelWithSilent
  /** Puts something between the service and its database. */
  wrap?: (database: Database) => Database
}

export type Stage = Awaited<ReturnType<typeof createStage>>
export type Actor = ReturnType<Stage['actor']>

/** The whole service on a scratch database with the shipped directory, in front of a stand-in of its own. */
export async function createStage(options: StageOptions = {}) {
  const now = options.now ?? (() => new Date())
  const telegram = await startStandIn({ now: () => now().getTime(), ...options.standIn })
  const database = await createScratchDatabase({ isSeeded: true })
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-stage-'))
  const logLines: string[] = []
  const config = readConfig({
    BOT_TOKEN: testBot.token,
    TELEGRAM_API_ROOT: telegram.url,
    DATA_DIR: folder,
    SECRET_KEY_FILE: join(folder, 'secret.key'),
    PORT: '0',
    ADMIN_TELEGRAM_IDS: '30001',
    ...options.env,
  })
  // The database outlives the app, so that a test can stop and start it.
  const open = async (): Promise<Database> => ({
    ...(options.wrap?.(database) ?? database),
    close: async () => {},
  })
  const rings = new Map<string, () => Promise<void>>()
  // Reminders come when a test asks for them and not at the next full minute of this machine.
  const cron: Cron = (expression, run, cronOptions) => {
    const name = cronOptions?.name ?? ''
    if (!timedByHand.includes(name)) return schedule(expression, run, cronOptions)
    const task = createTask(expression, run, cronOptions)
    rings.set(name, async () => void (await task.execute()))
    return task
  }
  const build = () =>
    createApp(config, {
      cron,
      log: createLog(options.logLevel ?? 'debug', (line) => logLines.push(line)),
      now,
      limits: options.limits ?? unpaced,
      open,
    })
  let app: App = build()
  let url = ''
  const start = async () => {
    app = build()
    url = (await app.start()).url
  }
  await start()
  afterAll(async () => {
    await app.stop()
    await telegram.stop()
    await database.close()
  })

  /**
   * Waits until nothing is under way: no update unread or unfinished, no delivery due in a queue that may send. Without
   * `awaitsBulk` a campaign may go on meanwhile.
   */
  async function settled({ awaitsBulk = true } = {}): Promise<void> {
    for (let calm = 0; calm < 3; ) {
      const minute = minuteOf(now(), config.timezone)
      const [{ busy = 1n } = {}] = await database.db.$queryRaw<{ busy: bigint }[]>`
        SELECT (SELECT count(*) FROM "update" WHERE state = 'kept') +
          (SELECT count(*) FROM delivery d LEFT JOIN delivery_queue q ON q.id = d."queueId"
            WHERE (d.lane = 'urgent' OR ${awaitsBulk}) AND (d.state = 'sending'
              OR d.state = 'pending' AND d."nextTryAt" <= ${now()} AND (q.id IS NULL OR q.state = 'open' AND (q."sendFrom" IS NULL OR
                ${minute}::int >= q."sendFrom" AND ${minute}::int < q."sendUntil")))) AS busy`
      const [bot] = await telegram.call<{ pending_update_count: number }[]>('GET', '/bots')
      calm = Number(busy) + (bot?.pending_update_count ?? 0) === 0 ? calm + 1 : 0
      await setTimeout(5)
    }
  }

  /** Waits until no file is being fetched or cleaned, and what follows from it is sent. */
  async function filesSettled(): Promise<void> {
    while ((await database.db.evidence.count({ where: { state: 'pending' } })) > 0)
      await setTimeout(10)
    await settled()
  }

  function actor(userId: number, chatId = userId, { awaitsBulk = true } = {}) {
    const where = chatId === userId ? {} : { chat_id: chatId }
    const seen = () => telegram.messages(chatId, userId)
    const fromBot = async (): Promise<MessageView[]> =>
      (await seen()).filter(
        (message) => message.from?.is_bot && !message.deleted && !message.service,
      )
    const doing = async <T>(what: string, body: object): Promise<T> => {
      const answer = await telegram.act<T>(what, { user_id: userId, ...where, ...body })
      await settled({ awaitsBulk })
      return answer
    }
    const last = async (): Promise<MessageView> => {
      const messages = await fromBot()
      const newest = messages.reduce<MessageView | undefined>(
        (found, message) => (timeOf(message) >= timeOf(found) ? message : found),
        undefined,
      )
      if (!newest) throw new Error(`The bot has said nothing in ${chatId}`)
      return newest
    }
    return {
      id: userId,
      chatId,
      fromBot,
      last,
      seen,
      start: (payload?: string) => doing('start', payload ? { payload } : {}),
      says: (text: string, more: object = {}) => doing('send', { text, ...more }),
      act: doing,
      /** Presses the newest button whose label contains these words. */
      presses: async (label: string, more: object = {}): Promise<PressView> => {
        for (const message of (await fromBot()).reverse())
          for (const button of (message.buttons ?? []).flat())
            if (button.text.includes(label) && button.callback_data)
              return doing<PressView>('press', {
                message_id: message.message_id,
                data: button.callback_data,
                ...more,
              })
        throw new Error(`No button “${label}” in ${chatId}`)
      },
      /** Opens the newest thing for which a reporter's phone rang, and gives what is read then. */
      opens: async (): Promise<string> => {
        const opener = /^(q:open|s:opened|s:warned-\w+|m:lifted)(:|$)/
        const rang = (await fromBot()).findLast(({ buttons }) =>
          opener.test(buttons?.flat()[0]?.callback_data ?? ''),
        )
        const data = rang?.buttons?.flat()[0]?.callback_data
        if (!rang || !data) throw new Error(`Nothing rang in ${chatId}`)
        await doing('press', { message_id: rang.message_id, data })
        const opened = (await fromBot()).find(({ message_id }) => message_id === rang.message_id)
        return opened?.text ?? ''
      },
    }
  }

  return {
    telegram,
    db: database.db,
    logLines,
    folder,
    settled,
    filesSettled,
    /** Rings for one entry of the schedule that does not ring by itself here, and waits for what follows. */
    ring: async (name: (typeof timedByHand)[number]) => {
      await rings.get(name)?.()
      await settled()
    },
    actor,
    url: () => url,
    start,
    stop: () => app.stop(),
    villager: async (
      id: number,
      person: Partial<Parameters<typeof telegram.createPerson>[0]> = {},
    ) => {
      await telegram.createPerson({
        id,
        first_name: '王',
        last_name: '秀英',
        language_code: 'zh-hans',
        ...person,
      })
      return actor(id)
    },
  }
}

function timeOf(message: MessageView | undefined): number {
  return message ? Math.max(message.edit_date ?? 0, message.date) * 1e6 + message.message_id : -1
}
