import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import type { Database } from '../src/db/open-database.ts'
import { createLog } from '../src/lib/log.ts'
import { createTestDatabase, emptyDatabase, seed } from './support/database.ts'
import { startStandIn, testBot } from './support/stand-in.ts'

const database = await createTestDatabase()
const { db } = database
const folder = mkdtempSync(join(tmpdir(), 'qingfeng-mode-'))
const token = { BOT_TOKEN: testBot.token }

/** One start and stop of the service on the same database, in front of a stand-in or as sandbox. */
async function startOnce(env: Record<string, string> = {}): Promise<string[]> {
  const telegram = await startStandIn()
  onTestFinished(() => telegram.stop())
  const lines: string[] = []
  const app = createApp(
    readConfig({
      TELEGRAM_API_ROOT: telegram.url,
      DATA_DIR: folder,
      SECRET_KEY_FILE: join(folder, 'secret.key'),
      PORT: '0',
      ...env,
    }),
    {
      log: createLog('warn', (line) => lines.push(line)),
      open: async (): Promise<Database> => ({ ...database, close: async () => {} }),
    },
  )
  try {
    await app.start()
  } finally {
    await app.stop()
  }
  return lines
}

beforeEach(async () => {
  await emptyDatabase(database)
  await seed(database)
  rmSync(folder, { recursive: true, force: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the sandbox and a real bot', () => {
  it('never share a database: the supervisors of the sandbox are made up', async () => {
    await startOnce()
    expect(await db.supervisor.count({ where: { state: 'enrolled' } })).toBeGreaterThan(0)
    await expect(startOnce(token)).rejects.toThrow('holds the data of a sandbox')
    await startOnce()
  })

  it('and the sandbox invents nobody among the people of a real bot', async () => {
    await startOnce(token)
    await expect(startOnce()).rejects.toThrow('holds the data of a real bot')
    expect(await db.supervisor.count({ where: { state: 'enrolled' } })).toBe(0)
  })

  it('leaves the database to the sandbox when Telegram does not know the token', async () => {
    const wrong = { BOT_TOKEN: `600000000${testBot.token.slice(9)}` }
    await expect(startOnce(wrong)).rejects.toThrow('does not know this token')
    await startOnce()
  })

  it('warns when another bot takes over', async () => {
    await startOnce(token)
    expect(await startOnce(token)).toEqual([])
    await db.setting.update({ where: { key: 'bot.id' }, data: { value: '1' } })
    expect(await startOnce(token)).toEqual([expect.stringContaining('another bot than before')])
  })
})
