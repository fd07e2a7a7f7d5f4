import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createLease } from '../../src/db/lease-store.ts'
import { createDispatcher } from '../../src/delivery/dispatcher.ts'
import { addToQueue, openQueue } from '../../src/delivery/enqueue-bulk.ts'
import { createEnqueue, deliverySealers } from '../../src/delivery/enqueue-delivery.ts'
import type { OutcomeListeners } from '../../src/delivery/outcome-listener.ts'
import type { Outgoing, Sender, SendOutcome } from '../../src/delivery/outgoing.ts'
import type { PaceLimits } from '../../src/delivery/pace.ts'
import { listCounts } from '../../src/delivery/queue-store.ts'
import { createKeyring, sealJson } from '../../src/lib/keyring.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const keyring = createKeyring(new Uint8Array(32).fill(7))
const clock = { at: new Date('2017-03-20T08:00:00Z') }
const now = () => clock.at
const silent = { info: () => {}, error: () => {} }
const enqueue = createEnqueue({ keyring, now })
const unlimited: PaceLimits = {
  bot: { count: 1_000, perMs: 0 },
  paid: { count: 1_000, perMs: 0 },
  chat: { burst: 1_000, everyMs: 0 },
  group: { count: 1_000, perMs: 0 },
}
const noListeners: OutcomeListeners = { ended: {}, gone: async () => {}, moved: async () => {} }

type Sent = { chatId: number; text: string }
const textOf = (outgoing: Outgoing) => ('text' in outgoing ? outgoing.text : outgoing.kind)

/** A sender that answers as the test says and remembers what it was given. */
function scripted(answer: (sent: Sent, nth: number) => SendOutcome | Promise<SendOutcome>) {
  const sent: Sent[] = []
  const sender: Sender = async ({ chatId }, outgoing) => {
    const one = { chatId, text: textOf(outgoing) }
    sent.push(one)
    return answer(one, sent.length)
  }
  return { sent, sender }
}

function build(sender: Sender, { listeners = noListeners, limits = unlimited } = {}) {
  return createDispatcher({
    db,
    keyring,
    sender,
    listeners,
    limits,
    timezone: 'Asia/Shanghai',
    now,
    monotonicMs: () => clock.at.getTime(),
    log: silent,
    lease: createLease(db, 'sender:test', 8),
  })
}

const say = (chatId: number, text: string, purpose = 'reply') =>
  enqueue(db, { lane: 'urgent', purpose, address: { chatId }, outgoing: { kind: 'text', text } })

/** A campaign of its own that says one thing to these chats. */
async function broadcast(text: string, chatIds: number[], isPaid = false): Promise<number> {
  const queue = await openQueue(
    db,
    { keyring, now },
    { name: text, isPaid, outgoing: { kind: 'text', text } },
  )
  const { address } = deliverySealers(keyring)
  const addresses = chatIds.map((chatId) => sealJson(address, { chatId }))
  await addToQueue(db, queue, { addresses, purpose: 'campaign', at: now() })
  return queue.queueId
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await setTimeout(5)
}

const count = (state: string) => db.delivery.count({ where: { state } })
const ok: SendOutcome = { kind: 'sent', messageId: 1 }

afterEach(() => emptyDatabase(database))

