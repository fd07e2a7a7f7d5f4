import { beforeEach, describe, expect, it } from 'vitest'
import { acknowledgeTip } from '../../../src/tips/handling/acknowledge-tip.ts'
import { type Move, moveTip } from '../../../src/tips/routing/move-tip.ts'
import { rerouteHeldTips } from '../../../src/tips/routing/reroute-tips.ts'
import { openRouting } from '../../../src/tips/tip-content.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World
let tipId = 0
let township = 0
let county = 0
let city = 0

const move = (more: Partial<Move> = {}) =>
  db.$transaction((tx) =>
    moveTip(tx, world.deps, tipId, { cause: 'transfer', excludedGroupIds: [township], ...more }),
  )
const readTip = () => db.tip.findUniqueOrThrow({ where: { id: tipId } })
const acknowledge = async () => {
  const card = await db.tipCard.findFirstOrThrow({ orderBy: { id: 'desc' } })
  await db.$transaction((tx) =>
    acknowledgeTip(tx, world.deps, {
      cardId: card.id,
      chatId: Number(card.chatId),
      messageId: card.messageId ?? 0,
      telegramId: cast.yiyi,
      isAnonymous: false,
    }),
  )
}

beforeEach(async () => {
  world = await createWorld(database)
  ;[township, county, city] = (await Promise.all(['LY-01', 'LY', 'QZ'].map(world.groupId))) as [
    number,
    number,
    number,
  ]
  await world.file()
  await world.deliver()
  tipId = (await db.tip.findFirstOrThrow()).id
})

