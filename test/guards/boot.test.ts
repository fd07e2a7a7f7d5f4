import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runNode } from '../support/child.ts'
import { runService } from '../support/service-process.ts'
import { readSourceFiles, root } from './source-files.ts'

const importsWithinMs = 15_000
const stopsWithinMs = 10_000

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-boot-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Everything that a start in a folder of its own says when it fails; it must end by itself. */
async function failToStart(folder: string, env: Record<string, string> = {}) {
  const { code, out, err } = await runService(env, { cwd: folder }).ended
  return { code, out, lines: err.trim().split('\n') }
}

/** Loaded in front of the service; an error that tells all it knows. */
const failures = `
function fail() {
  throw Object.assign(new RangeError('mistyped'), { code: 'P2002', row: 'mistyped' })
}
function whenRunning(act) {
  const timer = setInterval(() => {
    if (process.listenerCount('SIGTERM') === 0) return
    clearInterval(timer)
    act()
  }, 1)
}`

describe('every source file', () => {
  it('is imported by a real Node without doing anything', async () => {
    const paths = readSourceFiles('src')
      .map(({ path }) => path)
      .filter((path) => path !== 'src/main.ts' && !path.startsWith('src/sandbox/page/'))
    const file = join(newFolder(), 'import-all.mjs')
    writeFileSync(
      file,
      paths.map((path) => `await import('file://${join(root, path)}')\n`).join(''),
    )

    const startedAt = performance.now()
    const { code, out, err } = await runNode([file]).ended
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: '' })
    expect(performance.now() - startedAt).toBeLessThan(importsWithinMs)
  })
})

describe('the service', () => {
  it('starts in an empty folder, is alone in it, ends when told to, and keeps its key', async () => {
    const folder = newFolder()
    const service = runService({}, { cwd: folder })
    onTestFinished(async () => {
      await service.stop()
    })
    const health = await fetch(`${await service.healthyUrl()}/health`)
    expect(await health.json()).toEqual({ status: 'ok' })
    expect(service.output.out).toContain('Keep a copy of it')
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600)

    const second = await failToStart(folder)
    expect(second.code).toBe(2)
    expect(second.lines).toEqual([expect.stringContaining(`process (id ${service.pid} on `)])

    const { code, err, tookMs } = await service.stop()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(tookMs).toBeLessThan(stopsWithinMs)

    const missing = await failToStart(folder, { SECRET_KEY_FILE: 'elsewhere.key' })
    expect(missing.code).toBe(2)
    expect(missing.lines).toEqual([expect.stringContaining('elsewhere.key is missing')])

    const other = join(folder, 'other.key')
    writeFileSync(other, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 })
    const wrong = await failToStart(folder, { SECRET_KEY_FILE: other })
    expect(wrong.code).toBe(2)
    expect(wrong.lines).toEqual([expect.stringContaining('not the one this database was sealed')])
  })

  it.each([
    ['BOT_TOKEN', { BOT_TOKEN: '12345:mistyped-secret' }],
    ['PORT', { PORT: 'eighty-mistyped' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://root:mistyped@127.0.0.1/x' }],
    ['ADMIN_TELEGRAM_IDS', { ADMIN_TELEGRAM_IDS: '@mistyped' }],
  ])('refuses a wrong %s by its name, never by its value', async (name, env) => {
    const { code, out, lines } = await failToStart(newFolder(), env)
    expect(code).toBe(2)
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${name}: expected .+\\.$`))])
    expect(`${out}${lines}`).not.toContain('mistyped')
  })

  it('refuses questions that would leave somebody stuck, before it touches anything', async () => {
    const folder = newFolder()
    const file = join(folder, 'questions.json')
    writeFileSync(file, JSON.stringify({ version: '1', steps: [] }))
    const { code, lines } = await failToStart(folder, { INTERVIEW_FILE: file })
    expect(code).toBe(2)
    expect(lines).toEqual([
      `The interview ${file} cannot be used. steps: It is too little: at least 1. All of it: npm run interview:check -- ${file}`,
    ])
    expect(readdirSync(folder)).toEqual(['questions.json'])
  })

  it.each([
    ['while it starts', 'globalThis.AsyncDisposableStack = class { constructor() { fail() } }'],
    ['in nobody’s hands', 'whenRunning(fail)'],
    ['in a promise that nobody holds', 'whenRunning(async () => fail())'],
  ])('tells of an error of its own %s the class and code, never what it says', async (_, how) => {
    const folder = newFolder()
    const preload = join(folder, 'fail.mjs')
    writeFileSync(preload, `${failures}\n${how}\n`)
    const env = { NODE_OPTIONS: `--import=${preload}` }
    const { code, out, lines } = await failToStart(folder, env)
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/^Ended by .* RangeError \(P2002\)\./)])
    expect(`${out}${lines}`).not.toContain('mistyped')
  })

  it('refuses a database that nobody runs, without its password', async () => {
    const url = 'postgresql://nobody:mistyped@127.0.0.1:9/none'
    const { code, out, lines } = await failToStart(newFolder(), { DATABASE_URL: url })
    expect(code).toBe(2)
    expect(lines).toEqual([expect.stringContaining('No database answers')])
    expect(`${out}${lines}`).not.toContain('mistyped')
  })
})
