import { beforeEach, describe, expect, it } from 'vitest'
import { changeDirectoryVersion } from '../../../src/areas/area-store.ts'
import { tendDeadlines, tendTip } from '../../../src/tips/deadlines/tend-deadlines.ts'
import { moveTip } from '../../../src/tips/routing/move-tip.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type Sent, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const minuteMs = 60_000
const log = { error: () => {} } as never
let world: World

/** The world begins on a Tuesday at 17:30, when offices close: to this hour on that or a later day. */
function goTo(local: string): void {
  const at = new Date(`${local}:00+08:00`)
  world.passTime(at.getTime() - world.deps.now().getTime())
}

async function tick(): Promise<Sent[]> {
  await tendDeadlines(db, { ...world.deps, log })
  return world.deliver()
}

/** Ticks at each of these moments and gives what the last tick sent. */
async function walk(...locals: string[]): Promise<Sent[]> {
  let sent: Sent[] = []
  for (const local of locals) {
    goTo(local)
    sent = await tick()
  }
  return sent
}

const texts = (sent: Sent[], chatId: number) => world.textsTo(sent, chatId)
const tip = () => db.tip.findFirstOrThrow()
const groupOf = async () =>
  (await db.tip.findFirstOrThrow({ include: { group: true } })).group?.code

beforeEach(async () => {
  world = await createWorld(database)
  await db.supervisor.updateMany({ where: { name: '乙一' }, data: { title: '组长' } })
  goTo('2017-03-28T09:00')
  await world.file()
  await world.deliver()
  await tick()
})

