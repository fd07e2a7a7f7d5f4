import { beforeEach, describe, expect, it } from 'vitest'
import type { Keyboard, Outgoing, SendOutcome } from '../../../src/delivery/outgoing.ts'
import {
  cardMessagesPerMinute,
  inboxLoadMs,
  listEditEveryMs,
} from '../../../src/tips/cards/decide-card-form.ts'
import { putIntoInbox } from '../../../src/tips/cards/put-into-inbox.ts'
import { tendLists } from '../../../src/tips/cards/tend-lists.ts'
import { openListedCard } from '../../../src/tips/handling/open-listed-card.ts'
import { rerouteWaitingTips } from '../../../src/tips/routing/reroute-tips.ts'
import { routeTip } from '../../../src/tips/routing/route-tip.ts'
import { numberOfTip } from '../../../src/tips/tip.ts'
import { findTip, nextTipId } from '../../../src/tips/tip-store.ts'
import { createTestDatabase } from '../../support/database.ts'
import { cast, createWorld, type Sent, type World } from '../tip-world.ts'

const database = await createTestDatabase()
const { db } = database
const log = { error: () => {} } as never
let world: World

const own = cardMessagesPerMinute
const ofInbox = (sent: Sent[], purpose: string, { chatId } = cast.township) =>
  sent.filter((one) => one.purpose === purpose && one.to.chatId === chatId)
const numbersOf = (sent: Sent[]) =>
  ofInbox(sent, 'tip-card').flatMap(({ outgoing }) => /QF-\d+/.exec(textOf(outgoing)) ?? [])
const textOf = (outgoing: Outgoing | undefined) =>
  outgoing && 'text' in outgoing ? outgoing.text : ''
const buttonsOf = (outgoing: Outgoing | undefined): Keyboard[number] =>
  outgoing && 'keyboard' in outgoing ? (outgoing.keyboard ?? []).flat() : []
const number = (n: number) => `QF-${String(n).padStart(6, '0')}`
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => number(from + n))
const cardOf = (n: number) => db.tipCard.findFirstOrThrow({ where: { tip: { number: number(n) } } })
const states = async () =>
  (await db.tipCard.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)

/** Files one by the interview and the others as copies of it, which is quicker. */
async function fileMany(count: number) {
  await world.file()
  for (let n = 1; n < count; n += 1) await copyTip()
}

async function copyTip(more: object = {}) {
  const last = await db.tip.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const { receiptKey: _its, routing: _own, ...copied } = last
  await db.$transaction(async (tx) => {
    const id = await nextTipId(tx)
    const held = { id, number: numberOfTip(id), state: 'held', groupId: null, ...more }
    await tx.tip.create({ data: { ...copied, ...held } })
    await routeTip(tx, world.deps, id)
  })
}

/** Lets so much time pass and the clock do its work; gives what was sent then. */
async function tend(afterMs: number, answer?: (sent: Sent) => SendOutcome): Promise<Sent[]> {
  world.passTime(afterMs)
  await tendLists(db, { ...world.deps, log })
  return world.deliver(answer)
}

const open = async (n: number, more: object = {}) => {
  const card = await cardOf(n)
  return db.$transaction((tx) =>
    openListedCard(tx, world.deps, {
      ...{ cardId: card.id, chatId: cast.township.chatId, messageId: 1 },
      ...{ telegramId: cast.yiyi, isAnonymous: false, ...more },
    }),
  )
}

beforeEach(async () => {
  world = await createWorld(database)
})

