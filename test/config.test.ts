import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadEnvironment, readConfig } from '../src/config.ts'
import { StartError } from '../src/errors.ts'

const token = '123456789:AAFmistypedmistypedmistypedmistyped'
const secret = 'a-webhook-secret-0123456789'

/** What a wrong setting stops the start with. */
function refusalOf(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  throw new Error('It was taken')
}

describe('readConfig', () => {
  it('needs nothing: the sandbox with the embedded database', () => {
    expect(readConfig({})).toMatchObject({
      botToken: undefined,
      databaseUrl: undefined,
      telegramMode: 'polling',
      dataDir: './data',
      host: '127.0.0.1',
      port: 3000,
      adminTelegramIds: [],
      timezone: 'Asia/Shanghai',
      defaultLanguage: 'zh-CN',
    })
  })

  it('takes empty and blank values as absent', () => {
    expect(readConfig({ BOT_TOKEN: '', PORT: ' ', DATA_DIR: '  ' })).toEqual(readConfig({}))
  })

  it('reads the ids of admins with spaces and a comma too many', () => {
    const { adminTelegramIds } = readConfig({ ADMIN_TELEGRAM_IDS: ' 123456789, 987654321,' })
    expect(adminTelegramIds).toEqual([123456789, 987654321])
  })

  it('drops the slash at the end of addresses, so that paths can be added', () => {
    const config = readConfig({
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
      PUBLIC_URL: 'https://example.org//',
    })
    expect(config.telegramApiRoot).toBe('http://127.0.0.1:8081')
    expect(config.publicUrl).toBe('https://example.org')
  })

  it('takes a whole webhook set-up', () => {
    const env = { BOT_TOKEN: token, TELEGRAM_MODE: 'webhook', WEBHOOK_SECRET: secret }
    const config = readConfig({ ...env, PUBLIC_URL: 'https://example.org' })
    expect(config).toMatchObject({ telegramMode: 'webhook', webhookSecret: secret })
  })

  it.each([
    ['BOT_TOKEN', 'mistyped'],
    ['BOT_TOKEN', '123456789:mistyped mistyped mistyped mistyped'],
    ['TELEGRAM_API_ROOT', 'api.mistyped.org'],
    ['TELEGRAM_API_ROOT', 'ftp://mistyped.org'],
    ['TELEGRAM_MODE', 'mistyped'],
    ['PUBLIC_URL', 'mistyped.org'],
    ['WEBHOOK_SECRET', 'mistyped'],
    ['WEBHOOK_SECRET', 'mistyped mistyped mistyped'],
    ['DATABASE_URL', 'mysql://root:mistyped@127.0.0.1/x'],
    ['HOST', 'mistyped host'],
    ['PORT', 'mistyped'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', '-1'],
    ['ADMIN_TELEGRAM_IDS', '@mistyped'],
    ['ADMIN_TELEGRAM_IDS', '123456789 987654321'],
    ['ADMIN_TELEGRAM_IDS', '-1001234567890'],
    ['TIMEZONE', 'Asia/Mistyped'],
    ['DEFAULT_LANGUAGE', 'zh'],
    ['LOG_LEVEL', 'mistyped'],
    ['HTTPS_PROXY', 'socks5://mistyped:1080'],
  ])('refuses %s=%s by its name and never shows the value', (name, value) => {
    const refusal = refusalOf({ [name]: value })
    expect(refusal).toMatch(new RegExp(`^${name}: expected .+\\.$`))
    expect(refusal).not.toContain('istyped')
  })

  it('names every wrong setting at once, each in a line', () => {
    const refusal = refusalOf({ PORT: 'x', TIMEZONE: 'x', LOG_LEVEL: 'x' })
    expect(refusal.split('\n').map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'TIMEZONE',
      'LOG_LEVEL',
    ])
  })

  it.each([
    ['BOT_TOKEN', { PUBLIC_URL: 'https://example.org', WEBHOOK_SECRET: secret }],
    ['PUBLIC_URL', { BOT_TOKEN: token, WEBHOOK_SECRET: secret }],
    ['WEBHOOK_SECRET', { BOT_TOKEN: token, PUBLIC_URL: 'https://example.org' }],
  ])('refuses a webhook without %s', (name, env) => {
    const refusal = refusalOf({ TELEGRAM_MODE: 'webhook', ...env })
    expect(refusal).toContain(`so ${name} is needed too`)
    expect(refusal).not.toContain(secret)
    expect(refusal).not.toContain(token)
  })
})

describe('loadEnvironment', () => {
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'qingfeng-env-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  }

  it('adds what the file says, and the environment wins', () => {
    const file = join(newFolder(), '.env')
    writeFileSync(file, 'QINGFENG_TEST_NEW=file\nQINGFENG_TEST_KNOWN=file\n')
    process.env.QINGFENG_TEST_KNOWN = 'environment'
    onTestFinished(() => {
      delete process.env.QINGFENG_TEST_NEW
      delete process.env.QINGFENG_TEST_KNOWN
    })
    expect(loadEnvironment(file)).toMatchObject({
      QINGFENG_TEST_NEW: 'file',
      QINGFENG_TEST_KNOWN: 'environment',
    })
  })

  it('needs no file', () => {
    expect(loadEnvironment(join(newFolder(), '.env'))).toBe(process.env)
  })

  it('refuses a file that cannot be read: without it the sandbox would open', () => {
    expect(() => loadEnvironment(newFolder())).toThrow(StartError)
  })
})
