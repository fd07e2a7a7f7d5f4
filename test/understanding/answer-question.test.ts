import { beforeEach, describe, expect, it } from 'vitest'
import { createReadingWorld, quiz } from './reading-world.ts'

const world = await createReadingWorld()
const { db, read, answer } = world
const wang = 11
const stranger = 99

let rule = 0
const reading = () => db.contentRead.findFirstOrThrow()
const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null

beforeEach(async () => {
  await world.begin()
  world.at('2017-03-01')
  rule = await world.publish('rule')
  await world.subscribe(wang)
})

describe('who says that they have read it', () => {
  it('is noted once, on the first day, and asked the question', async () => {
    const first = await read(wang, rule)
    expect(first).toEqual({
      outcome: 'read',
      isFirst: true,
      question: { contentId: rule, number: 1, quiz, tries: 0 },
    })
    expect(await read(wang, rule)).toEqual({ outcome: 'asked-before' })
    world.at('2017-03-02')
    expect(await read(wang, rule)).toMatchObject({ isFirst: false, question: { tries: 0 } })
    expect(await db.contentRead.count()).toBe(1)
    expect(day((await reading()).readOn)).toBe('2017-03-01')
  })

  it('is asked nothing where there is no question, or it was answered and is not due', async () => {
    const plain = await world.publish('plain', {
      texts: { 'zh-CN': { title: '通知', body: '开会' } },
    })
    expect(await read(wang, plain)).toEqual({ outcome: 'read', isFirst: true, question: null })
    await read(wang, rule)
    await answer(wang, rule, 1)
    expect(await read(wang, rule)).toMatchObject({ question: null })
    world.at('2017-03-02')
    expect(await read(wang, rule)).toMatchObject({ question: { tries: 1 } })
  })

  it('is told apart from a stranger, and from who reads what is gone', async () => {
    expect(await read(stranger, rule)).toEqual({ outcome: 'stranger' })
    expect(await read(wang, 12_345)).toEqual({ outcome: 'gone' })
    await world.withdraw(rule)
    expect(await read(wang, rule)).toMatchObject({ outcome: 'read', question: null })
    expect(await db.contentRead.count()).toBe(1)
  })

  it('is forgotten with the subscriber', async () => {
    await read(wang, rule)
    await db.subscriber.deleteMany()
    expect(await db.contentRead.count()).toBe(0)
  })
})

describe('an answer', () => {
  beforeEach(() => read(wang, rule))

  it('counts once, however often a button is pressed', async () => {
    const [first, second] = [await answer(wang, rule, 0), await answer(wang, rule, 1)]
    expect(first).toEqual({ outcome: 'answered', isRight: true, option: 0, quiz, comesBack: true })
    expect(second).toEqual({ outcome: 'answered-before' })
    expect(await reading()).toMatchObject({ tries: 1, isRight: true, step: 1 })
    expect(day((await reading()).askOn)).toBe('2017-03-08')
  })

  it('that is wrong brings the question back on the next day', async () => {
    expect(await answer(wang, rule, 1)).toMatchObject({ isRight: false, comesBack: true })
    expect(day((await reading()).askOn)).toBe('2017-03-02')
    world.at('2017-03-02')
    expect(await answer(wang, rule, 0, { tries: 1 })).toMatchObject({ isRight: true })
    expect(await reading()).toMatchObject({ tries: 2, isRight: true, step: 1 })
  })

  it('promises no question after the election, or to who gets nothing any more', async () => {
    await world.setElection('t', '2017-03-01')
    expect(await answer(wang, rule, 1)).toMatchObject({ comesBack: false })
    await world.subscribe(12, 'a', { state: 'stopped' })
    await read(12, rule)
    expect(await answer(12, rule, 1)).toMatchObject({ outcome: 'answered', comesBack: false })
  })

  it('to a version that was replaced is not counted: the new question is asked', async () => {
    await world.publish('rule')
    const outcome = await answer(wang, rule, 1, { number: 1 })
    expect(outcome).toMatchObject({ outcome: 'changed', question: { number: 2, tries: 0 } })
    expect(await reading()).toMatchObject({ tries: 0, isRight: null })
    expect(await answer(wang, rule, 0, { number: 2 })).toMatchObject({ isRight: true })
  })

  it('is not taken from a stranger, for an answer that is none, or for what is gone', async () => {
    expect(await answer(stranger, rule, 0)).toEqual({ outcome: 'stranger' })
    expect(await answer(wang, rule, 7)).toEqual({ outcome: 'gone' })
    await world.withdraw(rule)
    expect(await answer(wang, rule, 0)).toEqual({ outcome: 'gone' })
    expect(await reading()).toMatchObject({ tries: 0 })
  })
})
