import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createLease } from '../../src/db/lease-store.ts'
import type { PrismaClient } from '../../src/db/open-database.ts'
import { createApi } from '../../src/telegram/api.ts'
import { createTelegramSender } from '../../src/telegram/sender.ts'
import { waitFor } from '../support/child.ts'
import { testBot } from '../support/stand-in.ts'
import { createBadDayWorld, firstId, nothingWaits, recipients } from './bad-day-world.ts'

const world = await createBadDayWorld()
const { db, telegram, unpaced, everybody, fault } = world
const patienceMs = 60_000

/** Gives up after two seconds instead of twenty. */
const impatient = createTelegramSender({
  api: createApi({ token: testBot.token, root: telegram.url, holdSeconds: -18 }),
  loadFile: async () => null,
})
const arrived = (count: number) =>
  waitFor(async () => {
    const { '1': once = 0 } = await world.received()
    return once >= count ? true : undefined
  }, patienceMs)

describe('Telegram', () => {
  it('that says nothing for a while and then cuts the line gets no campaign message twice', async () => {
    await fault({ kind: 'hang', count: 25, hang_ms: 4_000 })
    await world.broadcast(everybody)
    world.build({ sender: impatient }).start()
    expect(await world.until(nothingWaits)).toEqual({ sent: recipients - 25, uncertain: 25 })
    // It had taken them, and only kept silent about it.
    await arrived(recipients)
    expect(await world.received()).toEqual({ '1': recipients })
  })

  it('that says nothing to one chat holds up no other', async () => {
    await fault({ kind: 'hang', chat_id: firstId, hang_ms: 30_000 })
    await world.tell({ kind: 'text', text: 'receipt' }, ...everybody)
    world.build({ sender: impatient }).start()
    await world.until(({ sent }) => sent === recipients - 1)
    await telegram.call('DELETE', '/faults')
    await world.until(nothingWaits)
  })

  it('that refuses one chat again and again keeps the order there, and the others wait for nothing', async () => {
    const limits = { ...unpaced, chat: { burst: 3, everyMs: 10 } }
    await fault({ kind: 'rate-limited', chat_id: firstId, retry_after: 1, skip: 2, count: 3 })
    for (let n = 0; n < 10; n += 1) await world.tell({ kind: 'text', text: `No. ${n}` }, firstId)
    await world.tell({ kind: 'text', text: 'receipt' }, ...everybody.slice(1))
    world.build({ limits }).start()
    expect(await world.until(nothingWaits)).toEqual({ sent: recipients - 1 + 10 })
    const texts = (await telegram.messages(firstId, firstId)).flatMap(({ text }) => text ?? [])
    expect(texts).toEqual(Array.from({ length: 10 }, (_, n) => `No. ${n}`))
    expect(await world.received()).toEqual({ '1': recipients - 1, '10': 1 })
    const log = await world.log('&method=sendMessage')
    const lastOfOthers = log.findLast(
      ({ chat_id, status }) => chat_id !== firstId && status === 200,
    )
    const lastRefusal = log.findLast(({ status }) => status === 429)
    expect(lastOfOthers?.seq).toBeLessThan(lastRefusal?.seq ?? 0)
  })

  it('that allows less than we thought is obeyed, in the end without refusals, and all get it once', async () => {
    await telegram.call('PATCH', '/limits', { bot_per_second: 100 })
    await world.broadcast(everybody)
    const limits = { ...unpaced, bot: { count: 300, perMs: 1_000 } }
    const dispatcher = world.build({ limits })
    dispatcher.start()
    expect(await world.until(nothingWaits)).toEqual({ sent: recipients })
    expect(dispatcher.status().rateShare).toBeLessThan(1)
    await telegram.call('PATCH', '/limits', { bot_per_second: null })
    expect(await world.received()).toEqual({ '1': recipients })
  })

  it('that refuses the bot stops all sending at once, and what is written about it goes out when it relents', async () => {
    const clock = { aheadMs: 0 }
    await fault({ kind: 'unauthorized' })
    await world.tell({ kind: 'text', text: 'receipt' }, ...everybody.slice(1))
    const dispatcher = world.build({
      monotonicMs: () => performance.now() + clock.aheadMs,
      limits: { ...unpaced, bot: { count: 30, perMs: 1_000 } },
      listeners: {
        refused: (tx, reason) => world.tellIn(tx, { kind: 'text', text: reason }, firstId),
      },
    })
    dispatcher.start()
    await waitFor(async () => dispatcher.status().fatal ?? undefined, patienceMs)
    await setTimeout(1_500)
    const calls = await world.log('&method=sendMessage')
    expect(calls.length).toBeLessThanOrEqual(30)
    expect(dispatcher.status().fatal).toBe('Unauthorized')

    await telegram.call('DELETE', '/faults')
    clock.aheadMs = 31_000
    world.clock.offsetMs = 31_000
    dispatcher.wake()
    expect(await world.until(nothingWaits)).toEqual({ sent: recipients })
    expect(dispatcher.status().fatal).toBeNull()
    expect(await world.received()).toEqual({ '1': recipients })
    const told = await telegram.messages(firstId, firstId)
    expect(told.flatMap(({ text }) => text ?? [])).toEqual(['Unauthorized'])
  })
})

