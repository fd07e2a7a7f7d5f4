import { beforeEach, describe, expect, it } from 'vitest'
import { answerDraft } from '../../../src/tips/filing/answer-draft.ts'
import { beginDraft } from '../../../src/tips/filing/begin-draft.ts'
import { expireDrafts } from '../../../src/tips/filing/expire-drafts.ts'
import { findStoredDraft } from '../../../src/tips/filing/stored-draft.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const day = 86_400_000
let world: World

const stored = async () => {
  const found = await findStoredDraft(db, world.keyring, {
    chatId: cast.villager,
    today: '2017-03-28',
  })
  return found?.content.draft
}
const labelsOf = (outcome: Awaited<ReturnType<World['answer']>>) => {
  if (outcome.outcome !== 'asked') throw new Error(outcome.outcome)
  return outcome.screen.keyboard.flat().map(({ data }) => data)
}

beforeEach(async () => {
  world = await createWorld(database)
})

describe('a draft', () => {
  it('is a row from the first question on, with every answer sealed', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.press('what', 'cash')
    expect(await stored()).toMatchObject({ step: 'where', answers: { what: { choice: 'cash' } } })
    const [row] = await db.draft.findMany()
    expect(Buffer.from(row?.sealed ?? []).toString('latin1')).not.toContain('cash')
  })

  it('is one per chat, and offered again', async () => {
    await world.write()
    const again = await world.begin()
    expect(await db.draft.count()).toBe(1)
    expect(labelsOf(again)).toEqual(['d:resume:continue', 'd:resume:anew'])
    await world.press('resume', 'continue')
    expect(await stored()).toMatchObject({ step: 'review' })
  })

  it('begun anew has another key and none of the photos', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.answer({ kind: 'file', what: 'photo', fileId: 'first' })
    const before = await db.draft.findFirstOrThrow()
    await world.begin()
    await world.press('resume', 'anew')
    const after = await db.draft.findFirstOrThrow()
    expect(Buffer.from(after.dataKey)).not.toEqual(Buffer.from(before.dataKey))
    expect(await db.evidence.count()).toBe(0)
    expect(await stored()).toMatchObject({ step: 'safety', answers: {} })
  })

  it('that was cancelled is gone with its key and its photos', async () => {
    await world.write()
    await world.answer({ kind: 'file', what: 'photo', fileId: 'first' })
    await world.press('review', 'cancel')
    expect(await world.press('cancel', 'yes')).toEqual({ outcome: 'cancelled' })
    expect(await db.draft.count()).toBe(0)
    expect(await db.evidence.count()).toBe(0)
    expect(await world.say('还有')).toEqual({ outcome: 'none' })
  })

  it('waits thirty days from the last answer and then goes', async () => {
    await world.begin()
    world.passTime(20 * day)
    await world.press('safety', 'continue')
    expect(await expireDrafts(db, '2017-05-17')).toBe(0)
    world.passTime(31 * day)
    expect(await world.say('还有')).toEqual({ outcome: 'none' })
    expect(labelsOf(await world.begin())).toContain('d:safety:continue')
  })

  it('that expired is removed by the clock', async () => {
    await world.begin()
    expect(await expireDrafts(db, '2017-04-28')).toBe(1)
  })

  it('keeps the day of an answer when it is continued on another day', async () => {
    await world.write()
    world.passTime(3 * day)
    expect(await stored()).toMatchObject({
      answers: { when: { choice: 'yesterday', on: '2017-03-28' } },
    })
  })

  it('loses neither of two answers that come at the same time', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await Promise.all(['他挨家挨户送了香烟', '一共有三十户人家'].map((text) => world.say(text)))
    const draft = await stored()
    const details = draft?.answers.details
    expect(details && 'text' in details ? details.text.split('\n').sort() : null).toHaveLength(2)
  })

  it('is as it was when the transaction of an answer is rolled back', async () => {
    await world.begin()
    const failing = db.$transaction(async (tx) => {
      const press = { kind: 'press' as const, step: 'safety', value: 'continue' }
      await answerDraft(tx, world.deps, world.chat, press)
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await stored()).toMatchObject({ step: 'safety' })
  })

  it('that was left aside takes no words until it is taken up again', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.answer({ kind: 'leave' })
    expect(await world.say('山底')).toEqual({ outcome: 'none' })
    await world.press('what', 'cash')
    await world.say('山底')
    expect(await stored()).toMatchObject({ step: 'who' })
  })

  it('survives two /report that come at the same time', async () => {
    const both = await Promise.all([world.begin(), world.begin()])
    expect(both.map(({ outcome }) => outcome)).toEqual(['asked', 'asked'])
    expect(await db.draft.count()).toBe(1)
  })
})

