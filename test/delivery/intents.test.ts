import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createIntents } from '../../src/delivery/intents.ts'
import type { SendOutcome } from '../../src/delivery/outgoing.ts'
import { reclaimDeliveries, saveIntent } from '../../src/delivery/reclaim-store.ts'
import { createBadDayWorld, firstId, nothingWaits, recipients } from './bad-day-world.ts'

const world = await createBadDayWorld()
const { db } = world
const sent = { kind: 'sent' } satisfies SendOutcome
const claimedBy = (token: string) =>
  db.delivery.updateMany({ data: { state: 'sending', leaseToken: token, attempts: 1 } })
const intents = async () => (await db.sendingIntent.findMany()).flatMap(({ ids }) => ids)
const reclaim = (token: string) =>
  db.$transaction((tx) => reclaimDeliveries(tx, { token, now: new Date() }))

it('lets no bulk message go before it is written down, and keeps it there until its end is', async () => {
  await world.broadcast(world.everybody)
  let underWay = 0
  let uncovered = 0
  world
    .build({
      sender: async () => {
        underWay += 1
        if ((await intents()).length < underWay) uncovered += 1
        underWay -= 1
        return sent
      },
    })
    .start()
  expect(await world.until(nothingWaits)).toEqual({ sent: recipients })
  expect(uncovered).toBe(0)
})

it('after a crash only those are in doubt that were written down; the others are sent', async () => {
  await world.broadcast(world.everybody)
  await claimedBy('the dead one')
  const begun = (await db.delivery.findMany({ take: 7, orderBy: { id: 'desc' } })).map(
    ({ id }) => id,
  )
  await db.sendingIntent.create({ data: { token: 'the dead one', ids: begun } })
  expect(await reclaim('the next one')).toEqual({
    repeated: 0,
    putBack: recipients - 7,
    uncertain: 7,
  })
  expect(await db.delivery.findMany({ where: { state: 'uncertain' } })).toHaveLength(7)
  expect(await db.delivery.findFirst({ where: { state: 'pending' } })).toMatchObject({
    attempts: 0,
    leaseToken: null,
  })
})

it('what was claimed by one that kept no record is in doubt', async () => {
  await world.broadcast([firstId])
  await claimedBy('an older version')
  expect(await reclaim('the next one')).toMatchObject({ putBack: 0, uncertain: 1 })
})

it('a sender that only slept finds its record gone, and sends nothing of what another has taken back', async () => {
  await world.broadcast(world.everybody)
  const limits = { ...world.unpaced, bot: { count: 60, perMs: 1_000 } }
  const dispatcher = world.build({ limits })
  dispatcher.start()
  await world.until(({ sent: count = 0 }) => count > 5)
  // As another does that found the lease expired. That the first one does not know it yet is the point.
  const farAway = new Date('2100-01-01')
  await db.lease.updateMany({ data: { token: 'another', untilAt: farAway } })
  await reclaim('another')
  expect(await saveIntent(db, { token: 'another', ids: [], queueIds: [] })).toEqual([])
  await setTimeout(1_500)
  const arrived = (await world.log('&method=sendMessage')).length
  await setTimeout(500)
  expect((await world.log('&method=sendMessage')).length).toBe(arrived)
  // At most what had been written down is in doubt, and nothing that was put back has gone out.
  const { sent: done = 0, uncertain = 0 } = await world.states()
  expect(arrived).toBeLessThanOrEqual(done + uncertain)
})

it('whatever goes is in the list that stands in the database, whether or not a new one is being written', async () => {
  const id = fc.bigInt({ min: 1n, max: 12n })
  const move = fc.oneof(
    fc.record({ write: fc.uniqueArray(id, { maxLength: 5 }) }),
    fc.record({ finishWrite: fc.constantFrom('written', 'failed') }),
    fc.record({ send: id }),
    fc.record({ end: id }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(move, { maxLength: 60 }), async (moves) => {
      let stored = new Set<bigint>()
      const open: { finish?: (how: string) => void } = {}
      let writing: Promise<unknown> = Promise.resolve()
      const under = new Set<bigint>()
      const known = createIntents(async (_token, ids) => {
        const how = await new Promise<string>((resolve) => {
          open.finish = resolve
        })
        // A failed write may have arrived nevertheless, or not.
        if (how === 'failed') throw new Error('away')
        stored = new Set(ids)
        return true
      })
      for (const one of moves) {
        if ('write' in one && !open.finish) writing = known.write('t', one.write).catch(() => {})
        if ('finishWrite' in one && open.finish) {
          open.finish(one.finishWrite)
          delete open.finish
          await writing
        }
        if ('send' in one && !under.has(one.send) && known.covers('t', one.send)) {
          known.begin(one.send)
          under.add(one.send)
        }
        if ('end' in one && under.delete(one.end)) known.end(one.end)
        for (const begun of under) expect(stored.has(begun)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
