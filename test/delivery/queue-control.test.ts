import { describe, expect, it } from 'vitest'
import type { SendOutcome } from '../../src/delivery/outgoing.ts'
import {
  cancelQueue,
  countQueues,
  finishQueues,
  openEmptyQueue,
  pauseQueue,
  requireUnfinished,
  resumeQueue,
} from '../../src/delivery/queue-control.ts'
import { firstId, recipients } from './bad-day-world.ts'
import { createQueueWorld } from './queue-world.ts'

const world = await createQueueWorld()
const { db, everybody, at, now } = world
const pace = 200
/** Half a second's worth goes at once in the beginning; then it is even. */
const burst = pace / 2 + 10
/** A list of what is next to go has a fifth of half a second's worth; another may be on its way to the ledger. */
const mostAfter = 2 * Math.ceil(pace / 2 / 5)
const nothing = {
  pending: 0,
  sending: 0,
  sent: 0,
  blocked: 0,
  failed: 0,
  uncertain: 0,
  cancelled: 0,
}
const inTransaction = <T>(act: (tx: Parameters<typeof pauseQueue>[0]) => Promise<T>) =>
  db.$transaction(act)

describe('a pause', () => {
  it('lets out only what was about to go, gives the rest back, and skips and doubles nobody afterwards', async () => {
    const queueId = await world.plan(everybody)
    const { handed, sender } = world.noting()
    const dispatcher = world.build({ limits: at(pace), sender })
    dispatcher.start()
    await world.counted(queueId, ({ sent }) => sent > burst)
    expect(await inTransaction((tx) => pauseQueue(tx, queueId))).toBe(true)
    const before = handed.length
    // Nobody wakes the sender: it notices by itself.
    const paused = await world.counted(queueId, ({ sending }) => sending === 0)
    expect(paused.sent - before).toBeLessThanOrEqual(mostAfter)
    expect(paused).toEqual({ ...nothing, sent: paused.sent, pending: recipients - paused.sent })
    expect(handed).toHaveLength(paused.sent)
    expect(await inTransaction((tx) => pauseQueue(tx, queueId))).toBe(false)

    // Another campaign goes meanwhile, and this one stays where it is.
    const other = await world.plan(everybody.slice(0, 50), { text: 'other' })
    dispatcher.wake()
    await world.counted(other, ({ sent }) => sent === 50)
    expect(await world.count(queueId)).toEqual(paused)
    expect(await inTransaction((tx) => resumeQueue(tx, queueId))).toBe(true)
    dispatcher.wake()
    await world.counted(queueId, ({ sent }) => sent === recipients)
    expect(await world.received()).toEqual({ '1': recipients - 50, '2': 50 })
    expect(await inTransaction((tx) => resumeQueue(tx, queueId))).toBe(false)
  })

  it('that finds the sender dead keeps what is put back waiting, and leaves only in doubt what was next to go', async () => {
    const queueId = await world.plan(everybody)
    await db.delivery.updateMany({
      data: { state: 'sending', leaseToken: 'the dead', attempts: 1 },
    })
    const begun = await db.delivery.findMany({ take: 5, orderBy: { id: 'asc' } })
    await db.sendingIntent.create({ data: { token: 'the dead', ids: begun.map(({ id }) => id) } })
    await inTransaction((tx) => pauseQueue(tx, queueId))
    const dispatcher = world.build()
    dispatcher.start()
    await world.counted(queueId, ({ sending }) => sending === 0)
    const other = await world.plan([firstId], { text: 'other' })
    dispatcher.wake()
    await world.counted(other, ({ sent }) => sent === 1)
    expect(await world.count(queueId)).toEqual({
      ...nothing,
      pending: recipients - 5,
      uncertain: 5,
    })
    await inTransaction((tx) => resumeQueue(tx, queueId))
    dispatcher.wake()
    await world.counted(queueId, ({ sent }) => sent === recipients - 5)
    // The first five have nothing of it, the other campaign apart.
    expect(await world.received()).toEqual({ '1': recipients - 4 })
  })
})