describe('more tips than a chat may get', () => {
  it('are cards first and then one list with a button for each', async () => {
    await fileMany(own + 3)
    const sent = await world.deliver()
    expect(numbersOf(sent)).toEqual(numbers(1, own))
    expect(ofInbox(sent, 'tip-list')).toHaveLength(1)

    const [edit, ...others] = ofInbox(await tend(listEditEveryMs), 'tip-list')
    expect(others).toEqual([])
    expect(edit?.outgoing).toMatchObject({ kind: 'edit', isProtected: true })
    expect(edit?.to).not.toHaveProperty('threadId')
    const text = textOf(edit?.outgoing)
    expect(text).toContain('还有 3 件新举报在等')
    expect(text).toContain(
      `□ ${number(own + 1)} 龙游县 龙洲街道 山底村 · 送钱、送卡、送东西、发红包 · 2017-03-28`,
    )
    expect(text).not.toContain('戴某')
    expect(buttonsOf(edit?.outgoing).map((button) => button.text)).toEqual(
      numbers(own + 1, own + 3).map((one) => `打开 ${one}`),
    )
  })

  it('go out by themselves in the order in which they came, each once, and the list ends', async () => {
    await fileMany(own * 2 + 2)
    const sent = await world.deliver()
    for (let minutes = 0; minutes < 3; minutes += 1) {
      sent.push(...(await tend(inboxLoadMs)))
      sent.push(...(await tend(listEditEveryMs)))
    }
    expect(numbersOf(sent)).toEqual(numbers(1, own * 2 + 2))
    const last = ofInbox(sent, 'tip-list').at(-1)
    expect(textOf(last?.outgoing)).toContain('都处理完了')
    expect(buttonsOf(last?.outgoing)).toEqual([])
    expect(await db.tipList.findMany()).toMatchObject([{ state: 'finished' }])
    expect(await tend(inboxLoadMs)).toEqual([])
  })

  it('never take more than their share of any minute', async () => {
    await fileMany(own * 3)
    await world.deliver()
    expect(numbersOf(await tend(inboxLoadMs / 2))).toEqual([])
    expect(numbersOf(await tend(inboxLoadMs / 2))).toHaveLength(own)
    expect(numbersOf(await tend(inboxLoadMs / 2))).toEqual([])
  })

  it('wait while what was given to the chat has not gone out', async () => {
    await fileMany(own + 2)
    world.passTime(inboxLoadMs * 10)
    expect(await tendLists(db, { ...world.deps, log })).toBe(0)
    expect((await states()).filter((state) => state === 'listed')).toHaveLength(2)
  })

  it('fill one list after the other, none longer than Telegram takes', async () => {
    await fileMany(own + 160)
    const sent = await world.deliver()
    // The inbox gets nothing but edits: the minute is not over.
    for (let edits = 0; edits < 3; edits += 1) sent.push(...(await tend(listEditEveryMs)))
    const newest = new Map<string | null, Outgoing>()
    for (const { subject, outgoing } of ofInbox(sent, 'tip-list')) newest.set(subject, outgoing)
    expect(newest.size).toBeGreaterThan(1)
    const named = [...newest.values()].flatMap((outgoing) => {
      expect(textOf(outgoing).length).toBeLessThanOrEqual(4_096)
      expect(buttonsOf(outgoing).length).toBeLessThanOrEqual(100)
      return buttonsOf(outgoing).map(({ text }) => text.replace('打开 ', ''))
    })
    expect([...numbersOf(sent), ...named]).toEqual(numbers(1, own + 160))
  })

  it('change the list of an inbox once in a while and not with every tip', async () => {
    await fileMany(own + 1)
    await world.deliver()
    await fileMany(5)
    expect(ofInbox(await tend(1_000), 'tip-list')).toEqual([])
    expect(ofInbox(await tend(listEditEveryMs), 'tip-list')).toHaveLength(1)
    expect(ofInbox(await tend(listEditEveryMs), 'tip-list')).toEqual([])
  })

  it('do not hold up one that happens at this moment', async () => {
    await fileMany(own + 2)
    await world.deliver()
    await copyTip({ severity: 'urgent' })
    expect(numbersOf(await world.deliver())).toEqual([number(own + 3)])
  })
})