it('a person who blocks the bot in the middle of a campaign is marked once, and gets the next one after coming back', async () => {
  const gone: number[] = []
  const user_id = firstId + recipients - 1
  await world.broadcast(everybody)
  const limits = { ...unpaced, bot: { count: 100, perMs: 1_000 } }
  const listeners = { gone: async (_tx: unknown, chatId: number) => void gone.push(chatId) }
  world.build({ limits, listeners }).start()
  await world.until(({ sent = 0 }) => sent > 20)
  await telegram.act('block', { user_id })
  expect(await world.until(nothingWaits)).toEqual({ sent: recipients - 1, blocked: 1 })
  expect(gone).toEqual([user_id])

  await telegram.act('unblock', { user_id })
  await world.broadcast(everybody)
  expect(await world.until(nothingWaits)).toEqual({ sent: 2 * recipients - 1, blocked: 1 })
  expect(await world.received()).toEqual({ '1': 1, '2': recipients - 1 })
})

describe('two processes', () => {
  it('started in the same moment send as one, and nothing twice', async () => {
    await world.broadcast(everybody)
    await world.tell({ kind: 'text', text: 'receipt' }, ...everybody)
    const both = [world.build(), world.build()]
    for (const dispatcher of both) dispatcher.start()
    expect(await world.until(nothingWaits)).toEqual({ sent: 2 * recipients })
    expect(await world.received()).toEqual({ '2': recipients })
    expect(both.map((dispatcher) => dispatcher.status().sent).toSorted()).toEqual([0, 600])
  })

  it('of which one was away with the lease and finds it free again send nothing twice', async () => {
    await world.broadcast(everybody)
    let isAway = false
    const flaky = new Proxy(db, {
      get: (target, name) => {
        if (isAway) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
        return Reflect.get(target, name)
      },
    }) as PrismaClient
    const limits = { ...unpaced, bot: { count: 50, perMs: 1_000 } }
    const clock = { aheadMs: 0 }
    const first = world.build({
      from: flaky,
      limits,
      monotonicMs: () => performance.now() + clock.aheadMs,
      lease: createLease(flaky, 'sender:bad-days', 8),
    })
    first.start()
    await world.until(({ sent = 0 }) => sent > 10)
    isAway = true
    clock.aheadMs = 30_000
    await db.lease.updateMany({ data: { untilAt: new Date(0) } })
    const second = world.build({ limits })
    second.start()
    await waitFor(async () => (second.status().sent > 10 ? true : undefined), patienceMs)
    await second.stop()
    isAway = false
    const end = await world.until(nothingWaits)
    const { '1': once = 0, ...more } = await world.received()
    expect(more).toEqual({})
    expect(once).toBeGreaterThanOrEqual(end.sent ?? 0)
    expect((end.sent ?? 0) + (end.uncertain ?? 0)).toBe(recipients)
  })
})

it('a database that is away in the middle of a campaign, longer than the lease lasts, costs nothing', async () => {
  let isAway = false
  const flaky = new Proxy(db, {
    get: (target, name) => {
      if (isAway) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
      return Reflect.get(target, name)
    },
  }) as PrismaClient
  const clock = { aheadMs: 0 }
  await world.broadcast(everybody)
  await world.tell({ kind: 'text', text: 'receipt' }, ...everybody)
  const limits = { ...unpaced, bot: { count: 200, perMs: 1_000 } }
  const dispatcher = world.build({
    from: flaky,
    limits,
    monotonicMs: () => performance.now() + clock.aheadMs,
    lease: createLease(flaky, 'sender:bad-days', 8),
  })
  dispatcher.start()
  await world.until(({ sent = 0 }) => sent > 50)
  isAway = true
  await setTimeout(1_200)
  // Half a minute later, by the clock that the lease goes by.
  clock.aheadMs = 30_000
  const quiet = (await world.log('&method=sendMessage')).length
  await setTimeout(500)
  expect((await world.log('&method=sendMessage')).length - quiet).toBeLessThanOrEqual(1)
  expect(dispatcher.status().lastErrorAt?.getTime()).toBeGreaterThan(Date.now() - 10_000)
  isAway = false
  expect(await world.until(nothingWaits)).toEqual({ sent: 2 * recipients })
  expect(await world.received()).toEqual({ '2': recipients })
})