describe('a tip that nobody takes', () => {
  it('was promised at filing, in the receipt and in its row', async () => {
    expect(await tip()).toMatchObject({
      acknowledgeBy: new Date('2017-03-28T11:00:00+08:00'),
      answerBy: new Date('2017-04-01T17:30:00+08:00'),
      deadlineStage: 'nudge',
      deadlineAt: new Date('2017-03-28T10:00:00+08:00'),
    })
  })

  it('is brought up at half time, below its card, with a name', async () => {
    goTo('2017-03-28T09:59')
    expect(await tick()).toEqual([])
    goTo('2017-03-28T10:00')
    const [nudge, ...rest] = await tick()
    expect(rest).toEqual([])
    const { messageId } = await db.tipCard.findFirstOrThrow()
    expect(nudge).toMatchObject({
      to: { chatId: cast.township.chatId },
      outgoing: { kind: 'text', replyTo: messageId, mustReply: true },
    })
    expect(texts(nudge ? [nudge] : [], cast.township.chatId)[0]).toMatch(
      /QF-000001.*2017-03-28 11:00.*\n请乙一看一看。$/s,
    )
  })

  it('calls the leader at the deadline, in the inbox and in private, and is audited', async () => {
    goTo('2017-03-28T10:00')
    await tick()
    goTo('2017-03-28T11:00')
    const sent = await tick()
    expect(texts(sent, cast.township.chatId)[0]).toMatch(
      /到时间了.*2017-03-28 15:00.*上一级.*请乙一/s,
    )
    expect(texts(sent, cast.yiyi)[0]).toContain('“龙洲督导组”的举报 QF-000001')
    expect(sent).toHaveLength(2)
    expect(await db.auditLine.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      action: 'tip overdue',
      actor: 'system',
    })
  })

  it('calls the leader in private also when the inbox cannot be written to', async () => {
    await db.tip.updateMany({ data: { state: 'acknowledged' } })
    await tick()
    await db.group.update({ where: { code: 'LY-01' }, data: { inboxState: 'broken' } })
    goTo('2017-04-10T09:00')
    const sent = await tick()
    expect(sent.map(({ to }) => to.chatId)).toEqual([cast.yiyi])
    goTo('2017-04-11T09:00')
    await tick()
    expect(await groupOf()).toBe('LY')
  })

  it('goes to the county, then to the city, and stays there with an alarm', async () => {
    const left = await walk('2017-03-28T10:00', '2017-03-28T11:00', '2017-03-28T15:00')
    expect(await groupOf()).toBe('LY')
    expect(texts(left, cast.township.chatId).join('\n')).toContain('已经交给上一级（龙游县督导组）')
    expect(texts(left, cast.county.chatId).join('\n')).toContain('现在交到这里')
    expect(texts(left, cast.villager)).toEqual([expect.stringContaining('有一条给您的消息')])
    expect((await world.opened(1)).at(-1)).toContain('已经交给上一级督导组')
    expect(await tip()).toMatchObject({ state: 'waiting', escalations: 1 })

    await walk('2017-03-28T15:01', '2017-03-28T16:01', '2017-03-28T17:01')
    expect(await groupOf()).toBe('LY')
    await walk('2017-03-29T10:02')
    expect(await groupOf()).toBe('QZ')
    const top = await walk(
      ...['2017-03-29T10:03', '2017-03-29T11:03', '2017-03-29T14:03', '2017-03-29T16:03'],
    )
    expect(await groupOf()).toBe('QZ')
    expect(texts(top, cast.admin)).toEqual([expect.stringContaining('上面没有别的组能接')])
    expect(texts(top, cast.city.chatId)).toEqual([expect.stringContaining('还留在这里')])
    expect(texts(top, cast.villager)).toEqual([expect.stringContaining('有一条给您的消息')])
    expect((await world.opened(1)).at(-1)).toContain('12380')
    expect(await tip()).toMatchObject({ state: 'waiting', escalations: 2, deadlineStage: 'top' })
    expect(await walk('2017-05-29T15:32')).toEqual([])
  })

  it('that could go nowhere goes up as soon as somebody above can take it', async () => {
    const above = { code: { in: ['LY', 'QZ'] } }
    await db.group.updateMany({ where: above, data: { inboxState: 'broken' } })
    const stays = await walk('2017-03-28T10:00', '2017-03-28T11:00', '2017-03-28T15:00')
    expect(texts(stays, cast.township.chatId)).toEqual([expect.stringContaining('还留在这里')])
    expect(await tip()).toMatchObject({ deadlineStage: 'top' })
    expect(await walk('2017-03-28T17:00')).toEqual([])
    await db.group.updateMany({ where: above, data: { inboxState: 'bound' } })
    const moved = await walk('2017-03-29T10:00')
    expect(await groupOf()).toBe('LY')
    expect(texts(moved, cast.county.chatId).join()).toContain('现在交到这里')
    expect(await world.opened(1)).toEqual([
      expect.stringContaining('上面现在没有别的组能接'),
      expect.stringContaining('已经交给上一级督导组'),
    ])
  })

  it('cannot be kept by taking it and giving it back again and again', async () => {
    const handle = (state: string) => db.tip.updateMany({ data: { state } })
    goTo('2017-04-05T09:00')
    const days = ['2017-04-05', '2017-04-06', '2017-04-07', '2017-04-10', '2017-04-11']
    for (const day of days) {
      if ((await groupOf()) !== 'LY-01') break
      await handle('acknowledged')
      await walk(`${day}T10:00`, `${day}T16:30`)
      if ((await groupOf()) !== 'LY-01') break
      await handle('waiting')
      await walk(`${day}T17:00`)
    }
    expect(await groupOf()).toBe('LY')
  })

  it('gets after an outage only the last of what was missed, which says so', async () => {
    goTo('2017-04-10T09:00')
    const sent = await tick()
    expect(texts(sent, cast.township.chatId)).toEqual([
      expect.stringMatching(/到时间了.*2017-04-10 11:00.*发晚了/s),
    ])
    goTo('2017-04-10T10:59')
    expect(await tick()).toEqual([])
    goTo('2017-04-10T11:00')
    await tick()
    expect(await groupOf()).toBe('LY')
  })

  it('is not brought up twice when two processes look, or the clock is set back', async () => {
    goTo('2017-03-28T10:00')
    const { id } = await tip()
    const once = () => db.$transaction((tx) => tendTip(tx, world.deps, id))
    expect((await Promise.all([once(), once(), once()])).filter(Boolean)).toHaveLength(1)
    expect(await world.deliver()).toHaveLength(1)
    goTo('2017-03-28T09:00')
    expect(await tick()).toEqual([])
    goTo('2017-03-28T10:30')
    expect(await tick()).toEqual([])
  })

  it('comes anew when its card was deleted, and only once', async () => {
    goTo('2017-03-28T10:00')
    await tendDeadlines(db, { ...world.deps, log })
    const sent = await world.deliver(({ outgoing }) =>
      outgoing.kind === 'text' && outgoing.mustReply ? { kind: 'reply-gone' } : { kind: 'sent' },
    )
    expect(sent.map(({ purpose }) => purpose)).toEqual([
      'tip-nudge',
      'tip-deadline',
      'tip-card',
      'tip-deadline',
    ])
    expect(sent[2]?.outgoing).toHaveProperty('keyboard')
    const cards = await db.tipCard.findMany({ orderBy: { id: 'asc' } })
    expect(cards.map(({ state, messageId }) => [state, messageId !== null])).toEqual([
      ['withdrawn', false],
      ['shown', true],
    ])
    goTo('2017-03-28T11:00')
    expect((await tick())[0]?.outgoing).toMatchObject({ replyTo: cards[1]?.messageId })
  })
})