describe('sending what the ledger holds', () => {
  it('sends urgent before bulk and keeps the order of a chat', async () => {
    const { sent, sender } = scripted(() => ok)
    await broadcast('campaign', [1])
    await say(2, 'first')
    await say(2, 'second')
    const dispatcher = build(sender)
    dispatcher.start()
    await until(async () => (await count('sent')) === 3)
    await dispatcher.stop()
    expect(sent.map(({ text }) => text).filter((text) => text !== 'campaign')).toEqual([
      'first',
      'second',
    ])
    expect(sent[0]?.text).toBe('first')
  })

  it('forgets address and words of what was sent, and keeps neither in the clear before', async () => {
    await say(4711, 'unmistakable words')
    const before = JSON.stringify(await db.delivery.findMany(), (_key, value) =>
      typeof value === 'bigint'
        ? String(value)
        : value instanceof Uint8Array
          ? Buffer.from(value).toString('latin1')
          : value,
    )
    expect(before).not.toContain('4711')
    expect(before).not.toContain('unmistakable')
    const dispatcher = build(scripted(() => ok).sender)
    dispatcher.start()
    await until(async () => (await count('sent')) === 1)
    await dispatcher.stop()
    expect(await db.delivery.findFirst()).toMatchObject({ body: null, messageId: 1 })
  })

  it('does not send what a rolled-back transaction wrote', async () => {
    const { sent, sender } = scripted(() => ok)
    await db
      .$transaction(async (tx) => {
        await enqueue(tx, {
          lane: 'urgent',
          purpose: 'reply',
          address: { chatId: 1 },
          outgoing: { kind: 'text', text: 'no' },
        })
        throw new Error('back')
      })
      .catch(() => {})
    await say(1, 'yes')
    const dispatcher = build(sender)
    dispatcher.start()
    await until(async () => (await count('sent')) === 1)
    await dispatcher.stop()
    expect(sent).toEqual([{ chatId: 1, text: 'yes' }])
  })

  it('holds back the chat that got too much, in order, and lets the others go on', async () => {
    const limits = { ...unlimited, chat: { burst: 3, everyMs: 1_000 } }
    const { sent, sender } = scripted(({ text }, nth) =>
      text === 'third' && nth < 5 ? { kind: 'wait', afterMs: 60_000 } : ok,
    )
    for (const text of ['first', 'second', 'third', 'fourth']) await say(1, text)
    await say(2, 'quick')
    const dispatcher = build(sender, { limits })
    dispatcher.start()
    await until(async () => (await count('sent')) === 3 && (await count('pending')) === 2)
    expect(sent.map(({ text }) => text).toSorted()).toEqual(['first', 'quick', 'second', 'third'])
    await say(1, 'fifth')
    clock.at = new Date(clock.at.getTime() + 60_001)
    dispatcher.wake()
    await until(async () => (await count('sent')) === 6)
    await dispatcher.stop()
    const inOrder = sent.filter(({ chatId }) => chatId === 1).map(({ text }) => text)
    expect(inOrder).toEqual(['first', 'second', 'third', 'third', 'fourth', 'fifth'])
  })

  it('takes two campaigns in turns', async () => {
    const { sent, sender } = scripted(() => ok)
    const many = Array.from({ length: 3_000 }, (_, n) => n + 1)
    await broadcast('large', many)
    await broadcast(
      'small',
      many.slice(0, 100).map((chatId) => chatId + 10_000),
    )
    const dispatcher = build(sender)
    dispatcher.start()
    await until(async () => (await count('sent')) === 3_100)
    await dispatcher.stop()
    const lastSmall = sent.findLastIndex(({ text }) => text === 'small')
    expect(lastSmall).toBeLessThan(1_500)
    expect(new Set(sent.map(({ chatId }) => chatId)).size).toBe(3_100)
    expect(await listCounts(db)).toEqual([
      { lane: 'bulk', queueId: 1, state: 'sent', count: 3_000 },
      { lane: 'bulk', queueId: 2, state: 'sent', count: 100 },
    ])
  })

  it('replaces an edit that has not gone out by a later one of the same message', async () => {
    const { sent, sender } = scripted(() => ok)
    const edit = (messageId: number, text: string) =>
      enqueue(db, {
        lane: 'urgent',
        purpose: 'reply',
        address: { chatId: 5 },
        outgoing: { kind: 'edit', messageId, text },
      })
    await edit(1, '10 %')
    await edit(2, 'other message')
    await edit(1, '20 %')
    const dispatcher = build(sender)
    dispatcher.start()
    await until(async () => (await count('sent')) === 2)
    await dispatcher.stop()
    expect(sent.map(({ text }) => text)).toEqual(['other message', '20 %'])
    expect(await count('replaced')).toBe(1)
  })

  it('tells whoever waits for the end of a delivery, in the same transaction', async () => {
    const { sender } = scripted(() => ({
      kind: 'gone',
      reason: 'Forbidden: bot was blocked by the user',
    }))
    const gone: number[] = []
    const listeners: OutcomeListeners = {
      ended: {
        test: async (tx, { end }) => {
          await tx.setting.create({ data: { key: 'told', value: end.state } })
        },
      },
      gone: async (_tx, chatId) => {
        gone.push(chatId)
      },
      moved: async () => {},
    }
    await say(9, 'hello', 'test')
    const dispatcher = build(sender, { listeners })
    dispatcher.start()
    await until(async () => (await count('blocked')) === 1)
    await dispatcher.stop()
    expect(gone).toEqual([9])
    expect(await db.setting.findFirst()).toMatchObject({ key: 'told', value: 'blocked' })
  })

  it('follows a group to its new id', async () => {
    const { sent, sender } = scripted((_sent, nth) =>
      nth === 1 ? { kind: 'moved', chatId: -100 } : ok,
    )
    const moves: number[][] = []
    const listeners = {
      ...noListeners,
      moved: async (_tx: unknown, from: number, to: number) => {
        moves.push([from, to])
      },
    }
    await say(-5, 'card')
    const dispatcher = build(sender, { listeners })
    dispatcher.start()
    await until(async () => (await count('sent')) === 1)
    await dispatcher.stop()
    expect(sent.map(({ chatId }) => chatId)).toEqual([-5, -100])
    expect(moves).toEqual([[-5, -100]])
  })
})

