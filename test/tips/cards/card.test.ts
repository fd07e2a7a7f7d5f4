import { beforeEach, describe, expect, it } from 'vitest'
import { rerouteHeldTips } from '../../../src/tips/routing/reroute-tips.ts'
import { openRouting } from '../../../src/tips/tip-content.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type Sent, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
let world: World

const inboxes = (sent: Sent[]) =>
  sent.filter(({ purpose }) => purpose === 'tip-card').map(({ to }) => to.chatId)
const tip = () => db.tip.findFirstOrThrow()
const setInbox = (code: string, data: object) => db.group.update({ where: { code }, data })
const routedTo = async () =>
  openRouting(world.deps.keyring, await tip()).map(({ outcome }) => outcome)

beforeEach(async () => {
  world = await createWorld(database)
})

describe('a card', () => {
  it('says what the group needs, when roughly it came, and nothing about who wrote it', async () => {
    await world.file()
    const [card] = (await world.deliver()).filter(({ purpose }) => purpose === 'tip-card')
    expect(card?.outgoing).toMatchObject({ kind: 'text', isProtected: true })
    const [text = ''] = card ? world.textsTo([card], cast.township.chatId) : []
    expect(text).toContain('举报 QF-000001')
    expect(text).toContain('哪个村：衢州市 龙游县 龙洲街道 山底村')
    expect(text).toContain('是谁：戴某')
    expect(text).toContain('什么时候：昨天（3月27日）')
    expect(text).toContain('收到：2017-03-28 下午')
    expect(text).toContain('详细情况：一户两百')
    expect(text).toContain('请不要去打听')
    expect(text).not.toMatch(/\d\d:\d\d/)
    expect(await db.tipCard.findMany()).toMatchObject([{ state: 'shown' }])
  })

  it('too long for one message is continued, with nothing cut off', async () => {
    const details = Array.from({ length: 1_200 }, (_, n) => `第${n}户`).join('，')
    await world.file({ details: details.slice(0, 4_000) })
    const sent = await world.deliver()
    const texts = world.textsTo(sent, cast.township.chatId)
    expect(texts.length).toBeGreaterThan(1)
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(4_096)
    const bare = texts
      .join('')
      .replace(/举报 QF-000001，接上条（\d\/\d）\n|\n\n请不要去打听[^。]*。/g, '')
    expect(bare).toContain(details.slice(0, 4_000))
    const part = sent.find(({ purpose }) => purpose === 'tip-card-part')
    expect(part?.outgoing).toMatchObject({ replyTo: expect.any(Number) })
  })

  it('stands in a topic of its own in a forum', async () => {
    await setInbox('LY-01', { inboxForum: true })
    await world.file()
    const sent = await world.deliver(({ purpose }) =>
      purpose === 'tip-topic' ? { kind: 'sent', threadId: 7 } : { kind: 'sent' },
    )
    expect(sent.map(({ purpose, to }) => [purpose, to.threadId])).toEqual([
      ['receipt', undefined],
      ['tip-topic', undefined],
      ['tip-card', 7],
    ])
    expect(await db.tipCard.findMany()).toMatchObject([{ threadId: 7, state: 'shown' }])
  })

  it('stands in the chat itself when no topic may be opened, or the topic went', async () => {
    await setInbox('LY-01', { inboxForum: true })
    await world.file()
    const noTopic = await world.deliver(({ purpose }) =>
      purpose === 'tip-topic' ? { kind: 'route', reason: 'not enough rights' } : { kind: 'sent' },
    )
    expect(inboxes(noTopic)).toEqual([cast.township.chatId])

    await world.file()
    const goneTopic = await world.deliver(({ purpose, to }) => {
      if (purpose === 'tip-topic') return { kind: 'sent', threadId: 7 }
      return to.threadId === 7 ? { kind: 'route', reason: 'thread not found' } : { kind: 'sent' }
    })
    expect(inboxes(goneTopic)).toEqual([cast.township.chatId, cast.township.chatId])
    expect(await db.group.count({ where: { inboxState: 'broken' } })).toBe(0)
  })
})

describe('a tip', () => {
  it('goes past a group that ranks no higher than the accused', async () => {
    await world.file({ role: 'township_official' })
    expect(inboxes(await world.deliver())).toEqual([cast.county.chatId])
  })

  it('goes past a group whose roster names the accused', async () => {
    await world.file({ who: '乙二' })
    expect(inboxes(await world.deliver())).toEqual([cast.county.chatId])
  })

  it('moves one level up when its inbox is gone, and admins hear of it', async () => {
    await world.file()
    const sent = await world.deliver(({ to }) =>
      to.chatId === cast.township.chatId ? { kind: 'gone', reason: 'kicked' } : { kind: 'sent' },
    )
    expect(inboxes(sent)).toEqual([cast.township.chatId, cast.county.chatId])
    expect(world.textsTo(sent, cast.admin)).toHaveLength(1)
    expect(await db.tipCard.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { state: 'withdrawn' },
      { state: 'shown' },
    ])
    expect(await routedTo()).toEqual(['routed', 'routed'])
  })

  it('takes the others that wait in a lost inbox along', async () => {
    await world.file()
    await world.deliver()
    await world.file()
    const sent = await world.deliver(({ to }) =>
      to.chatId === cast.township.chatId
        ? { kind: 'route', reason: 'no rights' }
        : { kind: 'sent' },
    )
    expect(inboxes(sent)).toEqual([cast.township.chatId, cast.county.chatId, cast.county.chatId])
  })

  it('is held when nobody can take it, and routed as soon as somebody can', async () => {
    await db.group.updateMany({ data: { inboxState: 'unbound' } })
    await world.file()
    const held = await world.deliver()
    expect(inboxes(held)).toEqual([])
    const [alarm = ''] = world.textsTo(held, cast.admin)
    expect(alarm).toContain('QF-000001')
    expect(alarm).not.toContain('戴某')
    expect(await tip()).toMatchObject({ state: 'held', groupId: null })

    expect(await db.$transaction((tx) => rerouteHeldTips(tx, world.deps))).toBe(0)
    expect(await world.deliver()).toEqual([])
    await setInbox('QZ', { inboxState: 'bound' })
    expect(await db.$transaction((tx) => rerouteHeldTips(tx, world.deps))).toBe(1)
    expect(inboxes(await world.deliver())).toEqual([cast.city.chatId])
    expect(await tip()).toMatchObject({ state: 'waiting' })
  })

  it('whose card Telegram refuses stays where it is and alarms the admins', async () => {
    await world.file()
    const sent = await world.deliver(({ purpose }) =>
      purpose === 'tip-card' ? { kind: 'bug', reason: 'message is too long' } : { kind: 'sent' },
    )
    expect(world.textsTo(sent, cast.admin)[0]).toContain('QF-000001')
    expect(await db.tipCard.findMany()).toMatchObject([{ state: 'failed' }])
  })

  it('that moved while its card was under way has the late card deleted', async () => {
    await world.file()
    await db.tipCard.updateMany({ data: { state: 'withdrawn' } })
    const sent = await world.deliver()
    expect(sent.at(-1)).toMatchObject({
      purpose: 'tip-card-withdrawn',
      outgoing: { kind: 'delete', messageId: expect.any(Number) },
    })
  })
})
