import { beforeEach, describe, expect, it } from 'vitest'
import { saveActed } from '../../../src/groups/supervisor-store.ts'
import { checkInboxes } from '../../../src/tips/deadlines/check-inboxes.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type Sent, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const dayMs = 24 * 60 * 60_000
let world: World

async function check(): Promise<Sent[]> {
  await checkInboxes(db, { ...world.deps, botId: 1 })
  return world.deliver()
}

const enrolEverybody = () =>
  db.supervisor.updateMany({ where: { telegramId: null }, data: { state: 'enrolled' } })

beforeEach(async () => {
  world = await createWorld(database)
  await enrolEverybody()
  await world.file()
  await world.deliver()
})

describe('the daily look at the inboxes', () => {
  it('asks what the bot may do in each, once a day, also in broken ones', async () => {
    await db.group.update({ where: { code: 'LY' }, data: { inboxState: 'broken' } })
    const asked = (await check()).filter(({ outgoing }) => outgoing.kind === 'ask-members')
    expect(asked.map(({ to }) => to.chatId)).toEqual([
      cast.county.chatId,
      cast.township.chatId,
      cast.city.chatId,
    ])
    expect(await check()).toEqual([])
    world.passTime(dayMs)
    expect(await check()).not.toEqual([])
  })

  it('alarms admins and the level above where nobody is enrolled, and moves what waits there', async () => {
    await db.supervisor.updateMany({
      where: { name: { startsWith: '乙' } },
      data: { state: 'listed' },
    })
    const sent = await check()
    expect(world.textsTo(sent, cast.admin).join()).toContain('“龙洲督导组”没有一个登记过的组员')
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('下一级的“龙洲督导组”没有一个')
    const tip = await db.tip.findFirstOrThrow({ include: { group: true } })
    expect(tip).toMatchObject({ state: 'waiting', group: { code: 'LY' } })
  })

  it('keeps what waits at the top where nobody is enrolled', async () => {
    await db.tip.updateMany({ data: { groupId: await world.groupId('QZ') } })
    await db.supervisor.updateMany({ where: { name: '丙一' }, data: { state: 'listed' } })
    const sent = await check()
    expect(world.textsTo(sent, cast.admin).join()).toContain('“衢州市督导组”没有一个登记过的组员')
    expect(await db.tip.findFirst()).toMatchObject({ state: 'waiting' })
  })

  it('asks after a group that got tips and did nothing for a week', async () => {
    const silent = async () => world.textsTo(await check(), cast.admin).join()
    expect(await silent()).toBe('')
    world.passTime(2 * dayMs)
    expect(await silent()).toContain('“龙洲督导组”7 天里来过举报')
    await saveActed(db, { chatId: cast.township.chatId, telegramId: cast.yiyi, day: '2017-03-31' })
    world.passTime(dayMs)
    expect(await silent()).toBe('')
  })

  it('counts as acts only those of enrolled people in their own inbox, once a day', async () => {
    const act = (chatId: number, telegramId: number) =>
      saveActed(db, { chatId, telegramId, day: '2017-03-31' })
    await act(cast.county.chatId, cast.yiyi)
    await act(cast.township.chatId, cast.stranger)
    expect(await db.supervisor.count({ where: { lastActedOn: { not: null } } })).toBe(0)
    await act(cast.township.chatId, cast.yiyi)
    await act(cast.township.chatId, cast.yiyi)
    expect(await db.supervisor.findFirst({ where: { name: '乙一' } })).toMatchObject({
      lastActedOn: new Date('2017-03-31'),
    })
  })

  it('moves what somebody took on the second morning in a row, and tells its reporter', async () => {
    const press = { groupId: await world.groupId('LY-01'), state: 'acknowledged' }
    await db.tip.updateMany({ data: press })
    await db.group.update({ where: { code: 'LY-01' }, data: { inboxState: 'broken' } })
    const groupOf = async () => (await db.tip.findFirstOrThrow({ include: { group: true } })).group
    await check()
    await check()
    expect(await groupOf()).toMatchObject({ code: 'LY-01' })
    world.passTime(dayMs)
    const sent = await check()
    expect(await groupOf()).toMatchObject({ code: 'LY' })
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('QF-000001')
    expect((await world.opened(1)).at(-1)).toContain('换了一个督导组来办')
  })

  it('leaves what somebody took when the chat was back in between', async () => {
    await db.tip.updateMany({ data: { state: 'acknowledged' } })
    const is = (inboxState: string) =>
      db.group.update({ where: { code: 'LY-01' }, data: { inboxState } })
    await is('broken')
    await check()
    await is('bound')
    world.passTime(dayMs)
    await check()
    await is('broken')
    world.passTime(dayMs)
    await check()
    expect(await db.tip.findFirst()).toMatchObject({ state: 'acknowledged' })
  })

  it('is made up for later in the day, but not in the night', async () => {
    const asked = async (local: string) => {
      const at = new Date(`${local}:00+08:00`)
      world.passTime(at.getTime() - world.deps.now().getTime())
      return (await check()).length > 0
    }
    expect(await asked('2017-03-29T08:20')).toBe(false)
    expect(await asked('2017-03-29T15:10')).toBe(true)
    expect(await asked('2017-03-29T15:20')).toBe(false)
    expect(await asked('2017-03-30T20:10')).toBe(false)
    expect(await asked('2017-03-31T08:30')).toBe(true)
  })

  it('lists what goes on no more by itself, every day, and nothing when there is nothing', async () => {
    const alarms = async () =>
      world.textsTo(await check(), cast.admin).filter((text) => text.includes('没有人往下办'))
    expect(await alarms()).toEqual([])
    await db.tip.updateMany({ data: { state: 'held', groupId: null } })
    world.passTime(dayMs)
    expect(await alarms()).toEqual([expect.stringContaining('QF-000001：没有组能收')])
    expect(await alarms()).toEqual([])
    await db.tip.updateMany({ data: { state: 'waiting', deadlineStage: 'top' } })
    world.passTime(dayMs)
    expect(await alarms()).toEqual([
      expect.stringContaining('QF-000001：超过时间，上面没有别的组能接'),
    ])
  })
})