describe('a tip in a list', () => {
  beforeEach(async () => {
    await fileMany(own + 3)
    await world.deliver()
  })

  it('is opened by a supervisor: its card comes, the list marks it, the audit tells', async () => {
    expect(await open(own + 2)).toEqual({ outcome: 'opened', number: number(own + 2) })
    const sent = await world.deliver()
    expect(numbersOf(sent)).toEqual([number(own + 2)])
    expect(buttonsOf(sent[0]?.outgoing)).not.toEqual([])
    expect(await db.auditLine.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      ...{ action: 'tip opened', subject: `tip:${own + 2}` },
      actor: expect.stringMatching(/^supervisor:\d+$/),
    })
    const [edit] = ofInbox(await tend(listEditEveryMs), 'tip-list')
    expect(textOf(edit?.outgoing)).toContain('还有 2 件')
    expect(textOf(edit?.outgoing)).toContain(`✓ ${number(own + 2)}`)
    expect(buttonsOf(edit?.outgoing)).toHaveLength(2)
  })

  it('is opened once, whoever presses', async () => {
    const both = await Promise.all([open(own + 1), open(own + 1, { telegramId: cast.yier })])
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['already', 'opened'])
    expect(numbersOf(await world.deliver())).toEqual([number(own + 1)])
    expect(await db.auditLine.count({ where: { action: 'tip opened' } })).toBe(1)
  })

  it('is opened by nobody else, nor anywhere else', async () => {
    expect(await open(own + 1, { telegramId: cast.stranger })).toEqual({ outcome: 'not-enrolled' })
    expect(await open(own + 1, { isAnonymous: true })).toEqual({ outcome: 'anonymous' })
    expect(await open(own + 1, { chatId: -77 })).toEqual({ outcome: 'not-this-group' })
    expect(await world.deliver()).toEqual([])
  })

  it('that ended is not opened any more and leaves the list', async () => {
    await db.tip.update({ where: { number: number(own + 1) }, data: { state: 'closed' } })
    expect(await open(own + 1)).toEqual({ outcome: 'closed' })
    const [edit] = ofInbox(await tend(listEditEveryMs), 'tip-list')
    expect(textOf(edit?.outgoing)).not.toContain(number(own + 1))
    expect(numbersOf(await tend(inboxLoadMs))).toEqual(numbers(own + 2, own + 3))
    expect(await open(own + 1)).toEqual({ outcome: 'closed' })
  })

  it('whose text was erased holds up nobody', async () => {
    await db.tip.update({
      where: { number: number(own + 1) },
      data: { dataKey: null, sealed: null },
    })
    expect(numbersOf(await tend(inboxLoadMs))).toEqual(numbers(own + 2, own + 3))
  })

  it('that cannot be opened alarms the admins and holds up nobody', async () => {
    await db.tip.update({
      where: { number: number(own + 1) },
      data: { sealed: new Uint8Array([1, 2, 3]) },
    })
    const sent = await tend(inboxLoadMs)
    expect(numbersOf(sent)).toEqual(numbers(own + 2, own + 3))
    expect(world.textsTo(sent, cast.admin)).toEqual([expect.stringContaining(number(own + 1))])
    expect(await tend(inboxLoadMs)).toEqual([])
  })

  it('moves with the others when the inbox is gone, and the buttons explain', async () => {
    const groupId = await world.groupId('LY-01')
    await db.group.update({ where: { id: groupId }, data: { inboxState: 'broken' } })
    await db.$transaction((tx) => rerouteWaitingTips(tx, world.deps, groupId))
    expect(await open(own + 1)).toEqual({ outcome: 'moved' })
    const sent = await world.deliver()
    expect(ofInbox(sent, 'tip-card', cast.county)).toHaveLength(own)
    expect(ofInbox(sent, 'tip-list', cast.county)).toHaveLength(1)
    // Nothing is said into the lost chat until it is back.
    expect(ofInbox(await tend(inboxLoadMs), 'tip-list')).toEqual([])
    await db.group.update({ where: { id: groupId }, data: { inboxState: 'bound' } })
    const [edit] = ofInbox(await tend(listEditEveryMs), 'tip-list')
    expect(textOf(edit?.outgoing)).toContain('都处理完了')
  })

  it('gets a topic of its own in a forum', async () => {
    await db.group.updateMany({ data: { inboxForum: true } })
    await open(own + 1)
    const sent = await world.deliver(({ purpose }) =>
      purpose === 'tip-topic' ? { kind: 'sent', threadId: 7 } : { kind: 'sent' },
    )
    expect(sent.map(({ purpose, to }) => [purpose, to.threadId])).toEqual([
      ['tip-topic', undefined],
      ['tip-card', 7],
    ])
  })
})

