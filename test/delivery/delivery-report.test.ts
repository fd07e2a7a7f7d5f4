import { afterEach, describe, expect, it } from 'vitest'
import { createLease } from '../../src/db/lease-store.ts'
import { claimUrgent } from '../../src/delivery/claim-store.ts'
import { readDeliveryReport } from '../../src/delivery/delivery-report.ts'
import { finishSent } from '../../src/delivery/delivery-store.ts'
import type { DispatcherStatus } from '../../src/delivery/dispatcher-status.ts'
import { createEnqueue } from '../../src/delivery/enqueue-delivery.ts'
import { telegramLimits } from '../../src/delivery/pace.ts'
import { createRateMeter } from '../../src/delivery/rate-meter.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const keyring = createKeyring(new Uint8Array(32).fill(7))
const start = new Date('2017-03-20T08:00:00Z')
const leaseName = 'sender:1'
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000)

const say = (chatId: number, at: Date, queueId?: number) =>
  createEnqueue({ keyring, now: () => at })(db, {
    lane: queueId === undefined ? 'urgent' : 'bulk',
    purpose: 'reply',
    address: { chatId },
    outgoing: { kind: 'text', text: 'words' },
    ...(queueId === undefined ? {} : { queueId }),
  })

const status: DispatcherStatus = {
  isLeader: true,
  inFlight: 0,
  waiting: 0,
  sent: 12,
  perSecond: 21.5,
  limits: telegramLimits,
  rateShare: 0.7,
  fatal: null,
  lastErrorAt: null,
}

afterEach(() => emptyDatabase(database))

describe('the report on the sending', () => {
  it('is empty before anything was said', async () => {
    expect(await readDeliveryReport(db, { leaseName, now: start })).toEqual({
      outcomes: [],
      waiting: [],
      lease: null,
      sender: null,
    })
  })

  it('counts what ended and what waits, urgent first, with the age of the oldest', async () => {
    await say(1, start, 2)
    await say(2, later(30), 2)
    for (const chatId of [3, 4, 5]) await say(chatId, later(50))
    const [first] = await claimUrgent(db, { token: 'a', now: later(60), limit: 2 })
    await finishSent(db, { token: 'a', now: later(60) }, [{ id: first?.id ?? 0n, messageId: 9 }])
    const report = await readDeliveryReport(db, { leaseName, now: later(90) })
    expect(report.outcomes).toEqual([{ lane: 'urgent', state: 'sent', count: 1 }])
    expect(report.waiting).toEqual([
      { lane: 'urgent', queueId: null, pending: 1, sending: 1, oldestSeconds: 40 },
      { lane: 'bulk', queueId: 2, pending: 2, sending: 0, oldestSeconds: 90 },
    ])
  })

  it('adds the queues of a lane up', async () => {
    for (const queueId of [1, 2])
      await db.deliveryCount.create({ data: { lane: 'bulk', queueId, state: 'sent', count: 5 } })
    const { outcomes } = await readDeliveryReport(db, { leaseName, now: start })
    expect(outcomes).toEqual([{ lane: 'bulk', state: 'sent', count: 10 }])
  })

  it('names who has the right to send, and says when it has run out', async () => {
    const lease = createLease(db, leaseName, 8)
    await lease.hold()
    const held = await readDeliveryReport(db, { leaseName, now: start })
    expect(held.lease).toMatchObject({ isHeld: true, holder: expect.stringContaining('/') })
    await db.lease.updateMany({ data: { untilAt: new Date(0) } })
    const expired = await readDeliveryReport(db, { leaseName, now: start })
    expect(expired.lease).toMatchObject({ isHeld: false })
    await lease.release()
    expect((await readDeliveryReport(db, { leaseName, now: start })).lease).toBeNull()
  })

  it('says rate, share and limits of the dispatcher that is given', async () => {
    const { sender } = await readDeliveryReport(db, { leaseName, now: start, status })
    expect(sender).toEqual({
      isLeader: true,
      perSecond: 21.5,
      rateShare: 0.7,
      limits: telegramLimits,
      fatal: null,
    })
  })
})

describe('the rate', () => {
  it('is that of the last ten whole seconds and falls when nothing goes out', () => {
    let at = 0
    const meter = createRateMeter(() => at)
    for (let n = 0; n < 300; n += 1) {
      at = n * 33
      meter.add()
    }
    at = 10_000
    expect(meter.perSecond()).toBeCloseTo(30, 0)
    at = 60_000
    expect(meter.perSecond()).toBe(0)
  })
})
