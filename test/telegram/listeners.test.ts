import { expect, it } from 'vitest'
import type { DeliveryRequest } from '../../src/delivery/enqueue-delivery.ts'
import { createKeyring } from '../../src/lib/keyring.ts'
import { createMessages } from '../../src/messages/messages.ts'
import { createListeners } from '../../src/telegram/listeners.ts'
import { createTestDatabase } from '../support/database.ts'

const { db } = await createTestDatabase()
const messages = await createMessages()
const told: string[] = []

/** As after a start: what it remembers is in the database. */
const build = () =>
  createListeners({
    keyring: createKeyring(new Uint8Array(32).fill(3)),
    messages,
    enqueue: async (_tx: unknown, ...requests: DeliveryRequest[]) => {
      for (const { outgoing } of requests) if (outgoing.kind === 'text') told.push(outgoing.text)
    },
    now: () => new Date(),
    t: messages.in('zh-CN'),
    botId: 1,
    onBound: async () => {},
    onBroken: async () => {},
    onRestored: async () => {},
    onMoved: async () => {},
    others: {},
  })

it('alarms the admins of what Telegram would not take, once an hour for each purpose', async () => {
  await db.staff.create({
    data: { telegramId: 30_001, role: 'admin', language: 'zh-CN' },
  })
  const reason = 'Bad Request: message is too long'
  for (let n = 0; n < 3; n += 1) await build().mistaken?.(db, { purpose: 'campaign', reason })
  await build().mistaken?.(db, { purpose: 'receipt', reason })
  expect(told).toHaveLength(2)
  expect(told[0]).toContain(reason)

  await db.lease.updateMany({ data: { untilAt: new Date(0) } })
  await build().mistaken?.(db, { purpose: 'campaign', reason })
  expect(told).toHaveLength(3)
})

it('tells the admins of a refusal of the bot once, however often the service starts meanwhile', async () => {
  told.length = 0
  for (let n = 0; n < 3; n += 1) await build().refused?.(db, 'Unauthorized')
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('Unauthorized')
})
