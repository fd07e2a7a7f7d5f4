import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { sealJson } from '../../../src/lib/keyring.ts'
import { tendDeadlines } from '../../../src/tips/deadlines/tend-deadlines.ts'
import { openTipContent } from '../../../src/tips/tip-content.ts'
import { createTestDatabase } from '../../support/database.ts'
import { createWorld } from '../tip-world.ts'

/** As many as the real campaign had. */
const tips = 2_760
/** A tick is rung every minute and should leave most of it to others; generous for a machine with other work. */
const tickMaxMs = 30_000

const database = await createTestDatabase()
const { db } = database

it('takes bounded time for a tick while 2,760 tips are open, and takes none twice', {
  timeout: 300_000,
}, async () => {
  const world = await createWorld(database)
  world.passTime(Date.parse('2017-03-28T09:00:00+08:00') - world.deps.now().getTime())
  await world.file()
  await world.deliver()
  const first = await db.tip.findFirstOrThrow()
  const content = openTipContent(world.keyring, first)
  const { wrapped: dataKey, sealer } = world.keyring.createDataKey()
  const sealed = sealJson(sealer, content)
  const { id: _id, ...like } = first
  await db.tip.createMany({
    data: Array.from({ length: tips - 1 }, (_, n) => ({
      ...like,
      id: n + 2,
      number: `QF-${String(n + 2).padStart(6, '0')}`,
      receiptKey: new Uint8Array(randomBytes(32)),
      dataKey,
      sealed,
      routing: null,
      pin: null,
      deadlineState: null,
    })),
  })
  const log = { error: (fields: object) => expect(fields).toBeNull() } as never
  const tick = async () => {
    const begun = performance.now()
    const count = await tendDeadlines(db, { ...world.deps, log })
    return { count, ms: performance.now() - begun }
  }
  const measure = async (what: string, count: number) => {
    const done = await tick()
    process.stdout.write(`${what}: ${done.count} in ${done.ms.toFixed(0)} ms\n`)
    expect(done.count).toBe(count)
    expect(done.ms).toBeLessThan(tickMaxMs)
  }
  const perTick = 500
  await measure('clocks set', perTick)
  const { deadlineState, deadlineGroupId, deadlineStage, deadlineAt } =
    await db.tip.findFirstOrThrow({ where: { deadlineAt: { not: null } } })
  const clock = { deadlineState, deadlineGroupId, deadlineStage, deadlineAt }
  await db.tip.updateMany({ where: { deadlineAt: null }, data: clock })
  await measure('nothing due', 0)

  world.passTime(60 * 60_000)
  await measure('nudged', perTick)
  await measure('nudged', perTick)
  expect(await db.delivery.count({ where: { purpose: 'tip-nudge' } })).toBe(2 * perTick)
  expect(await db.tip.count({ where: { deadlineStage: 'leader' } })).toBe(2 * perTick)
})
