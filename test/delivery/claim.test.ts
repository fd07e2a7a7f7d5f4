import { afterEach, describe, expect, it } from 'vitest'
import { claimBulk } from '../../src/delivery/claim-store.ts'
import { pruneDeliveries } from '../../src/delivery/delivery-store.ts'
import { createBodies, pruneBodies } from '../../src/delivery/queue-store.ts'
import { isWithinHours } from '../../src/delivery/sending-hours.ts'
import { minuteOf } from '../../src/lib/calendar.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const now = new Date('2027-03-20T04:00:00Z')
afterEach(() => emptyDatabase(database))

/** Queues with so many deliveries each. */
async function fill(queues: number, each: number, hours: { from?: number; until?: number } = {}) {
  const { from = null, until = null } = hours
  await db.$executeRaw`
    WITH q AS (
      INSERT INTO delivery_queue (name, "createdAt", "sendFrom", "sendUntil")
      SELECT 'test', ${now}, ${from}::int, ${until}::int FROM generate_series(1, ${queues}::int) RETURNING id)
    INSERT INTO delivery (lane, "queueId", state, purpose, address, "nextTryAt", "createdAt")
    SELECT 'bulk', q.id, 'pending', 'campaign', '\\x00', ${now}, ${now}
    FROM generate_series(1, ${each}::int), q`
}

async function claim(limit: number, after = 0, minute = 600) {
  const found = await claimBulk(db, { token: 'mine', now, limit, minute, after })
  const byQueue = new Map<number | null, number>()
  for (const { queueId } of found.rows) byQueue.set(queueId, (byQueue.get(queueId) ?? 0) + 1)
  return { ...found, byQueue }
}

describe('a claim of bulk', () => {
  it('with a thousand queues open takes no more than it has room for, and gives each its turn', async () => {
    await fill(1_000, 2)
    await fill(1, 500)
    const served = new Map<number | null, number>()
    let after = 0
    for (let n = 0; n < 35; n += 1) {
      const found = await claim(30, after)
      expect(found.rows).toHaveLength(30)
      expect(found.hasMore).toBe(true)
      after = found.after
      for (const [id, count] of found.byQueue) served.set(id, (served.get(id) ?? 0) + count)
    }
    // 1,050 places for 1,001 queues: everybody had one turn, some their second.
    expect(served.size).toBe(1_001)
    expect(Math.max(...served.values())).toBe(2)
  })

  it('with room for all gives every queue the same', async () => {
    await fill(3, 50)
    await fill(1, 2)
    const { byQueue, hasMore } = await claim(100)
    expect([...byQueue.values()].toSorted((a, b) => a - b)).toEqual([2, 25, 25, 25])
    expect(hasMore).toBe(true)
  })

  it('is not made smaller by queues that are open and empty', async () => {
    await fill(1_000, 0)
    await fill(1, 100)
    expect((await claim(60)).rows).toHaveLength(60)
    expect(await claim(60)).toMatchObject({ hasMore: false })
  })

  it('passes over queues that are paused, cancelled, finished, or outside their hours', async () => {
    await fill(4, 1)
    await fill(1, 1, { from: 450, until: 1_260 })
    await fill(1, 1, { from: 1_300, until: 60 })
    for (const [n, state] of ['paused', 'cancelled', 'finished'].entries())
      await db.deliveryQueue.update({ where: { id: n + 1 }, data: { state } })
    expect([...(await claim(60, 0, 449)).byQueue.keys()]).toEqual([4])
    expect([...(await claim(60, 0, 1_260)).byQueue.keys()]).toEqual([])
    expect([...(await claim(60, 0, 59)).byQueue.keys()]).toEqual([6])
    const byDay = await claim(60, 0, 450)
    expect([...byDay.byQueue.keys()]).toEqual([5])
    expect(byDay.rows[0]?.hours).toEqual({ from: 450, until: 1_260 })
  })
})

describe('hours', () => {
  it.each([
    [450, 1_260, 449, false],
    [450, 1_260, 450, true],
    [450, 1_260, 1_259, true],
    [450, 1_260, 1_260, false],
    [1_320, 360, 1_319, false],
    [1_320, 360, 1_320, true],
    [1_320, 360, 0, true],
    [1_320, 360, 359, true],
    [1_320, 360, 360, false],
    [0, 1_440, 1_439, true],
  ])('from %i until %i at %i: %s', (from, until, minute, isIn) => {
    expect(isWithinHours({ from, until }, minute)).toBe(isIn)
  })

  it('are those of the place, also on the night on which the clocks change', () => {
    expect(minuteOf(new Date('2027-03-20T23:30:00Z'), 'Asia/Shanghai')).toBe(7 * 60 + 30)
    expect(minuteOf(new Date('2027-03-28T00:59:00Z'), 'Europe/Berlin')).toBe(60 + 59)
    expect(minuteOf(new Date('2027-03-28T01:00:00Z'), 'Europe/Berlin')).toBe(3 * 60)
  })
})

describe('forgetting', () => {
  it('spares what finished lately, and everything of a queue that may still be planned for', async () => {
    await fill(4, 3)
    await db.delivery.updateMany({ data: { state: 'sent', finishedAt: now } })
    for (const [n, state] of ['open', 'paused', 'cancelled', 'finished'].entries())
      await db.deliveryQueue.update({ where: { id: n + 1 }, data: { state } })
    const later = new Date(now.getTime() + 1)
    const [spared] = await db.delivery.findMany({ where: { queueId: 4 }, take: 1 })
    await db.delivery.update({ where: { id: spared?.id ?? 0n }, data: { finishedAt: later } })
    expect(await pruneDeliveries(db, later, 100)).toBe(5)
    const left = await db.delivery.groupBy({ by: ['queueId'], _count: true })
    expect(Object.fromEntries(left.map(({ queueId, _count }) => [queueId, _count]))).toEqual({
      1: 3,
      2: 3,
      4: 1,
    })
  })

  it('takes words away that nothing says any more, some at a time, and keeps what waits or is under way', async () => {
    await fill(1, 6)
    const ids = await createBodies(
      db,
      Array.from({ length: 9 }, (_, n) => Uint8Array.of(n)),
    )
    const rows = await db.delivery.findMany({ orderBy: { id: 'asc' } })
    const states = ['pending', 'sending', 'sent', 'uncertain', 'cancelled', 'pending']
    for (const [n, { id }] of rows.entries())
      await db.delivery.update({
        where: { id },
        data: { state: states[n] ?? '', bodyId: ids[n] ?? 0n },
      })
    // Two say the same, and one of them waits.
    await db.delivery.update({ where: { id: rows[2]?.id ?? 0n }, data: { bodyId: ids[0] ?? 0n } })
    expect(await pruneBodies(db, 4)).toBe(4)
    expect(await pruneBodies(db, 4)).toBe(2)
    expect(await pruneBodies(db, 4)).toBe(0)
    const left = await db.deliveryBody.findMany({ orderBy: { id: 'asc' } })
    expect(left.map(({ id }) => id)).toEqual([ids[0], ids[1], ids[5]])
  })
})