describe('a cancel', () => {
  it('ends what waits and what comes back, and counts everybody once', async () => {
    const queueId = await world.plan(everybody)
    const { handed, sender } = world.noting()
    world.build({ limits: at(pace), sender }).start()
    await world.counted(queueId, ({ sent }) => sent > burst)
    const cancelled = await inTransaction((tx) => cancelQueue(tx, queueId, now()))
    const before = handed.length
    expect(cancelled).toBeGreaterThan(0)
    const end = await world.counted(queueId, ({ sending }) => sending === 0)
    expect(end).toEqual({ ...nothing, sent: end.sent, cancelled: recipients - end.sent })
    expect(end.cancelled).toBeGreaterThanOrEqual(cancelled)
    expect(end.sent - before).toBeLessThanOrEqual(mostAfter)
    expect(await world.received()).toEqual({ '1': end.sent })
    expect(await inTransaction((tx) => cancelQueue(tx, queueId, now()))).toBe(0)
    expect(await inTransaction((tx) => resumeQueue(tx, queueId))).toBe(false)
  })

  it('of a queue whose sender died, or was told to wait, leaves nothing waiting in it', async () => {
    const queueId = await world.plan(everybody)
    await db.delivery.updateMany({
      where: { recipientId: { lt: firstId + 100 } },
      data: { state: 'sending', leaseToken: 'the dead', attempts: 1 },
    })
    await db.sendingIntent.create({ data: { token: 'the dead', ids: [] } })
    expect(await inTransaction((tx) => cancelQueue(tx, queueId, now()))).toBe(recipients - 100)
    const dispatcher = world.build()
    dispatcher.start()
    expect(await world.counted(queueId, ({ sending }) => sending === 0)).toEqual({
      ...nothing,
      cancelled: recipients,
    })

    const other = await world.plan([firstId])
    const answer = Promise.withResolvers<SendOutcome>()
    await dispatcher.stop()
    const late = world.build({ sender: () => answer.promise })
    late.start()
    await world.counted(other, ({ sending }) => sending === 1)
    await world.until(() => late.status().inFlight === 1)
    expect(await inTransaction((tx) => cancelQueue(tx, other, now()))).toBe(0)
    answer.resolve({ kind: 'wait', afterMs: 60_000 })
    expect(await world.counted(other, ({ sending }) => sending === 0)).toEqual({
      ...nothing,
      cancelled: 1,
    })
    expect(await world.received()).toEqual({})
  })
})

describe('hours of a queue', () => {
  const byDay = { from: 7 * 60 + 30, until: 21 * 60 }
  const setClock = (local: string) => {
    world.clock.offsetMs = Date.parse(`${local}+08:00`) - Date.now()
  }

  it('end at the minute, also for what is claimed, and it goes on in the morning', async () => {
    setClock('2027-03-20T20:30:00')
    const queueId = await world.plan(everybody, { hours: byDay })
    const { handed, sender } = world.noting()
    const dispatcher = world.build({ limits: at(pace), sender })
    dispatcher.start()
    await world.counted(queueId, ({ sent }) => sent > burst)
    setClock('2027-03-20T21:00:00')
    const before = handed.length
    const night = await world.counted(queueId, ({ sending }) => sending === 0)
    const other = await world.plan(everybody.slice(0, 20), { text: 'at any time' })
    dispatcher.wake()
    await world.counted(other, ({ sent }) => sent === 20)
    expect(handed.slice(before).map(({ text }) => text)).toEqual(Array(20).fill('at any time'))
    expect(await world.count(queueId)).toEqual(night)
    setClock('2027-03-21T07:30:00')
    dispatcher.wake()
    await world.counted(queueId, ({ sent }) => sent === recipients)
    expect(await world.received()).toEqual({ '1': recipients - 20, '2': 20 })
  })

  it('are refused when they are none', async () => {
    const asked = { name: 'x', isPaid: false, now: now() }
    await expect(openEmptyQueue(db, { ...asked, hours: { from: 60, until: 60 } })).rejects.toThrow()
    await expect(openEmptyQueue(db, { ...asked, hours: { from: -1, until: 9 } })).rejects.toThrow()
  })
})

