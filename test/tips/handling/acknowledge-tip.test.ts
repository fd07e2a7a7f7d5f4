import { beforeEach, describe, expect, it } from 'vitest'
import { acknowledgeTip } from '../../../src/tips/handling/acknowledge-tip.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World
let cardId = 0

const press = (telegramId: number, more: object = {}) =>
  db.$transaction((tx) =>
    acknowledgeTip(tx, world.deps, {
      cardId,
      chatId: cast.township.chatId,
      messageId: 55,
      telegramId,
      isAnonymous: false,
      ...more,
    }),
  )

beforeEach(async () => {
  world = await createWorld(database)
  await world.file()
  await world.deliver()
  cardId = (await db.tipCard.findFirstOrThrow()).id
})

describe('taking note of a tip', () => {
  it('is shown on the card, told to the reporter without a name, and audited', async () => {
    expect(await press(cast.yiyi)).toEqual({ outcome: 'acknowledged', number: 'QF-000001' })
    const sent = await world.deliver()
    const [card, notice] = sent
    expect(card).toMatchObject({
      to: { chatId: cast.township.chatId },
      outgoing: { kind: 'edit', messageId: 55, text: expect.stringContaining('✓ 乙一') },
    })
    const buttons = card && 'keyboard' in card.outgoing ? card.outgoing.keyboard?.flat() : []
    expect(buttons?.map(({ text }) => text)).toEqual(['追问', '转交', '办结', '更多'])
    expect(notice).toMatchObject({ purpose: 'tip-notice', to: { chatId: cast.villager } })
    expect(world.textsTo(sent, cast.villager).join()).not.toContain('乙一')
    expect(await db.auditLine.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      action: 'tip acknowledged',
      actor: expect.stringMatching(/^supervisor:\d+$/),
    })
  })

  it('is won by one press; the other learns by whom', async () => {
    const both = await Promise.all([press(cast.yiyi), press(cast.yier)])
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['acknowledged', 'already'])
    const loser = both.find(({ outcome }) => outcome === 'already')
    expect(loser).toMatchObject({ by: expect.stringMatching(/^乙/) })
    expect(await db.auditLine.count({ where: { action: 'tip acknowledged' } })).toBe(1)
  })

  it('is refused to strangers, anonymous admins and people in another chat', async () => {
    expect(await press(cast.stranger)).toEqual({ outcome: 'not-enrolled' })
    expect(await press(cast.yiyi, { isAnonymous: true })).toEqual({ outcome: 'anonymous' })
    const elsewhere = { chatId: cast.county.chatId }
    expect(await press(cast.yiyi, elsewhere)).toEqual({ outcome: 'not-this-group' })
    expect(await press(cast.yiyi, { cardId: 999 })).toEqual({ outcome: 'moved' })
    expect(await db.tip.findFirst()).toMatchObject({ state: 'waiting' })
    expect(await world.deliver()).toEqual([])
  })

  it('is refused to a supervisor who left the roster', async () => {
    await db.supervisor.updateMany({ where: { name: '乙一' }, data: { state: 'left' } })
    expect(await press(cast.yiyi)).toEqual({ outcome: 'not-enrolled' })
  })

  it('still works in a group that became a supergroup', async () => {
    const data = { inboxChatId: -100_777n }
    await db.group.update({ where: { code: 'LY-01' }, data })
    expect(await press(cast.yiyi, { chatId: -100_777 })).toMatchObject({ outcome: 'acknowledged' })
    expect((await world.deliver())[0]?.to.chatId).toBe(-100_777)
  })

  it('is too late for a tip that moved or was closed', async () => {
    await db.tip.updateMany({ data: { state: 'closed' } })
    expect(await press(cast.yiyi)).toEqual({ outcome: 'closed' })
    await db.tipCard.updateMany({ data: { state: 'withdrawn' } })
    expect(await press(cast.yiyi)).toEqual({ outcome: 'old-card' })
    await db.tip.updateMany({ data: { groupId: null } })
    expect(await press(cast.yiyi)).toEqual({ outcome: 'moved' })
  })

  it('needs no reporter: the vault may have forgotten them', async () => {
    await db.reporter.deleteMany()
    expect(await press(cast.yiyi)).toMatchObject({ outcome: 'acknowledged' })
    expect(await world.deliver()).toHaveLength(1)
  })
})
