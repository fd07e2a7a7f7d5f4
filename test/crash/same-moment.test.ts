import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { type Service, startService } from '../support/service-process.ts'
import { createCrashWorld } from './crash-world.ts'

/** An embedded database has one process. */
describe.skipIf(!process.env.TEST_DATABASE_URL)('two processes started in the same moment', () => {
  let world: Awaited<ReturnType<typeof createCrashWorld>>
  let both: Service[] = []
  const ids = [611, 612, 613]
  beforeAll(async () => {
    world = await createCrashWorld()
  })
  afterAll(async () => {
    await Promise.all(both.map((service) => service.stop()))
    await world.close()
  })

  it('are both healthy, and one of them polls', async () => {
    both = await Promise.all([startService(world.env), startService(world.env)])
    await Promise.all(ids.map((id) => world.write(id)))
    const { entries } = await world.telegram.call<LogPage>('GET', '/log?method=getUpdates')
    expect(entries.filter(({ status }) => status === 409)).toEqual([])
  })

  it('say everything once, and file every tip once', async () => {
    await Promise.all(ids.map((id) => world.submit(id)))
    await Promise.all(ids.map((id) => world.receipt(id)))
    const receipts = await Promise.all(ids.map(world.receiptsOf))
    expect(receipts.map((numbers) => numbers.length)).toEqual(ids.map(() => 1))
    const cards = await world.cards()
    expect(cards.toSorted()).toEqual(receipts.flat().toSorted())
    // By the other side's own log: nothing that was said to a villager was said twice.
    for (const id of ids) {
      const { entries } = await world.telegram.call<LogPage>(
        'GET',
        `/log?limit=100000&method=sendMessage&chat_id=${id}`,
      )
      const said = entries.map(({ message_id }) => message_id)
      expect(new Set(said).size).toBe(said.length)
      const texts = entries.map(({ params }) => String(params?.text))
      expect(texts.filter((text) => text.includes('查询码'))).toHaveLength(1)
    }
  })
})