describe('what was sent', () => {
  it('is deleted at everybody, with an honest list of what was too old, nameless or gone', async () => {
    const queueId = await world.plan(everybody)
    const dispatcher = world.build()
    dispatcher.start()
    await world.counted(queueId, ({ sent }) => sent === recipients)
    const newId = await world.open()
    const some = (from: number, to: number) => ({
      recipientId: { gte: firstId + from, lt: firstId + to },
    })
    const long = new Date(now().getTime() - 48 * 3_600_000)
    await db.delivery.updateMany({ where: some(0, 10), data: { finishedAt: long } })
    await db.delivery.updateMany({ where: some(10, 15), data: { messageId: null } })
    await db.delivery.updateMany({ where: some(15, 18), data: { state: 'uncertain' } })
    await db.delivery.deleteMany({ where: some(18, 20) })
    const gone = await db.delivery.findFirst({ where: some(20, 21) })
    await world.api.deleteMessage(firstId + 20, gone?.messageId ?? 0)
    await inTransaction((tx) => pauseQueue(tx, newId))
    const outcome = await world.change(queueId, newId, { kind: 'delete' })
    // Two were forgotten, and three that turned uncertain are still counted as sent.
    expect(outcome).toEqual({
      ...{ planned: 280, tooOld: 15, unknown: 8 },
      ...{ replaced: 0, dropped: 0, underWay: 0 },
    })
    expect(await world.change(queueId, newId, { kind: 'delete' })).toMatchObject({ planned: 0 })
    await inTransaction((tx) => resumeQueue(tx, newId))
    dispatcher.wake()
    const end = await world.counted(newId, ({ pending, sending }) => pending + sending === 0)
    expect(end).toEqual({ ...nothing, sent: 279, failed: 1 })
    expect(
      await db.delivery.findFirst({ where: { queueId: newId, state: 'failed' } }),
    ).toMatchObject({ reason: 'edit-gone', recipientId: firstId + 20 })
    expect(await world.reads(everybody)).toEqual({ nothing: 280, 'old words': 20 })
  })

  it('in the middle of a campaign is corrected, and what waits says the new words', async () => {
    const queueId = await world.plan(everybody)
    const dispatcher = world.build({ limits: at(pace) })
    dispatcher.start()
    const newId = await world.open()
    const half = recipients / 2
    const corrections = [everybody.slice(0, half), everybody.slice(half)].map((ids, n) => ({
      anew: { kind: 'text' as const, text: `new words ${n}` },
      recipientIds: ids,
    }))
    const correct = () => world.change(queueId, newId, { kind: 'edit', corrections })
    await world.counted(queueId, ({ sent }) => sent > burst)
    // Whoever is being written to would be missed.
    const refused = await correct()
    expect(refused).toMatchObject({ planned: 0, replaced: 0 })
    expect(refused.underWay).toBeGreaterThan(0)
    await inTransaction((tx) => pauseQueue(tx, queueId))
    const { sent } = await world.counted(queueId, ({ sending }) => sending === 0)
    expect(await correct()).toEqual({
      ...{ planned: sent, replaced: recipients - sent },
      ...{ tooOld: 0, unknown: 0, dropped: 0, underWay: 0 },
    })
    await inTransaction((tx) => resumeQueue(tx, queueId))
    dispatcher.wake()
    await world.counted(queueId, (count) => count.sent === recipients)
    await world.counted(newId, (count) => count.sent === sent)
    expect(await world.reads(everybody)).toEqual({ 'new words 0': half, 'new words 1': half })
    expect(await world.received()).toEqual({ '1': recipients })
  })

  it('and was deleted by its reader is not said anew', async () => {
    const queueId = await world.plan([firstId])
    const dispatcher = world.build()
    dispatcher.start()
    await world.counted(queueId, ({ sent }) => sent === 1)
    await world.api.deleteMessage(firstId, (await db.delivery.findFirstOrThrow()).messageId ?? 0)
    const newId = await world.open()
    const anew = { kind: 'text' as const, text: 'new words' }
    await world.change(queueId, newId, {
      kind: 'edit',
      corrections: [{ anew, recipientIds: [firstId] }],
    })
    dispatcher.wake()
    expect(await world.counted(newId, ({ failed }) => failed === 1)).toMatchObject({ sent: 0 })
    expect(await world.reads([firstId])).toEqual({ nothing: 1 })
  })
})

it('a queue is finished only when nothing waits or is under way in it, and takes nobody then', async () => {
  const [waits, sends, done] = [
    await world.plan([firstId]),
    await world.plan([firstId]),
    await world.plan([firstId]),
  ]
  await db.delivery.updateMany({ where: { queueId: sends }, data: { state: 'sending' } })
  await db.delivery.updateMany({ where: { queueId: done }, data: { state: 'sent' } })
  expect(await finishQueues(db, { ids: [waits, sends, done] })).toBe(1)
  await requireUnfinished(db, waits)
  await expect(requireUnfinished(db, done)).rejects.toThrow(`queue ${done}`)
  const counts = await countQueues(db, [waits, sends, done])
  expect(counts.get(waits)).toEqual({ ...nothing, pending: 1 })
  expect(counts.get(sends)).toEqual({ ...nothing, sending: 1 })
})
