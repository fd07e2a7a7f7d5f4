import { beforeEach, describe, expect, it } from 'vitest'
import { openEmptyQueue } from '../../src/delivery/queue-control.ts'
import { countQueue } from '../../src/delivery/queue-count-store.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { eraseSubscriber } from '../../src/subscribers/erase-subscriber.ts'
import { pauseSubscriber } from '../../src/subscribers/pause.ts'
import { resumeStopped, stopSubscriber } from '../../src/subscribers/stop-subscriber.ts'
import { reviveSubscriber } from '../../src/subscribers/subscribe.ts'
import type { SubscriberState } from '../../src/subscribers/subscriber.ts'
import {
  findSubscriber,
  moveSubscriber,
  saveSubscriber,
} from '../../src/subscribers/subscriber-store.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'

const database = await createTestDatabase()
const { db } = database
const keyring = createKeyring(new Uint8Array(32).fill(1))
const now = new Date('2017-03-28T02:00:00Z')
const today = '2017-03-28'
const deps = { keyring, now, today }
const [wang, li] = [501, 502]

let areaId = 0
beforeEach(async () => {
  await emptyDatabase(database)
  const village = { code: '330825001227', name: '半爿月村村民委员会', level: 'village' }
  areaId = (await db.area.create({ data: village })).id
  for (const chatId of [wang, li]) {
    const person = { chatId, today, language: 'zh-CN' as const }
    await saveSubscriber(db, keyring, person, { state: 'active', areaId })
  }
})

const idOf = async (chatId: number) => (await findSubscriber(db, keyring, chatId))?.id ?? 0
const stateOf = async (chatId: number) => (await findSubscriber(db, keyring, chatId))?.state
const address = (chatId: number) => Buffer.from(`sealed ${chatId}`)

/** A queue with one delivery to each of the two, in this state. */
async function sends(state: string): Promise<number> {
  const queueId = await openEmptyQueue(db, { name: 'x', isPaid: false, hours: null, now })
  for (const chatId of [wang, li])
    await db.delivery.create({
      data: {
        ...{ lane: 'bulk', queueId, state, purpose: 'content', address: address(chatId) },
        ...{ recipientId: await idOf(chatId), nextTryAt: now, createdAt: now },
      },
    })
  return queueId
}

const listDeliveries = () =>
  db.delivery.findMany({
    orderBy: { id: 'asc' },
    select: { state: true, recipientId: true, address: true },
  })

describe('/stop', () => {
  it('also keeps back what is on its way, and nothing of anybody else', async () => {
    const queueId = await sends('pending')
    await sends('sent')
    expect(await stopSubscriber(db, deps, wang)).toBe('stopped')
    const states = (await listDeliveries()).map(({ state }) => state)
    expect(states).toEqual(['cancelled', 'pending', 'sent', 'sent'])
    expect(await countQueue(db, queueId)).toMatchObject({ pending: 1, cancelled: 1 })
    expect(await stateOf(li)).toBe('active')
    expect(await stopSubscriber(db, deps, wang)).toBe('stopped-before')
    expect(await stopSubscriber(db, deps, 999)).toBe('stopped-before')
  })

  it.each<[SubscriberState, SubscriberState]>([
    ['active', 'active'],
    ['blocked', 'active'],
  ])('is taken back, from %s to %s, with what was chosen', async (before, after) => {
    const person = { chatId: wang, today, language: 'zh-CN' as const }
    await saveSubscriber(db, keyring, person, { state: before, hour: 9, mutedTopics: ['case'] })
    await stopSubscriber(db, deps, wang)
    expect(await resumeStopped(db, keyring, wang)).toBe(true)
    expect(await findSubscriber(db, keyring, wang)).toMatchObject({
      ...{ state: after, hour: 9, mutedTopics: ['case'], areaId },
    })
    expect(await resumeStopped(db, keyring, wang)).toBe(false)
  })

  it('is left alone by blocking and unblocking', async () => {
    await stopSubscriber(db, deps, wang)
    expect(
      await moveSubscriber(db, keyring, wang, { from: ['active', 'choosing'], to: 'blocked' }),
    ).toBe(false)
    await reviveSubscriber(db, keyring, wang)
    expect(await stateOf(wang)).toBe('stopped')
  })
})

describe('a pause', () => {
  it('keeps back what is on its way, and ends by itself', async () => {
    await sends('pending')
    await pauseSubscriber(db, deps, wang, 7)
    expect((await listDeliveries()).map(({ state }) => state)).toEqual(['cancelled', 'pending'])
    expect(await findSubscriber(db, keyring, wang)).toMatchObject({
      state: 'active',
      pausedUntil: '2017-04-04',
    })
  })
})

describe('erasing', () => {
  it('removes the subscriber and what hangs on it, and leaves the others', async () => {
    const content = await db.content.create({ data: { code: 'rule-1', kind: 'reminder' } })
    for (const chatId of [wang, li])
      await db.contentRead.create({
        data: { subscriberId: await idOf(chatId), contentId: content.id, readOn: new Date(today) },
      })
    expect(await eraseSubscriber(db, deps, wang)).toBe(true)
    expect(await findSubscriber(db, keyring, wang)).toBeNull()
    expect(await db.contentRead.findMany()).toMatchObject([{ subscriberId: await idOf(li) }])
    expect(await eraseSubscriber(db, deps, wang)).toBe(false)
  })

  it('takes recipient and address off what the ledger keeps, and cancels what waits', async () => {
    const [wangId, liId] = [await idOf(wang), await idOf(li)]
    const waiting = await sends('pending')
    for (const state of ['sent', 'uncertain', 'sending']) await sends(state)
    await eraseSubscriber(db, deps, wang)
    const rows = await listDeliveries()
    expect(rows.filter(({ recipientId }) => recipientId === wangId)).toEqual([])
    expect(rows.filter(({ recipientId }) => recipientId === liId)).toHaveLength(4)
    const forgotten = rows.filter(({ recipientId }) => recipientId === null)
    expect(forgotten.map(({ state, address: kept }) => [state, kept.length > 0])).toEqual([
      ['cancelled', false],
      ['sent', false],
      ['uncertain', false],
      // Needs it for its retry; goes with the row.
      ['sending', true],
    ])
    expect(await countQueue(db, waiting)).toMatchObject({ pending: 1, cancelled: 1 })
  })
})
