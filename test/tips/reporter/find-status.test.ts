import { beforeEach, describe, expect, it } from 'vitest'
import { createReceiptCode, readReceiptCode } from '../../../src/tips/filing/receipt-code.ts'
import { findStatus, listOwnStatus, unlockStatus } from '../../../src/tips/reporter/find-status.ts'
import { sealPin } from '../../../src/tips/reporter/pin.ts'
import { savePin } from '../../../src/tips/reporter/receipt-store.ts'
import { pruneGuesses } from '../../../src/tips/reporter/status-guess-store.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World
let code = ''
const waitMinutes = 15

const ask = (text: string, chatId = cast.villager) =>
  db.$transaction((tx) => findStatus(tx, world.deps, { chatId, text }))
const askWrong = async (times: number) => {
  for (let n = 0; n < times; n++) await ask('1111 1111 1111 1111')
}

beforeEach(async () => {
  world = await createWorld(database)
  await world.file()
  const [text = ''] = world.textsTo(await world.deliver(), cast.villager)
  code = /\d{4} \d{4} \d{4} \d{4}/.exec(text)?.[0] ?? ''
})

describe('a receipt code', () => {
  it('has sixteen digits in four groups and differs each time', () => {
    expect(createReceiptCode()).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/)
    expect(new Set(Array.from({ length: 100 }, createReceiptCode)).size).toBe(100)
  })

  it('is read as people type it', () => {
    for (const text of [
      '1234567890123454',
      '1234-5678—9012 3454',
      '１２３４　５６７８９０１２３４５４',
    ])
      expect(readReceiptCode(text)).toEqual({ kind: 'code', digits: '1234567890123454' })
    for (const text of ['', '12', '一二三四', '12345678901234567'])
      expect(readReceiptCode(text).kind).not.toBe('code')
  })

  it('is told from most slips: a wrong digit, two that changed places', () => {
    const digits = [...createReceiptCode().replaceAll(' ', '')]
    const slips = digits.flatMap((digit, at) => {
      const wrong = [...'0123456789'].filter((other) => other !== digit)
      const next = digits[at + 1] ?? digit
      const swapped = digits.with(at, next).with(Math.min(at + 1, 15), digit)
      return [...wrong.map((other) => digits.with(at, other)), ...(next === digit ? [] : [swapped])]
    })
    const kinds = slips.map((slip) => readReceiptCode(slip.join('')).kind)
    expect(kinds.filter((kind) => kind === 'slip').length).toBeGreaterThan(kinds.length * 0.85)
  })

  it('leaves at least fifty bits to guess', () => {
    expect(Math.log2(10 ** 16 / 7)).toBeGreaterThan(50)
    const codes = Array.from({ length: 200 }, createReceiptCode)
    for (const one of codes) expect(readReceiptCode(one).kind).toBe('code')
  })
})

describe('asking with a code', () => {
  it('tells where the tip stands, from any chat', async () => {
    const receipt = { number: 'QF-000001', state: 'waiting', level: 'township' }
    expect(await ask(code)).toMatchObject({ outcome: 'found', receipt })
    expect(await ask(code.replaceAll(' ', '-'), cast.stranger)).toMatchObject({ receipt })
  })

  it('takes the lines of the receipt as they stand', async () => {
    for (const text of [`查询码：${code}`, `编号：QF-000001\n查询码：${code}`])
      expect(await ask(text)).toMatchObject({ outcome: 'found' })
  })

  it('says what is wrong with what is no code, and does not count it', async () => {
    for (let n = 0; n < 6; n++) {
      expect(await ask('什么')).toEqual({ outcome: 'no-code' })
      expect(await ask('QF-000002')).toEqual({ outcome: 'only-number' })
      expect(await ask('1234 5678 901')).toEqual({ outcome: 'digits', n: 11 })
      expect(await ask('1111 1111 1111 1112')).toEqual({ outcome: 'slip' })
    }
    expect(await ask('1111 1111 1111 1111')).toEqual({ outcome: 'unknown' })
  })

  it('has to wait after five wrong ones, with the right one too, and others do not', async () => {
    await askWrong(5)
    expect(await ask(code)).toEqual({ outcome: 'wait', minutes: waitMinutes })
    expect(await ask(code, cast.stranger)).toMatchObject({ outcome: 'found' })
    world.passTime(waitMinutes * 60_000)
    expect(await ask(code)).toMatchObject({ outcome: 'found' })
  })

  it('begins to count anew after the right one, and after the time is over', async () => {
    await askWrong(4)
    await ask(code)
    await askWrong(4)
    expect(await ask(code)).toMatchObject({ outcome: 'found' })
    await askWrong(4)
    world.passTime(waitMinutes * 60_000)
    await askWrong(4)
    expect(await ask(code)).toMatchObject({ outcome: 'found' })
  })

  it('leaves nothing behind when the time is over', async () => {
    await askWrong(1)
    world.passTime(waitMinutes * 60_000)
    expect(await pruneGuesses(db, world.deps.now())).toBe(1)
  })
})

describe('a password', () => {
  const unlock = (text: string, chatId: number = cast.stranger) =>
    db.$transaction((tx) => unlockStatus(tx, world.deps, { chatId, text, tipId: 1 }))
  beforeEach(async () => {
    await savePin(db, 1, await sealPin(world.keyring, '2580'))
  })

  it('is asked for after the right code', async () => {
    expect(await ask(code)).toMatchObject({ outcome: 'locked' })
    expect(await unlock('2581')).toEqual({ outcome: 'wrong-pin' })
    expect(await unlock('abc')).toEqual({ outcome: 'no-pin' })
    expect(await unlock(' ２５ 80 ')).toMatchObject({ outcome: 'found' })
  })

  it('cannot be replaced', async () => {
    expect(await savePin(db, 1, await sealPin(world.keyring, '1111'))).toBe(false)
  })

  it('is slowed down for a chat, which the right code does not undo', async () => {
    for (let n = 0; n < 5; n++) {
      expect(await unlock('0000')).toEqual({ outcome: 'wrong-pin' })
      await ask(code, cast.stranger)
    }
    expect(await unlock('2580')).toEqual({ outcome: 'wait', minutes: waitMinutes })
    expect(await unlock('2580', cast.villager)).toMatchObject({ outcome: 'found' })
  })

  it('is slowed down for a tip, however many chats try', async () => {
    for (let n = 0; n < 10; n++) await unlock('0000', 60_000 + Math.floor(n / 2))
    expect(await unlock('2580', 61_000)).toEqual({ outcome: 'wait', minutes: 60 })
  })
})

describe('asking without a code', () => {
  const own = (chatId: number) => db.$transaction((tx) => listOwnStatus(tx, world.deps, chatId))

  it('lists the tips of the chat, and of no other', async () => {
    await world.file()
    expect((await own(cast.villager)).map(({ number }) => number)).toEqual([
      'QF-000001',
      'QF-000002',
    ])
    expect(await own(cast.stranger)).toEqual([])
  })

  it('ends when the vault has forgotten who filed it', async () => {
    await db.reporter.deleteMany({ where: { tipId: 1 } })
    expect(await own(cast.villager)).toEqual([])
  })

  it('leaves no sign in the database that two tips have the same reporter', async () => {
    const before = await db.reporterChat.findFirstOrThrow()
    await world.file()
    const after = await db.reporterChat.findFirstOrThrow()
    expect(after.sealed.length).toBe(before.sealed.length)
    expect(Object.keys(after)).toEqual(['chatKey', 'sealed'])
  })
})