describe('a tip that no group can take', () => {
  it('is told to its reporter and the admins when its time is over, once', async () => {
    await db.group.updateMany({ data: { inboxState: 'broken' } })
    goTo('2017-03-29T09:00')
    await world.file({ who: '李某' })
    await world.deliver()
    await tick()
    const about = (sent: Sent[]) =>
      texts(sent, cast.admin).filter((text) => text.includes('QF-000002'))
    expect(about(await walk('2017-03-29T10:59'))).toEqual([])
    expect(about(await walk('2017-03-29T11:00'))).toEqual([
      expect.stringContaining('还没有督导组能收'),
    ])
    expect((await world.opened(2)).at(-1)).toMatch(/QF-000002.*还没有督导组能办.*12388/s)
    expect(about(await walk('2017-03-29T15:00', '2017-04-05T15:00'))).toEqual([])
    expect(await world.opened(2)).toHaveLength(1)
  })
})

describe('the clock', () => {
  it('stops when somebody takes the tip, and runs for the answer', async () => {
    await db.tip.updateMany({ data: { state: 'acknowledged', acknowledgedAt: world.deps.now() } })
    goTo('2017-03-28T10:00')
    expect(await tick()).toEqual([])
    expect(await tip()).toMatchObject({ deadlineStage: 'nudge', deadlineState: 'acknowledged' })
    goTo('2017-04-01T17:00')
    await tick()
    goTo('2017-04-05T17:30')
    expect(await tip()).toMatchObject({ deadlineStage: 'leader' })
    const late = await tick()
    expect(texts(late, cast.township.chatId)[0]).toContain('还没有结果')
  })

  it('stops for good when the tip is closed, and counts anew when it is opened again', async () => {
    await db.tip.updateMany({ data: { state: 'closed' } })
    await tick()
    expect(await tip()).toMatchObject({ deadlineAt: null, deadlineStage: null })
    goTo('2017-04-10T09:00')
    expect(await tick()).toEqual([])
    await db.tip.updateMany({ data: { state: 'waiting' } })
    expect(await tick()).toEqual([])
    expect(await tip()).toMatchObject({
      acknowledgeBy: new Date('2017-04-10T11:00:00+08:00'),
      deadlineAt: new Date('2017-04-10T10:00:00+08:00'),
    })
  })

  it('begins anew in a group to which the tip was handed on', async () => {
    goTo('2017-03-28T09:50')
    const groupId = await world.groupId('LY-01')
    const { id } = await tip()
    await db.$transaction((tx) =>
      moveTip(tx, world.deps, id, { cause: 'transfer', excludedGroupIds: [groupId] }),
    )
    await world.deliver()
    goTo('2017-03-28T10:00')
    expect(await tick()).toEqual([])
    expect(await tip()).toMatchObject({ deadlineAt: new Date('2017-03-28T11:00:00+08:00') })
  })

  it('leaves a tip of an earlier version its full time', async () => {
    goTo('2017-06-01T09:00')
    const never = { acknowledgeBy: null, answerBy: null, deadlineState: null, deadlineAt: null }
    await db.tip.updateMany({ data: { ...never, deadlineStage: null, deadlineGroupId: null } })
    expect(await tick()).toEqual([])
    expect(await tip()).toMatchObject({ deadlineAt: new Date('2017-06-01T10:00:00+08:00') })
  })

  it('runs faster on election day, on a Sunday too', async () => {
    await db.area.updateMany({
      where: { level: 'county' },
      data: { electionDay: new Date('2017-04-16') },
    })
    await changeDirectoryVersion(db)
    goTo('2017-04-16T14:00')
    await world.file({ who: '李某' })
    await world.deliver()
    await tick()
    const last = await db.tip.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(last).toMatchObject({
      acknowledgeBy: new Date('2017-04-16T14:30:00+08:00'),
      answerBy: new Date('2017-04-16T22:00:00+08:00'),
      deadlineAt: new Date('2017-04-16T14:15:00+08:00'),
    })
  })

  it('tells nobody who reported', async () => {
    const all: Sent[] = []
    for (const hours of [1, 1, 4, 24, 24, 24]) {
      world.passTime(hours * 60 * minuteMs)
      all.push(...(await tick()))
    }
    const toOthers = all.filter(({ to }) => to.chatId !== cast.villager)
    expect(JSON.stringify(toOthers)).not.toContain(String(cast.villager))
    const lines = await db.auditLine.findMany()
    expect(JSON.stringify(lines)).not.toContain(String(cast.villager))
  })
})
