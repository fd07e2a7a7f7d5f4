import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/open-database.ts'
import type { MessageView } from '../../src/sandbox/control/views.ts'
import { verifyAudit } from '../../src/staff/audit.ts'
import { createServerDatabase } from '../support/database.ts'
import { type Service, startService } from '../support/service-process.ts'
import { startStandIn, testBot } from '../support/stand-in.ts'
import { submitStep, tipSteps } from './tip-steps.ts'

const villagers = 6
const kills = 5
const steps = [...tipSteps, submitStep]

const telegram = await startStandIn()
const folder = mkdtempSync(join(tmpdir(), 'qingfeng-kill-'))
const server = process.env.TEST_DATABASE_URL
  ? await createServerDatabase(process.env.TEST_DATABASE_URL)
  : null
const env = {
  BOT_TOKEN: testBot.token,
  TELEGRAM_API_ROOT: telegram.url,
  DATA_DIR: join(folder, 'data'),
  SECRET_KEY_FILE: join(folder, 'secret.key'),
  ADMIN_TELEGRAM_IDS: '30001',
  ...(server ? { DATABASE_URL: server.url } : {}),
}
let service: Service = await startService(env)

afterAll(async () => {
  await service.stop()
  await telegram.stop()
  await server?.drop()
})

/** Goes through the questions. Repeats nothing: what is lost on the other side shows, because this waits for ever. */
async function fileOnce(id: number): Promise<void> {
  await telegram.act('send', { user_id: id, text: '/report' })
  for (const { when, press, say } of steps) {
    const { message_id, buttons } = await find(id, when)
    const data = buttons?.flat().find(({ text }) => press && text.includes(press))?.callback_data
    if (say) await telegram.act('send', { user_id: id, text: say(id) })
    else await telegram.act('press', { user_id: id, message_id, data, wait_ms: 0 })
  }
  await find(id, '查询码')
}

async function find(id: number, words: string): Promise<MessageView> {
  for (;;) {
    const seen = await telegram.messages(id, id)
    const found = seen.find(({ text, from }) => from?.is_bot && text?.includes(words))
    if (found) return found
    await setTimeout(50)
  }
}

it('loses no answer and files no tip twice when it is killed again and again', {
  timeout: 180_000,
}, async () => {
  const ids = Array.from({ length: villagers }, (_, index) => 600 + index)
  for (const id of ids)
    await telegram.createPerson({ id, first_name: '村民', language_code: 'zh-hans' })
  let isFiling = true
  const filing = Promise.all(ids.map(fileOnce)).finally(() => {
    isFiling = false
  })
  let killed = 0
  while (isFiling && killed < kills) {
    // Anywhere: between two answers, within an update, within a submit.
    await setTimeout(700 + Math.random() * 1_800)
    await service.kill()
    killed += 1
    service = await startService(env)
  }
  await filing
  await service.stop()
  expect(killed).toBeGreaterThanOrEqual(2)

  const { db, close } = await openDatabase({ url: env.DATABASE_URL, dataDir: env.DATA_DIR })
  expect(await db.tip.count()).toBe(villagers)
  expect(await db.draft.count()).toBe(0)
  expect(await db.update.count({ where: { state: { not: 'done' } } })).toBe(0)
  expect(await verifyAudit(db)).toMatchObject({ ok: true })
  await close()

  const numbers = new Set<string>()
  for (const id of ids) {
    const receipts = (await telegram.messages(id, id)).flatMap(
      ({ text }) => /QF-\d+/.exec(text ?? '')?.[0] ?? [],
    )
    // Sent again after a kill it is the same receipt; another number would be another tip.
    expect(new Set(receipts).size).toBe(1)
    for (const number of receipts) numbers.add(number)
  }
  expect(numbers.size).toBe(villagers)
})
