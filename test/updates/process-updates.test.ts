import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createKeyring } from '../../src/lib/keyring.ts'
import { keepUpdates } from '../../src/updates/keep-updates.ts'
import { createUpdateProcessor, type HandleUpdate } from '../../src/updates/process-updates.ts'
import { countUpdates, pruneUpdates } from '../../src/updates/update-store.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const keyring = createKeyring(new Uint8Array(32).fill(7))
const clock = { at: new Date('2017-03-20T08:00:00Z') }
const now = () => clock.at
const silent = { warn: () => {}, error: () => {} }
const message = (update_id: number, chat: number, text = '') => ({
  update_id,
  message: { message_id: update_id, date: 0, text, chat: { id: chat, type: 'private' } },
})
const keep = (...updates: unknown[]) => keepUpdates({ db, keyring, now }, updates)

const noOne = async (_tx: unknown, _update: unknown) => {}

/** Works everything off that is due, with a handler of the test's. */
async function processAll(
  handle: HandleUpdate,
  { workers = 4, parked = noOne } = {},
): Promise<void> {
  const processor = createUpdateProcessor({
    db,
    keyring,
    now,
    handle,
    parked,
    log: silent,
    workers,
  })
  processor.start()
  // The first of each queue: those behind one that waits for its next try are not due.
  const isDue = async () => {
    const due = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM "update" u WHERE state = 'kept' AND "nextTryAt" <= ${now()} AND "updateId" = (
        SELECT min("updateId") FROM "update" o WHERE o.state = 'kept' AND o."queueKey" = u."queueKey")`
    return due.length > 0
  }
  while (await isDue()) await setTimeout(5)
  await processor.stop()
}

afterEach(() => emptyDatabase(database))

describe('keeping updates', () => {
  it('keeps one that comes twice once, encrypted', async () => {
    expect(await keep(message(1, 77, 'geheim'), message(2, 77))).toBe(2)
    expect(await keep(message(1, 77, 'geheim'))).toBe(0)
    const row = await db.update.findUniqueOrThrow({ where: { updateId: 1n } })
    expect(Buffer.from(row.payload ?? []).includes('geheim')).toBe(false)
  })

  it('leaves out what is no update, so that it does not block the others', async () => {
    expect(await keep({ nonsense: true }, 'text', null, message(3, 77))).toBe(1)
  })

  it('does not keep again what is done', async () => {
    await keep(message(1, 77))
    await processAll(async () => () => {})
    expect(await keep(message(1, 77))).toBe(0)
    const row = await db.update.findUniqueOrThrow({ where: { updateId: 1n } })
    expect(row).toMatchObject({ state: 'done', payload: null, queueKey: null })
  })

  it('forgets the numbers of what was done long ago', async () => {
    await keep(message(1, 77))
    await processAll(async () => () => {})
    expect(await pruneUpdates(db, new Date(clock.at.getTime() + 1))).toBe(1)
  })
})

describe('working updates off', () => {
  it('keeps the order within a chat and lets other chats go on', async () => {
    const seen: Record<number, number[]> = {}
    const all = Array.from({ length: 60 }, (_, index) => message(index + 1, index % 3))
    await keep(...all.toReversed())
    await processAll(async (_tx, update) => {
      const { message: told } = update as ReturnType<typeof message>
      const ids = seen[told.chat.id] ?? []
      seen[told.chat.id] = [...ids, told.message_id]
      return () => {}
    })
    for (const ids of Object.values(seen)) expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect(Object.values(seen).flat()).toHaveLength(60)
  })

  it('marks an update done together with its effect, or neither', async () => {
    await keep(message(1, 77))
    let tries = 0
    const handle: HandleUpdate = async (tx) => {
      await tx.setting.create({ data: { key: `effect ${tries}`, value: 1 } })
      if (++tries === 1) throw new Error('half way')
      return () => {}
    }
    await processAll(handle)
    expect(await db.setting.count()).toBe(0)
    clock.at = new Date(clock.at.getTime() + 1_000)
    await processAll(handle)
    expect(await db.setting.findMany()).toMatchObject([{ key: 'effect 1' }])
  })

  it('parks an update that fails three times, tells about it, and goes on with the chat', async () => {
    await keep(message(1, 77, 'poison'), message(2, 77, 'fine'))
    const told: unknown[] = []
    const done: string[] = []
    const handle: HandleUpdate = async (_tx, update) => {
      const { text } = (update as ReturnType<typeof message>).message
      if (text === 'poison') throw new TypeError('boom')
      done.push(text)
      return () => {}
    }
    const parked = async (_tx: unknown, update: unknown) => {
      told.push(update)
    }
    for (const waitMs of [0, 1_000, 5_000]) {
      clock.at = new Date(clock.at.getTime() + waitMs)
      await processAll(handle, { parked })
    }
    expect(await countUpdates(db)).toMatchObject({ kept: 0, dead: 1 })
    expect(told).toMatchObject([{ update_id: 1 }])
    expect(done).toEqual(['fine'])
    const dead = await db.update.findUniqueOrThrow({ where: { updateId: 1n } })
    expect(dead).toMatchObject({ state: 'dead', attempts: 3, reason: 'TypeError' })
    expect(dead.payload).not.toBeNull()
  })

  it('works off several chats in one transaction where it is alone, and one that fails takes no other with it', async () => {
    await keep(...[1, 2, 3, 4, 5].map((id) => message(id, 70 + id, `${id}`)))
    await keep(message(6, 73, 'behind the one that fails'))
    const transactions = new Set<unknown>()
    let acts = 0
    const handle: HandleUpdate = async (tx, update) => {
      const { text, message_id } = (update as ReturnType<typeof message>).message
      transactions.add(tx)
      await tx.setting.create({ data: { key: `effect of ${message_id}`, value: 1 } })
      if (text === '3') throw new Error('half way')
      return () => {
        acts += 1
      }
    }
    await processAll(handle, { workers: 1 })
    const effects = await db.setting.findMany({ orderBy: { key: 'asc' } })
    expect(effects.map(({ key }) => key)).toEqual([1, 2, 4, 5].map((id) => `effect of ${id}`))
    expect(acts).toBe(4)
    expect(await countUpdates(db)).toMatchObject({ kept: 2, dead: 0 })
    const failed = await db.update.findUniqueOrThrow({ where: { updateId: 3n } })
    expect(failed).toMatchObject({ attempts: 1, reason: 'Error' })

    transactions.clear()
    await keep(...[7, 8, 9].map((id) => message(id, 70 + id, `${id}`)))
    await processAll(handle, { workers: 1 })
    expect(transactions.size).toBe(1)
    expect(acts).toBe(7)
  })

  it('keeps the order within a chat where it is alone', async () => {
    const seen: string[] = []
    await keep(
      message(1, 77, 'a1'),
      message(2, 78, 'b1'),
      message(3, 77, 'a2'),
      message(4, 77, 'a3'),
    )
    await processAll(
      async (_tx, update) => {
        seen.push((update as ReturnType<typeof message>).message.text)
        return () => {}
      },
      { workers: 1 },
    )
    expect(seen).toEqual(['a1', 'b1', 'a2', 'a3'])
  })

  it('acts on the network only after the commit', async () => {
    await keep(message(1, 77))
    let stateSeen: string | undefined
    const acted = Promise.withResolvers<void>()
    await processAll(async () => () => {
      void db.update.findUniqueOrThrow({ where: { updateId: 1n } }).then((row) => {
        stateSeen = row.state
        acted.resolve()
      })
    })
    await acted.promise
    expect(stateSeen).toBe('done')
  })

  it('takes a message and a button press of one person as one queue', async () => {
    const press = {
      update_id: 2,
      callback_query: { id: 'x', from: { id: 77 }, message: { chat: { id: 77 } } },
    }
    await keep(message(1, 77), press)
    const keys = await db.update.findMany({ select: { queueKey: true } })
    expect(keys[0]?.queueKey).toEqual(keys[1]?.queueKey)
  })
})