describe('a list', () => {
  it('that an admin deleted is posted anew, and goes on from there', async () => {
    await fileMany(own + 3)
    await world.deliver()
    await open(own + 1)
    const deleted = (sent: Sent): SendOutcome =>
      sent.outgoing.kind === 'edit' ? { kind: 'edit-gone' } : { kind: 'sent', messageId: 9_001 }
    const again = ofInbox(await tend(listEditEveryMs, deleted), 'tip-list').at(-1)
    expect(again?.outgoing).toMatchObject({ kind: 'text', isProtected: true })
    expect(buttonsOf(again?.outgoing)).toHaveLength(2)
    await open(own + 2)
    const [edit] = ofInbox(await tend(listEditEveryMs), 'tip-list')
    expect(edit?.outgoing).toMatchObject({ kind: 'edit', messageId: 9_001 })
  })

  it('goes with its chat when that becomes a supergroup, and so do the cards', async () => {
    await fileMany(own + 2)
    await world.deliver()
    await db.group.update({
      where: { code: 'LY-01' },
      data: { inboxChatId: BigInt(-2_003) },
    })
    expect(await open(own + 1, { chatId: -2_003 })).toMatchObject({ outcome: 'opened' })
    const moved = ({ to, outgoing }: Sent): SendOutcome => {
      if (to.chatId === cast.township.chatId) return { kind: 'moved', chatId: -2_003 }
      return outgoing.kind === 'edit' ? { kind: 'edit-gone' } : { kind: 'sent', messageId: 9_002 }
    }
    const sent = await tend(listEditEveryMs, moved)
    expect(ofInbox(sent, 'tip-card', { chatId: -2_003 })).toHaveLength(1)
    expect(ofInbox(sent, 'tip-list', { chatId: -2_003 }).at(-1)?.outgoing.kind).toBe('text')
    expect(await db.tipList.findMany()).toMatchObject([{ chatId: -2_003n, messageId: 9_002 }])
  })

  it('that Telegram refuses costs nobody a card', async () => {
    await fileMany(own + 2)
    await world.deliver(({ purpose }) =>
      purpose === 'tip-list' ? { kind: 'bug', reason: 'too long' } : { kind: 'sent' },
    )
    await fileMany(1)
    expect(ofInbox(await world.deliver(), 'tip-list')).toEqual([])
    expect(numbersOf(await tend(inboxLoadMs))).toEqual(numbers(own + 1, own + 3))
    await tend(listEditEveryMs)
    expect(await db.tipList.findMany()).toMatchObject([{ state: 'finished' }])
  })

  it('is counted alike by processes that file at the same time', async () => {
    await fileMany(own - 1)
    const groupId = await world.groupId('LY-01')
    const put = (id: number) =>
      db.$transaction(async (tx) => {
        const tip = await findTip(tx, id)
        if (tip) await putIntoInbox(tx, world.deps, tip, { groupId, isUrgent: false })
      })
    // Each finds room for one.
    await Promise.all([put(1), put(2), put(3)])
    expect((await states()).filter((state) => state === 'listed')).toHaveLength(2)
    expect(await db.tipList.findMany()).toMatchObject([{ lines: 2 }])
  })
})
