import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openDatabase, type PrismaClient } from '../../src/db/open-database.ts'
import type { MessageView } from '../../src/sandbox/control/views.ts'
import { createServerDatabase, seed } from '../support/database.ts'
import { startStandIn, testBot } from '../support/stand-in.ts'
import { tipSteps as steps, submitStep as submit } from './tip-steps.ts'

const supervisorId = 401
const botId = Number(testBot.token.split(':', 1)[0])
const patienceMs = 25_000

/**
 * A stand-in, a database with one group whose inbox is bound, and what a service needs to know of both. People act
 * once and wait: what is lost on the other side shows, because they wait in vain.
 */
export async function createCrashWorld() {
  const telegram = await startStandIn()
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-crash-'))
  const serverUrl = process.env.TEST_DATABASE_URL
  const server = serverUrl ? await createServerDatabase(serverUrl) : null
  const env = {
    BOT_TOKEN: testBot.token,
    TELEGRAM_API_ROOT: telegram.url,
    DATA_DIR: join(folder, 'data'),
    SECRET_KEY_FILE: join(folder, 'secret.key'),
    ADMIN_TELEGRAM_IDS: '30001',
    ...(server ? { DATABASE_URL: server.url } : {}),
  }
  const chatId = await makeInbox()

  async function makeInbox(): Promise<number> {
    await telegram.createPerson({ id: supervisorId, first_name: '督导员' })
    const chat = await telegram.createChat({
      kind: 'supergroup',
      title: '龙游县第一督导组',
      members: [
        { user_id: supervisorId, status: 'creator' },
        { user_id: botId, status: 'administrator', rights: { '*': true } },
      ],
    })
    await inDatabase(async (db) => {
      const inbox = { inboxState: 'bound', inboxChatId: BigInt(chat.id) }
      const { id } = await db.group.update({ where: { code: 'LY-01' }, data: inbox })
      const { id: first } = await db.supervisor.findFirstOrThrow({ where: { groupId: id } })
      const enrolled = { state: 'enrolled', telegramId: BigInt(supervisorId) }
      await db.supervisor.update({ where: { id: first }, data: enrolled })
    }, true)
    return chat.id
  }

  /** The database, while no service has it, unless it is on a server. */
  async function inDatabase<T>(work: (db: PrismaClient) => Promise<T>, isNew = false): Promise<T> {
    const database = await openDatabase({ url: env.DATABASE_URL, dataDir: env.DATA_DIR })
    try {
      if (isNew) await seed(database)
      return await work(database.db)
    } finally {
      await database.close()
    }
  }

  async function find(id: number, words: string): Promise<MessageView> {
    const untilMs = performance.now() + patienceMs
    for (;;) {
      const seen = await telegram.messages(id, id)
      const found = seen.find(({ text, from }) => from?.is_bot && text?.includes(words))
      if (found) return found
      if (performance.now() > untilMs) throw new Error(`${id} waits in vain for “${words}”`)
      await setTimeout(20)
    }
  }

  async function act(id: number, { when, press, say }: (typeof steps)[number]): Promise<void> {
    const { message_id, buttons } = await find(id, when)
    if (say) return void (await telegram.act('send', { user_id: id, text: say(id) }))
    const data = buttons?.flat().find(({ text }) => press && text.includes(press))?.callback_data
    await telegram.act('press', { user_id: id, message_id, data, wait_ms: 0 })
  }

  return {
    telegram,
    env,
    isOnServer: server !== null,
    inDatabase,
    find,
    close: async () => {
      await telegram.stop()
      await server?.drop()
    },
    /** Answers questions up to this one, or up to the review. */
    write: async (id: number, until = submit.when, person: object = {}) => {
      const somebody = { id, first_name: '村民', language_code: 'zh-hans' }
      await telegram.createPerson({ ...somebody, ...person })
      await telegram.act('send', { user_id: id, text: '/report' })
      const last = steps.findIndex(({ when }) => when === until)
      for (const step of steps.slice(0, last === -1 ? undefined : last)) await act(id, step)
      await find(id, until)
    },
    answer: (id: number, when: string) => {
      const step = steps.find((known) => known.when === when)
      if (!step) throw new Error(`Nobody asks “${when}”`)
      return act(id, step)
    },
    submit: (id: number) => act(id, submit),
    receipt: (id: number) => find(id, '查询码'),
    /** The numbers of the tips that somebody was given a receipt for, once for each receipt. */
    receiptsOf: async (id: number) =>
      (await telegram.messages(id, id)).flatMap(
        ({ text }) => /编号：(QF-\d+)/.exec(text ?? '')?.[1] ?? [],
      ),
    /** The numbers of the cards in the group's inbox, once for each card. */
    cards: async () =>
      (await telegram.messages(chatId, supervisorId)).flatMap(
        ({ text }) => /^举报 (QF-\d+)/.exec(text ?? '')?.[1] ?? [],
      ),
  }
}
