import { beforeEach, describe, expect, it } from 'vitest'
import { createReadingWorld } from './reading-world.ts'

const world = await createReadingWorld()
const { db, askAgain } = world
const [wang, li, chen] = [11, 12, 13]

let rule = 0
/** Reads the rule and answers wrongly, on 1 March: it is due on the next day. */
async function failOn(contentId: number, ...chats: number[]): Promise<void> {
  for (const chat of chats) {
    await world.read(chat, contentId)
    await world.answer(chat, contentId, 1)
  }
}

beforeEach(async () => {
  await world.begin()
  world.at('2017-03-01')
  rule = await world.publish('rule')
  for (const chat of [wang, li]) await world.subscribe(chat)
  await failOn(rule, wang, li)
})

describe('a question that is due', () => {
  it('goes to everybody once, through one queue that sends by day', async () => {
    expect(await askAgain()).toEqual([])
    world.at('2017-03-02')
    expect(await askAgain()).toEqual([wang, li])
    expect(await askAgain()).toEqual([])
    const queue = await db.deliveryQueue.findFirstOrThrow()
    expect(queue).toMatchObject({ state: 'open', sendFrom: 9 * 60, sendUntil: 20 * 60 })
    expect(await db.delivery.count({ where: { queueId: queue.id, lane: 'bulk' } })).toBe(2)
    expect(await world.lastBody()).toMatchObject({
      text: expect.stringContaining('有人送烟请你投票，能收吗？'),
      keyboard: [
        [{ text: '能收', data: `r:quiz:${rule}:1:1:1` }],
        [{ text: '不能收', data: `r:quiz:${rule}:1:0:1` }],
      ],
    })
  })

  it('does not come again while nobody answers, and counts when it is answered late', async () => {
    world.at('2017-03-02')
    await askAgain()
    await world.sendAll()
    world.at('2017-03-20')
    expect(await askAgain()).toEqual([])
    expect(await world.answer(wang, rule, 0, { tries: 1 })).toMatchObject({ isRight: true })
    world.at('2017-03-27')
    expect(await askAgain()).toEqual([wang])
  })

  it('is asked by two processes at the same time once', async () => {
    world.at('2017-03-02')
    await Promise.all([askAgain(), askAgain()])
    expect(await db.delivery.count()).toBe(2)
    expect(await db.deliveryQueue.count()).toBe(1)
  })

  it('is one a day for each person, the one that waits longest first', async () => {
    world.at('2017-03-02')
    const second = await world.publish('second')
    await failOn(second, wang)
    world.at('2017-03-03')
    expect(await askAgain()).toEqual([wang, li])
    expect(await world.lastBody()).toMatchObject({
      keyboard: expect.arrayContaining([
        [expect.objectContaining({ data: `r:quiz:${rule}:1:0:1` })],
      ]),
    })
    await world.sendAll()
    await world.answer(wang, rule, 0, { tries: 1 })
    world.at('2017-03-03', '15:00')
    expect(await askAgain()).toEqual([])
    world.at('2017-03-04')
    expect(await askAgain()).toEqual([wang])
  })

  it('of yesterday that did not get through keeps today’s back', async () => {
    const second = await world.publish('second')
    await failOn(second, wang)
    world.at('2017-03-02', '19:50')
    expect(await askAgain()).toEqual([wang, li])
    world.at('2017-03-03')
    expect(await askAgain()).toEqual([])
    await world.sendAll()
    world.at('2017-03-03', '15:00')
    expect(await askAgain()).toEqual([])
    expect(await db.deliveryQueue.findMany()).toMatchObject([{ state: 'finished' }])
    world.at('2017-03-04')
    expect(await askAgain()).toEqual([wang])
  })
})

describe('the hour', () => {
  it.each([
    ['07:30', []],
    ['08:59', []],
    ['09:00', [wang, li]],
    ['19:59', [wang, li]],
    ['20:00', []],
    ['23:00', []],
  ])('is by day: %s', async (hour, asked) => {
    world.at('2017-03-02', hour)
    expect(await askAgain()).toEqual(asked)
  })

  it('is their own for who chose one, also outside of the day, and never an earlier one', async () => {
    await world.subscribe(wang, 'a', { hour: 7 })
    await world.subscribe(li, 'a', { hour: 18 })
    world.at('2017-03-02', '07:10')
    expect(await askAgain()).toEqual([wang])
    expect(await db.deliveryQueue.findFirst()).toMatchObject({ sendFrom: null })
    world.at('2017-03-02', '17:50')
    expect(await askAgain()).toEqual([])
    world.at('2017-03-02', '18:00')
    expect(await askAgain()).toEqual([li])
  })

  it('that went by while nothing ran is made up for by day', async () => {
    await world.subscribe(wang, 'a', { hour: 7 })
    world.at('2017-03-02', '12:00')
    expect(await askAgain()).toEqual([wang, li])
  })
})

describe('nobody is asked', () => {
  it.each([
    ['who stopped', { state: 'stopped' }],
    ['who blocked the bot', { state: 'blocked' }],
    ['on the last day of a pause', { pausedUntil: '2017-03-02' }],
    ['who switched the topic off', { mutedTopics: ['reminder'] }],
  ])('%s', async (_, change) => {
    await world.subscribe(wang, 'a', change)
    world.at('2017-03-02')
    expect(await askAgain()).toEqual([li])
  })

  it('after the election day of their village, whoever it is inherited from', async () => {
    await world.subscribe(chen, 'b')
    await failOn(rule, chen)
    await world.setElection('t', '2017-03-01')
    await world.setElection('b', '2017-03-02')
    world.at('2017-03-02')
    expect(await askAgain()).toEqual([chen])
  })

  it('about what was withdrawn, or has lost its question', async () => {
    await world.withdraw(rule)
    world.at('2017-03-02')
    expect(await askAgain()).toEqual([])
    await world.publish('rule', { texts: { 'zh-CN': { title: '新', body: '新' } } })
    expect(await askAgain()).toEqual([])
  })

  it('for the rest of the day when the office ended the questions of today', async () => {
    world.at('2017-03-02', '09:00')
    await world.subscribe(li, 'a', { hour: 15 })
    await askAgain()
    await db.deliveryQueue.updateMany({ data: { state: 'cancelled' } })
    world.at('2017-03-02', '15:00')
    expect(await askAgain()).toEqual([])
    world.at('2017-03-03', '15:00')
    expect(await askAgain()).toEqual([li])
  })

  it('about something of more than a month ago', async () => {
    world.at('2017-04-02')
    expect(await askAgain()).toEqual([])
    expect(await db.contentRead.count({ where: { askOn: { not: null } } })).toBe(0)
  })
})

it('asks on in a new queue when the one of today was closed meanwhile', async () => {
  await world.subscribe(li, 'a', { hour: 15 })
  world.at('2017-03-02', '09:00')
  expect(await askAgain()).toEqual([wang])
  await world.sendAll()
  await db.deliveryQueue.updateMany({ data: { state: 'finished' } })
  world.at('2017-03-02', '15:00')
  expect(await askAgain()).toEqual([li])
  expect(await db.deliveryQueue.count({ where: { state: 'open' } })).toBe(1)
})
