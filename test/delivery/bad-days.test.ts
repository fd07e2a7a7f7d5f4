import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { PrismaClient } from '../../src/db/open-database.ts'
import { createBadDayWorld, firstId, nothingWaits, recipients } from './bad-day-world.ts'

const { db, clock, telegram, build, states, until, broadcast, tell, fault, received, everybody } =
  await createBadDayWorld()

describe('a bad day of Telegram', () => {
  it('that answers 500 for a while loses no urgent message', async () => {
    await fault({ kind: 'server-error', count: 40 })
    await tell({ kind: 'text', text: 'receipt' }, ...everybody)
    const dispatcher = build()
    dispatcher.start()
    expect(await until(nothingWaits)).toEqual({ sent: recipients })
    await dispatcher.stop()
    expect(await received()).toEqual({ '1': recipients })
  })

  it('that takes messages and cuts the line doubles no bulk message: those in doubt are shown', async () => {
    await fault({ kind: 'cut', count: 25 })
    await broadcast(everybody)
    const dispatcher = build()
    dispatcher.start()
    expect(await until(nothingWaits)).toEqual({ sent: recipients - 25, uncertain: 25 })
    await dispatcher.stop()
    expect(await received()).toEqual({ '1': recipients })
  })

  it('that takes urgent messages and cuts the line sends those again, and no others', async () => {
    await fault({ kind: 'cut', count: 10 })
    await tell({ kind: 'text', text: 'receipt' }, ...everybody)
    const dispatcher = build()
    dispatcher.start()
    expect(await until(nothingWaits)).toEqual({ sent: recipients })
    await dispatcher.stop()
    expect(await received()).toEqual({ '1': recipients - 10, '2': 10 })
  })

  it('that says “too many” to everybody is obeyed, and everybody is reached once', async () => {
    await fault({ kind: 'rate-limited', retry_after: 1, count: 5 })
    await broadcast(everybody)
    const dispatcher = build()
    dispatcher.start()
    expect(await until(nothingWaits)).toEqual({ sent: recipients })
    expect(dispatcher.status().rateShare).toBeLessThan(1)
    await dispatcher.stop()
    expect(await received()).toEqual({ '1': recipients })
  })

  it('that revokes the token stops everything and loses nothing', async () => {
    await fault({ kind: 'unauthorized' })
    await broadcast(everybody)
    const dispatcher = build()
    dispatcher.start()
    while (dispatcher.status().fatal === null) await setTimeout(10)
    await dispatcher.stop()
    expect(await states()).toEqual({ pending: recipients })

    await telegram.call('DELETE', '/faults')
    const again = build()
    again.start()
    // What had been refused waits for half a minute.
    clock.offsetMs = 60_000
    again.wake()
    expect(await until(nothingWaits)).toEqual({ sent: recipients })
    await again.stop()
    expect(await received()).toEqual({ '1': recipients })
  })

  it('on which people have blocked the bot marks them and reaches the others', async () => {
    const gone: number[] = []
    for (const user_id of [firstId + 3, firstId + 7]) await telegram.act('block', { user_id })
    await broadcast(everybody)
    const listeners = {
      gone: async (_tx: unknown, chatId: number) => {
        gone.push(chatId)
      },
    }
    const dispatcher = build({ listeners })
    dispatcher.start()
    expect(await until(nothingWaits)).toEqual({ sent: recipients - 2, blocked: 2 })
    await dispatcher.stop()
    expect(gone.toSorted()).toEqual([firstId + 3, firstId + 7])
  })
})

describe('a bad day of ours', () => {
  it('without a database for a while doubles and loses nothing', async () => {
    let isAway = false
    const flaky = new Proxy(db, {
      get: (target, name) => {
        if (
          isAway &&
          ['$transaction', '$queryRaw', '$executeRaw', 'delivery'].includes(String(name))
        )
          throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
        return Reflect.get(target, name)
      },
    })
    await broadcast(everybody)
    const dispatcher = build({ from: flaky as PrismaClient })
    dispatcher.start()
    await until(({ sent = 0 }) => sent > 20)
    isAway = true
    await setTimeout(1_500)
    isAway = false
    expect(await until(nothingWaits)).toEqual({ sent: recipients })
    await dispatcher.stop()
    expect(await received()).toEqual({ '1': recipients })
  })

  it('on which the clock is set back an hour keeps nobody waiting', async () => {
    await fault({ kind: 'rate-limited', retry_after: 1, count: 1 })
    await tell({ kind: 'text', text: 'receipt' }, ...everybody)
    clock.offsetMs = -3_600_000
    const dispatcher = build()
    dispatcher.start()
    expect(await until(nothingWaits)).toEqual({ sent: recipients })
    await dispatcher.stop()
    expect(await received()).toEqual({ '1': recipients })
  })
})