describe('a sender that stops', () => {
  it('in the middle leaves urgent ones to be sent again and bulk ones to a person', async () => {
    await say(1, 'receipt')
    await broadcast('campaign', [2])
    await db.delivery.updateMany({
      data: { state: 'sending', leaseToken: 'a dead process', attempts: 1 },
    })
    const { sent, sender } = scripted(() => ok)
    const dispatcher = build(sender)
    dispatcher.start()
    await until(async () => (await count('sent')) === 1)
    await dispatcher.stop()
    expect(sent).toEqual([{ chatId: 1, text: 'receipt' }])
    expect(await count('uncertain')).toBe(1)
  })

  it('cleanly puts back what it had not begun and lets another go on at once', async () => {
    const release = Promise.withResolvers<SendOutcome>()
    const first = scripted(() => release.promise)
    for (let n = 0; n < 5; n++) await say(1, `message ${n}`)
    const dispatcher = build(first.sender)
    dispatcher.start()
    await until(() => first.sent.length === 1)
    const stopped = dispatcher.stop()
    release.resolve(ok)
    await stopped
    expect(await count('pending')).toBe(4)
    expect(await count('sending')).toBe(0)

    const second = scripted(() => ok)
    const next = build(second.sender)
    next.start()
    await until(async () => (await count('sent')) === 5)
    await next.stop()
    expect(second.sent).toHaveLength(4)
  })

  it('that lost its lease can finish nothing', async () => {
    const release = Promise.withResolvers<SendOutcome>()
    await say(1, 'once')
    const late = build(scripted(() => release.promise).sender)
    late.start()
    await until(async () => (await count('sending')) === 1)
    await db.delivery.updateMany({ data: { leaseToken: 'the new holder' } })
    release.resolve(ok)
    await late.stop()
    expect(await db.delivery.findFirst()).toMatchObject({
      state: 'sending',
      leaseToken: 'the new holder',
    })
  })

  it('lets only one of two processes send', async () => {
    const one = scripted(() => ok)
    const two = scripted(() => ok)
    const both = [build(one.sender), build(two.sender)]
    for (let n = 0; n < 50; n++) await say(n + 1, 'x')
    for (const dispatcher of both) dispatcher.start()
    await until(async () => (await count('sent')) === 50)
    expect(both.filter((dispatcher) => dispatcher.status().isLeader)).toHaveLength(1)
    for (const dispatcher of both) await dispatcher.stop()
    expect(one.sent.length + two.sent.length).toBe(50)
    expect(Math.min(one.sent.length, two.sent.length)).toBe(0)
  })
})

describe('a revoked token', () => {
  it('stops all sending, keeps everything, and is told', async () => {
    const { sent, sender } = scripted(() => ({ kind: 'fatal', reason: 'Unauthorized' }))
    for (let n = 0; n < 3; n++) await say(1, `message ${n}`)
    const dispatcher = build(sender)
    dispatcher.start()
    await until(() => dispatcher.status().fatal !== null)
    await dispatcher.stop()
    expect(dispatcher.status().fatal).toBe('Unauthorized')
    expect(sent.length).toBeLessThanOrEqual(3)
    expect(await count('pending')).toBe(3)
  })
})
