import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { verifyAudit } from '../../src/staff/audit.ts'
import { type Service, startService } from '../support/service-process.ts'
import { createCrashWorld } from './crash-world.ts'

/** Ten seconds, and what it takes to answer on a machine that does other things as well. */
const takeOverMs = 12_000

/** An embedded database has one process. */
describe.skipIf(!process.env.TEST_DATABASE_URL)('two processes on one database', () => {
  let world: Awaited<ReturnType<typeof createCrashWorld>>
  const ids = [601, 602, 603, 604]
  let first: Service
  let second: Service
  beforeAll(async () => {
    world = await createCrashWorld()
  })
  afterAll(async () => {
    await first.stop()
    await second.stop()
    await world.close()
  })

  it('poll and send as one', async () => {
    first = await startService(world.env)
    second = await startService(world.env)
    await Promise.all(ids.map((id) => world.write(id)))
    const { entries } = await world.telegram.call<LogPage>('GET', '/log?method=getUpdates')
    expect(entries.filter(({ status }) => status === 409)).toEqual([])
    await world.submit(601)
    await world.receipt(601)
  })

  it('go on as one within ten seconds when the other is killed', async () => {
    const submitted = Promise.all([602, 603].map((id) => world.submit(id)))
    await first.kill()
    const killedAt = performance.now()
    await submitted
    await Promise.all([602, 603].map(world.receipt))
    expect(performance.now() - killedAt).toBeLessThan(takeOverMs)
  })

  it('share the work again when the other is back, and give it away at once when told to stop', async () => {
    first = await startService(world.env)
    await second.stop()
    const stoppedAt = performance.now()
    await world.submit(604)
    await world.receipt(604)
    expect(performance.now() - stoppedAt).toBeLessThan(7_000)
  })

  it('have filed every tip once', async () => {
    await first.stop()
    const receipts = await Promise.all(ids.map(world.receiptsOf))
    for (const numbers of receipts) expect(new Set(numbers).size).toBe(1)
    const numbers = new Set(receipts.flat())
    expect(numbers.size).toBe(ids.length)
    expect(new Set(await world.cards())).toEqual(numbers)
    await world.inDatabase(async (db) => {
      expect(await db.tip.count()).toBe(ids.length)
      expect(await db.update.count({ where: { state: { not: 'done' } } })).toBe(0)
      expect(await verifyAudit(db)).toMatchObject({ ok: true })
    })
  })
})