describe('the village', () => {
  beforeEach(async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.press('what', 'cash')
  })

  it('is found by buttons from the county down', async () => {
    const id = async (name: string) =>
      (await db.area.findFirstOrThrow({ where: { name: { startsWith: name } } })).id
    const [county, township, village] = [await id('龙游'), await id('龙洲'), await id('山底')]
    expect(labelsOf(await world.press('where', `a${county}`))).toContain(`d:where:a${township}`)
    const villages = labelsOf(await world.press('where', `a${township}`))
    expect(villages).toEqual(expect.arrayContaining([`d:where:a${village}`, 'd:where:w']))
    await world.press('where', `a${village}`)
    expect(await stored()).toMatchObject({
      step: 'who',
      answers: { where: { placeId: village, path: '衢州市 龙游县 龙洲街道 山底村' } },
    })
  })

  it('is found by its name, and a county opened by typing it', async () => {
    await world.say('龙游县')
    expect(await stored()).toMatchObject({ step: 'where', browse: { page: 0 } })
    await world.say('山底村')
    expect(await stored()).toMatchObject({ step: 'who' })
  })

  it('is looked for in the county whose name alone was typed', async () => {
    await world.say('龙游')
    const county = await db.area.findFirstOrThrow({ where: { name: { startsWith: '龙游' } } })
    expect(await stored()).toMatchObject({ step: 'where', browse: { path: [county.id] } })
  })

  it('may be replaced by its township, but not by a whole county', async () => {
    await world.say('龙游县')
    await world.press('where', 'w')
    expect((await stored())?.answers.where).toBeUndefined()
  })

  it('that was retired in the meantime is asked for again', async () => {
    const area = await db.area.findFirstOrThrow({ where: { name: { startsWith: '山底' } } })
    await world.press('where', `a${area.id + 999}`)
    expect(await stored()).toMatchObject({ step: 'where' })
  })
})

describe('typed words', () => {
  it('press the button that they name', async () => {
    await world.begin()
    await world.say('我明白了，开始写')
    await world.say('1')
    expect(await stored()).toMatchObject({ step: 'where', answers: { what: { choice: 'cash' } } })
  })
})

describe('a photo', () => {
  it('waits to be fetched, where it is kept sealed', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.answer({ kind: 'file', what: 'photo', fileId: 'AgACAgQAAx0CTelegram' })
    const [row] = await db.evidence.findMany()
    expect(row).toMatchObject({ number: 1, state: 'pending', tipId: null })
    expect(Buffer.from(row?.source ?? []).toString('latin1')).not.toContain('AgACAg')
  })

  it('larger than a bot may fetch is refused at once', async () => {
    await world.begin()
    await world.press('safety', 'continue')
    await world.answer({ kind: 'file', what: 'photo', fileId: 'big', bytes: 21 * 1024 * 1024 })
    expect(await db.evidence.count()).toBe(0)
  })
})

describe('nothing', () => {
  it('is answered when nothing is being written', async () => {
    const open = { kind: 'press' as const, step: 'review', value: 'submit' }
    const none = await db.$transaction((tx) => answerDraft(tx, world.deps, world.chat, open))
    expect(none).toEqual({ outcome: 'none' })
    await db.$transaction((tx) => beginDraft(tx, world.deps, world.chat))
    expect(await db.draft.count()).toBe(1)
  })
})
