import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { StartError } from '../../../src/errors.ts'
import {
  loadInterview,
  openInterviews,
  shippedInterviewFile,
} from '../../../src/tips/filing/interview-versions.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const folder = mkdtempSync(join(tmpdir(), 'qingfeng-interview-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let world: World

const shipped = readFileSync(shippedInterviewFile, 'utf8')
const write = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Other words, another order, a question less and one more: what another office may do. */
function rewrite(): string {
  const file = JSON.parse(shipped)
  const steps = file.steps.filter(({ name }: { name: string }) => name !== 'beneficiary')
  const who = steps.find(({ name }: { name: string }) => name === 'who')
  who.text['zh-CN'] = '您看见的是谁？'
  who.label['zh-CN'] = '什么人做的'
  const files = steps.findIndex(({ name }: { name: string }) => name === 'files')
  steps.splice(files, 0, {
    name: 'weather',
    kind: 'choice',
    label: { 'zh-CN': '天气', en: 'Weather' },
    text: { 'zh-CN': '那天下雨吗？', en: 'Did it rain?' },
    choices: [
      { code: 'rain', label: { 'zh-CN': '下雨', en: 'Rain' } },
      { code: 'dry', label: { 'zh-CN': '没有下', en: 'Dry' } },
    ],
  })
  return JSON.stringify({ ...file, version: '2', steps })
}

/** The service starts again with another file. */
async function restartWith(path: string): Promise<void> {
  world.deps.interviews = await openInterviews(db, loadInterview(path))
}

const linesOf = (outcome: Awaited<ReturnType<World['answer']>>) =>
  outcome.outcome === 'asked' ? JSON.stringify(outcome.screen.lines) : outcome.outcome
const cardOf = async () => world.textsTo(await world.deliver(), cast.township.chatId)[0] ?? ''

beforeEach(async () => {
  world = await createWorld(database)
})

describe('another interview file', () => {
  it('asks its own questions, and the card is in its words', async () => {
    await restartWith(write('other.json', rewrite()))
    await world.begin()
    await world.press('safety', 'continue')
    await world.press('what', 'cash')
    expect(linesOf(await world.say('山底'))).toContain('您看见的是谁')
    await world.say('戴某')
    await world.press('role', 'candidate')
    await world.press('when', 'yesterday')
    await world.press('more', 'tell')
    expect(linesOf(await world.press('details', 'skip'))).toContain('那天下雨吗')
    await world.press('weather', 'rain')
    await world.press('files', 'skip')
    expect(await world.submit()).toMatchObject({ outcome: 'filed' })
    const card = await cardOf()
    expect(card).toContain('什么人做的：戴某')
    expect(card).toContain('天气：下雨')
  })

  it('leaves a draft that was begun before to its own questions, and its card to their words', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.press('what', 'cash')
    await restartWith(write('other.json', rewrite()))
    expect(linesOf(await world.say('山底'))).toContain('请写他的名字')
    await world.say('戴某')
    await world.press('role', 'helper')
    await world.press('when', 'yesterday')
    await world.press('more', 'more')
    await world.press('item', 'skip')
    await world.press('amount', 'rest')
    // No question about the weather: that belongs to the new version.
    expect(linesOf(await world.press('details', 'skip'))).toContain('有照片、录像、录音吗')
    await world.press('files', 'skip')
    await world.press('review', '+')
    await world.press('review', 'back')
    await world.press('item', 'back')
    expect(await world.submit()).toMatchObject({ outcome: 'filed' })
    expect(await cardOf()).toContain('是谁：戴某')
  })

  it('asks whoever begins anew its own questions', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.press('what', 'cash')
    await restartWith(write('other.json', rewrite()))
    await world.begin()
    await world.press('resume', 'anew')
    await world.press('safety', 'continue')
    await world.press('what', 'treat')
    expect(linesOf(await world.say('山底'))).toContain('您看见的是谁')
  })

  it('meets a draft whose own questions are lost with its own', async () => {
    await world.write()
    await db.setting.deleteMany({ where: { key: { startsWith: 'interview-' } } })
    await restartWith(write('other.json', rewrite()))
    const asked = linesOf(await world.begin())
    expect(asked).toContain('tips:asking.resume')
    expect(linesOf(await world.press('resume', 'continue'))).toContain('戴某')
    const asksMissing = await world.submit()
    expect(linesOf(asksMissing)).toContain('那天下雨吗')
    await world.press('weather', 'dry')
    expect(await world.submit()).toMatchObject({ outcome: 'filed' })
  })

  it('is kept once, however often the service starts with it', async () => {
    await restartWith(write('other.json', rewrite()))
    await restartWith(write('other.json', rewrite()))
    expect(await db.setting.count({ where: { key: { startsWith: 'interview-' } } })).toBe(2)
  })
})

describe('a file that cannot be used', () => {
  it('stops the start with one sentence that names the place and the command', () => {
    const path = write('broken.json', shipped.replace('"to": "details"', '"to": "detail"'))
    expect(() => loadInterview(path)).toThrow(StartError)
    expect(() => loadInterview(path)).toThrow(
      `The interview ${path} cannot be used. step “more”, choice “tell”: It leads to “detail”, and there is no such step. All of it: npm run interview:check -- ${path}`,
    )
  })

  it('that is not there stops it too', () => {
    expect(() => loadInterview(join(folder, 'none.json'))).toThrow(
      'INTERVIEW_FILE must name a file',
    )
  })
})

describe('how serious a tip is', () => {
  it('is stored with it, told on its card and in the audit', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.press('what', 'violence')
    await world.press('danger', 'continue')
    await world.press('ongoing', 'yes')
    await world.say('山底')
    await world.say('戴某')
    await world.press('role', 'candidate')
    await world.press('more', 'enough')
    expect(await world.submit()).toMatchObject({ outcome: 'filed' })
    expect(await db.tip.findFirstOrThrow()).toMatchObject({
      severity: 'urgent',
      category: 'violence',
    })
    const card = await cardOf()
    expect(card).toMatch(/^举报 QF-000001\n紧急\n/)
    expect(card).toContain('现在还在发生吗：3月28日填的时候还在发生')
    const filed = await db.auditLine.findFirstOrThrow({ where: { action: 'tip filed' } })
    expect(filed.detail).toMatchObject({ severity: 'urgent' })
  })
})

describe('a voice note', () => {
  it('is fetched as evidence, disguised unless it is somebody else’s', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.answer({ kind: 'file', what: 'voice', fileId: 'own' })
    await world.answer({ kind: 'file', what: 'voice', fileId: 'other', isForwarded: true })
    const { dataKey } = await db.draft.findFirstOrThrow()
    const sealer = world.keyring.openDataKey(dataKey)
    const rows = await db.evidence.findMany({ orderBy: { number: 'asc' } })
    expect(
      rows.map(({ source }) => JSON.parse(String(sealer.open(source ?? new Uint8Array())))),
    ).toEqual([
      { fileId: 'own', disguise: true },
      { fileId: 'other', disguise: false },
    ])
  })
})