describe('moving a tip', () => {
  it('empties its card, puts it into the next inbox, tells the reporter neutrally and notes why', async () => {
    await acknowledge()
    await world.deliver()
    const outcome = await move({ target: 'above', note: '要县里协调', actor: 'supervisor:1' })
    expect(outcome).toMatchObject({ outcome: 'moved', groupId: county, groupName: '龙游县督导组' })
    const sent = await world.deliver()
    const [left] = sent.filter(({ to }) => to.chatId === cast.township.chatId)
    expect(left?.outgoing).toMatchObject({
      kind: 'edit',
      text: expect.stringContaining('已经转走'),
    })
    expect(left?.outgoing).not.toHaveProperty('keyboard')
    expect(world.textsTo(sent, cast.county.chatId).join()).toContain('QF-000001')
    expect(world.textsTo(sent, cast.villager)).toEqual([
      expect.stringContaining('有一条给您的消息'),
    ])
    expect((await world.opened(1)).at(-1)).toContain('换了一个督导组')
    expect((await world.opened(1)).join()).not.toContain('龙游')

    const tip = await readTip()
    expect(tip).toMatchObject({ state: 'waiting', groupId: county, acknowledgedById: null })
    expect(openRouting(world.keyring, tip).at(-1)).toMatchObject({
      ...{ cause: 'transfer', fromGroupId: township, groupId: county, note: '要县里协调' },
    })
    expect(await db.auditLine.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      ...{ action: 'tip routed', actor: 'supervisor:1' },
      detail: { cause: 'transfer', groupId: county, fromGroupId: township },
    })
    expect(await db.tipCard.count({ where: { state: { not: 'withdrawn' } } })).toBe(1)
  })

  it('changes nothing when nobody else may take a tip that may stay', async () => {
    await db.group.updateMany({ where: { id: { not: township } }, data: { inboxState: 'broken' } })
    expect(await move({ cause: 'deadline' })).toMatchObject({ outcome: 'nowhere' })
    expect(await readTip()).toMatchObject({ state: 'waiting', groupId: township })
    expect(await world.deliver()).toEqual([])
  })

  it('holds a tip after a conflict rather than leave it, and never gives it back to that group', async () => {
    await db.group.updateMany({ where: { id: { not: township } }, data: { inboxState: 'broken' } })
    expect(await move({ cause: 'conflict' })).toMatchObject({ outcome: 'held' })
    const sent = await world.deliver()
    const kinds = sent
      .filter(({ to }) => to.chatId === cast.township.chatId)
      .map(({ outgoing }) => outgoing.kind)
    expect(kinds).toEqual(['edit', 'delete-many'])
    await db.$transaction((tx) => rerouteHeldTips(tx, world.deps))
    expect(await readTip()).toMatchObject({ state: 'held', groupId: null })

    await db.group.update({ where: { id: city }, data: { inboxState: 'bound' } })
    await db.$transaction((tx) => rerouteHeldTips(tx, world.deps))
    expect(await readTip()).toMatchObject({ state: 'waiting', groupId: city })
  })

  it('closes the topic it leaves, and deletes it with all that was talked there after a conflict', async () => {
    const leave = async (cause: Move['cause']) => {
      await db.tipCard.updateMany({ where: { state: 'shown' }, data: { threadId: 77 } })
      const { groupId } = await readTip()
      await move({ cause, excludedGroupIds: [groupId ?? 0] })
      const sent = await world.deliver()
      return sent.map(({ outgoing }) => outgoing.kind).filter((kind) => kind.endsWith('-topic'))
    }
    expect(await leave('transfer')).toEqual(['close-topic'])
    expect(await leave('conflict')).toEqual(['close-topic', 'delete-topic'])
  })

  it('goes to a named group only if the rules allow that group', async () => {
    expect(await move({ target: city })).toMatchObject({ outcome: 'moved', groupId: city })
    const excludedGroupIds = [city]
    const back = { target: township, excludedGroupIds, cause: 'transfer' as const }
    // It passed the tip on, so it gets it again only because it was named.
    expect(await move(back)).toMatchObject({ outcome: 'moved', groupId: township })
    await db.supervisor.updateMany({ where: { name: '甲一' }, data: { name: '戴某' } })
    expect(await move({ target: county })).toMatchObject({ outcome: 'nowhere' })
  })

  it('goes up and not sideways when it must', async () => {
    expect(await move({ target: 'above' })).toMatchObject({ groupId: county })
    const up = { target: 'above' as const, excludedGroupIds: [county] }
    expect(await move(up)).toMatchObject({ groupId: city })
    expect(await move({ target: 'above', excludedGroupIds: [city] })).toMatchObject({
      outcome: 'nowhere',
    })
  })

  it('is done once when two ask for it at the same time', async () => {
    const both = await Promise.all([
      move({ cause: 'deadline', target: 'above' }),
      move({ cause: 'deadline', target: 'above' }),
    ])
    expect(both.map(({ outcome }) => outcome)).toContain('moved')
    expect(await db.tipCard.count({ where: { state: { not: 'withdrawn' } } })).toBe(1)
  })

  it('leaves a closed tip alone, unless it is reopened', async () => {
    await db.tip.updateMany({
      data: { state: 'closed', result: 'unfounded', closedAt: new Date() },
    })
    expect(await move()).toEqual({ outcome: 'unchanged' })
    expect(await move({ cause: 'reopen', target: 'above' })).toMatchObject({ groupId: county })
    expect(await readTip()).toMatchObject({ state: 'waiting', result: null, closedAt: null })
  })

  it('reopens in the same group when there is none above, and alarms the admins', async () => {
    await db.tip.updateMany({ data: { state: 'closed', result: 'unfounded', groupId: city } })
    const outcome = await move({ cause: 'reopen', target: 'above', excludedGroupIds: [city] })
    expect(outcome).toMatchObject({ outcome: 'moved' })
    const sent = await world.deliver()
    expect(world.textsTo(sent, cast.admin).join()).toContain('QF-000001')
    // An outage later on must not leave it without anybody.
    await db.group.updateMany({ data: { inboxState: 'broken' } })
    expect(await move({ cause: 'outage', excludedGroupIds: [] })).toMatchObject({ outcome: 'held' })
    await db.group.update({ where: { id: city }, data: { inboxState: 'bound' } })
    await db.$transaction((tx) => rerouteHeldTips(tx, world.deps))
    expect(await readTip()).toMatchObject({ state: 'waiting', groupId: city })
  })
})
