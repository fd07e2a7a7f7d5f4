import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import type { FaultView } from '../../src/sandbox/control/bench-schemas.ts'
import { verifyAudit } from '../../src/staff/audit.ts'
import { waitFor } from '../support/child.ts'
import { type Service, startService } from '../support/service-process.ts'
import { createCrashWorld } from './crash-world.ts'

const world = await createCrashWorld()
const { telegram, env, inDatabase, write, find } = world
let service: Service = await startService(env)
const filed: number[] = []
let kills = 0

afterAll(async () => {
  await service.stop()
  await world.close()
})

/** As after a power cut. On a server nobody waits here until the leases of the dead run out. */
async function killAndStart(): Promise<void> {
  await service.kill()
  kills += 1
  if (world.isOnServer) await inDatabase((db) => db.lease.deleteMany())
  service = await startService(env)
}

/** Holds every write to a table back for as long as `work` runs. */
async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: env.DATABASE_URL })
  await client.connect()
  await client.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`)
  await work()
  await client.query('ROLLBACK')
  await client.end()
}

/** Waits until a call to this chat hangs, so that the message is under way. */
async function whileSending(chatId: number, act: () => Promise<unknown>): Promise<void> {
  await telegram.call('POST', '/faults', { kind: 'hang', match: 'sendMessage', chat_id: chatId })
  await act()
  await waitFor(async () => {
    const [fault] = await telegram.call<FaultView[]>('GET', '/faults')
    return fault && fault.hits > 0 ? true : undefined
  }, 10_000)
}

/** What Telegram had taken from the dead process arrives after all. */
async function clearFaults(): Promise<void> {
  await fetch(`${telegram.url}/control/faults`, { method: 'DELETE' })
}

const question = '有照片、录像、录音吗'
const review = '写得对不对'
await Promise.all([
  ...[601, 602].map((id) => write(id, question)),
  ...[603, 604, 605, 606, 607].map((id) => write(id)),
])

describe('a kill in the middle of an update', () => {
  it('before the commit loses no answer', async () => {
    if (world.isOnServer)
      await whileLocked('draft', async () => {
        await world.answer(601, question)
        await setTimeout(150)
        await killAndStart()
      })
    else {
      await world.answer(601, question)
      await killAndStart()
    }
    await expectAskedOnce(601)
  })

  it('after the commit sends the next question', async () => {
    await whileSending(602, () => world.answer(602, question))
    await killAndStart()
    await clearFaults()
    await expectAskedOnce(602)
  })

  /** Or twice, when Telegram had taken it from the dead process. */
  async function expectAskedOnce(id: number): Promise<void> {
    await find(id, review)
    await world.submit(id)
    await world.receipt(id)
    filed.push(id)
    const asked = (await telegram.messages(id, id)).filter(({ text }) => text?.includes(review))
    expect(asked.length).toBeLessThanOrEqual(2)
  }
})

describe('a kill in the middle of filing', () => {
  it('before the commit files the tip once', async () => {
    if (world.isOnServer)
      await whileLocked('audit_line', async () => {
        await world.submit(603)
        await setTimeout(150)
        await killAndStart()
      })
    else {
      await world.submit(603)
      await killAndStart()
    }
    await world.receipt(603)
    filed.push(603)
  })

  it('after the commit sends the receipt, and a second one only under the same number', async () => {
    await whileSending(604, () => world.submit(604))
    await killAndStart()
    await clearFaults()
    await world.receipt(604)
    filed.push(604)
  })

  it('at any moment files every tip once, again and again', async () => {
    const ids = [605, 606, 607]
    for (const [n, id] of ids.entries()) {
      await world.submit(id)
      await setTimeout(n * 8)
      await killAndStart()
    }
    await Promise.all(ids.map(world.receipt))
    filed.push(...ids)
  })
})

describe('afterwards', () => {
  it('every tip is there once, and what came twice is what was under way at a kill, under its number', async () => {
    await waitFor(async () => {
      const shown = new Set(await world.cards()).size
      return shown >= filed.length ? true : undefined
    }, 10_000)
    await service.stop()
    const numbers: string[] = []
    let doubles = 0
    for (const id of filed) {
      const receipts = await world.receiptsOf(id)
      doubles += receipts.length - 1
      expect(new Set(receipts).size).toBe(1)
      numbers.push(receipts[0] ?? '')
    }
    expect(new Set(numbers).size).toBe(filed.length)
    const cards = await world.cards()
    expect(new Set(cards)).toEqual(new Set(numbers))
    doubles += cards.length - numbers.length
    // One tip is filed at a time, so a receipt and a card at most are under way.
    expect(doubles).toBeLessThanOrEqual(2 * kills)

    await inDatabase(async (db) => {
      expect(await db.tip.count()).toBe(filed.length)
      expect(await db.draft.count()).toBe(0)
      expect(await db.update.count({ where: { state: { not: 'done' } } })).toBe(0)
      expect(await db.delivery.count({ where: { state: { not: 'sent' } } })).toBe(0)
      expect(await verifyAudit(db)).toMatchObject({ ok: true })
    })
  })
})
