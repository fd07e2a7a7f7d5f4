import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/db/open-database.ts'
import { createLog } from '../../src/lib/log.ts'
import type { LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import type { BotView } from '../../src/sandbox/control/views.ts'
import { allowedUpdates } from '../../src/telegram/polling.ts'
import { castGroup, fileTip } from '../support/cast.ts'
import { waitFor } from '../support/child.ts'
import { createStage } from '../support/stage.ts'
import { testBot } from '../support/stand-in.ts'

const port = await findFreePort()
const url = `http://127.0.0.1:${port}/telegram/webhook`
const secret = 'a-secret-that-only-telegram-knows'
/** How often the next updates are to fail to be kept. */
let failures = 0
let database: Database | undefined

const stage = await createStage({
  env: {
    TELEGRAM_MODE: 'webhook',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    WEBHOOK_SECRET: secret,
    PORT: String(port),
  },
  standIn: { retryScaleMs: 20 },
  wrap: (opened) => {
    database = opened
    return { ...opened, db: failingDb(opened.db) }
  },
})
const { call, act } = stage.telegram

describe('the webhook', () => {
  it('is set at the start, with the secret and the updates that are wanted', async () => {
    const { entries } = await waitFor(async () => {
      const page = await call<LogPage>('GET', '/log?method=setWebhook')
      return page.entries.length > 0 ? page : undefined
    }, 5_000)
    expect(entries.map(({ params }) => params)).toEqual([
      { url, secret_token: secret, allowed_updates: [...allowedUpdates] },
    ])
    expect((await call<BotView[]>('GET', '/bots'))[0]?.webhook_url).toBe(url)
  })

  it.each([
    ['no secret', {}],
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': `${secret}x` }],
  ])('keeps nothing that comes with %s', async (_, headers) => {
    const before = await stage.db.update.count()
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(said(100_900_000, 700, '/start')),
    })
    expect(answer.status).toBe(401)
    expect(await stage.db.update.count()).toBe(before)
  })

  it('files one tip, asks every question once and shows one card when every update comes twice', async () => {
    const group = await castGroup(stage, { name: '龙游县第一督导组' })
    await stage.villager(500)
    const once = stage.actor(500)
    await fileTip(once, { village: '龙洲街道 半爿月' })
    for (const match of ['message', 'callback_query'])
      await call('POST', '/faults', { kind: 'duplicate-update', match })
    onTestFinished(clearFaults)
    await stage.villager(501)
    const twice = stage.actor(501)
    const { number } = await fileTip(twice, { village: '龙洲街道 半爿月' })
    expect((await twice.fromBot()).length).toBe((await once.fromBot()).length)
    expect(await stage.db.tip.count()).toBe(2)
    const cards = (await group.supervisor.fromBot()).filter(({ text }) => text?.includes(number))
    expect(cards).toHaveLength(1)
    await group.supervisor.presses('我来办')
    const notices = (await twice.fromBot()).filter(({ text }) => text?.includes('有一条给您的消息'))
    expect(notices).toHaveLength(1)
  })

  it('takes updates in any order, each once', async () => {
    const chen = await stage.villager(502)
    await chen.start()
    const before = (await chen.fromBot()).length
    const ids = [100_900_013, 100_900_011, 100_900_012, 100_900_011, 100_900_013, 100_900_012]
    const answers = await Promise.all(ids.map((id) => postUpdate(said(id, 502, '/help'))))
    expect(new Set(answers)).toEqual(new Set([200]))
    await stage.settled()
    expect((await chen.fromBot()).length).toBe(before + 3)
    for (const id of ids.toReversed()) await postUpdate(said(id, 502, '/help'))
    await stage.settled()
    expect((await chen.fromBot()).length).toBe(before + 3)
  })

  it('lets an update that is late overtake nobody and disturb nobody', async () => {
    const [lu, tang] = [await stage.villager(503), await stage.villager(504)]
    await call('POST', '/faults', { kind: 'late-update', match: 'message', chat_id: 503 })
    onTestFinished(clearFaults)
    await act('send', { user_id: 503, text: '/help' })
    await act('send', { user_id: 504, text: '/help' })
    await waitFor(async () => ((await tang.fromBot()).length > 0 ? true : undefined), 5_000)
    expect(await lu.fromBot()).toEqual([])
    await clearFaults()
    await stage.settled()
    expect((await lu.fromBot()).length).toBe(1)
  })

  it('is asked again for what could not be kept, and answers it once', async () => {
    const sun = await stage.villager(505)
    failures = 2
    await sun.says('/help')
    expect(failures).toBe(0)
    expect((await sun.fromBot()).length).toBe(1)
    failures = 1
    expect(await postUpdate(said(100_900_020, 505, '/help'))).toBe(500)
    expect(await stage.db.update.count({ where: { updateId: 100_900_020n } })).toBe(0)
    expect(stage.logLines.join('\n')).not.toContain('canary')
  })

  it('is removed when the service polls again, and what came meanwhile is answered', async () => {
    await stage.stop()
    expect((await call<BotView[]>('GET', '/bots'))[0]?.webhook_url).toBe(url)
    await stage.telegram.createPerson({ id: 506, first_name: '钱' })
    await act('send', { user_id: 506, text: '/help' })

    const polling = startPolling()
    onTestFinished(() => polling.stop())
    await polling.start()
    const qian = stage.actor(506)
    await waitFor(async () => ((await qian.fromBot()).length > 0 ? true : undefined), 5_000)
    expect((await call<BotView[]>('GET', '/bots'))[0]?.webhook_url).toBe('')
    await qian.says('/help')
    expect((await qian.fromBot()).length).toBe(2)
  })
})

function startPolling(): App {
  const config = readConfig({
    BOT_TOKEN: testBot.token,
    TELEGRAM_API_ROOT: stage.telegram.url,
    SECRET_KEY_FILE: `${stage.folder}/secret.key`,
    PORT: '0',
  })
  const open = async () => {
    if (!database) throw new Error('The stage opens the database first')
    return { ...database, close: async () => {} }
  }
  return createApp(config, { log: createLog('silent'), open })
}

function said(updateId: number, userId: number, text: string) {
  const person = { id: userId, is_bot: false, first_name: '村民' }
  const chat = { id: userId, type: 'private', first_name: '村民' }
  const entities = text.startsWith('/')
    ? [{ type: 'bot_command', offset: 0, length: text.length }]
    : []
  const message = { message_id: updateId % 1_000, date: 1_700_000_000, from: person, chat, text }
  return { update_id: updateId, message: { ...message, entities } }
}

async function postUpdate(update: object): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': secret,
  }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(update) })
  return answer.status
}

async function clearFaults(): Promise<void> {
  await fetch(`${stage.telegram.url}/control/faults`, { method: 'DELETE' })
}

/** A database that is away when updates are to be kept, as often as `failures` says. */
function failingDb(db: Database['db']): Database['db'] {
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      const act = value.bind(target)
      if (name !== '$executeRaw') return act
      return async (statement: TemplateStringsArray, ...values: unknown[]) => {
        if (failures === 0 || !statement.join('').includes('INSERT INTO "update"'))
          return act(statement, ...values)
        failures -= 1
        throw new Error('canary: the database is away')
      }
    },
  })
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('There is no free port')
  return address.port
}
