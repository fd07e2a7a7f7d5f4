import { expect, it } from 'vitest'
import { testBot } from '../support/stand-in.ts'
import { createBadDayWorld, nothingWaits } from './bad-day-world.ts'

const supervisorId = 401
const world = await createBadDayWorld()
const { telegram, tell } = world

async function createGroup(): Promise<number> {
  await telegram.createPerson({ id: supervisorId, first_name: '督导员' })
  const { id } = await telegram.createChat({
    kind: 'group',
    title: '龙游县第一督导组',
    members: [
      { user_id: supervisorId, status: 'creator' },
      {
        user_id: Number(testBot.token.split(':', 1)[0]),
        status: 'administrator',
        rights: { '*': true },
      },
    ],
  })
  return id
}

const textsIn = async (chatId: number) =>
  (await telegram.messages(chatId, supervisorId)).flatMap(({ text }) => text ?? [])
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `No. ${n}`)

it('a group that becomes a supergroup gets everything that waited for it, each once and in order', async () => {
  const from = await createGroup()
  await tell({ kind: 'text', text: 'before' }, from)
  const dispatcher = world.build()
  dispatcher.start()
  await world.until(nothingWaits)
  await dispatcher.stop()
  const before = (await world.db.delivery.findFirst({ where: { state: 'sent' } }))?.messageId ?? 0

  for (const text of numbers(28)) await tell({ kind: 'text', text, replyTo: before }, from)
  await tell({ kind: 'edit', messageId: before, text: 'changed' }, from)
  await tell({ kind: 'delete', messageId: before }, from)
  const { id: to } = await telegram.act<{ id: number }>('migrate', { chat_id: from })
  const moves: [number, number][] = []
  const again = world.build({
    listeners: { moved: async (_tx, ...ids) => void moves.push(ids) },
  })
  again.start()
  expect(await world.until(nothingWaits)).toEqual({ sent: 31 })
  await again.stop()

  expect(await textsIn(to)).toEqual([...numbers(28), 'changed'])
  expect(moves.length).toBeGreaterThan(0)
  expect(new Set(moves.map(String))).toEqual(new Set([`${from},${to}`]))
  // From the stand-in's own log: each arrived once, and Telegram was not asked about the old chat for every one.
  const arrived = await world.log(`&method=sendMessage&chat_id=${to}`)
  expect(arrived.map(({ status }) => status)).toEqual(Array.from({ length: 29 }, () => 200))
  const refused = (await world.log(`&chat_id=${from}`)).filter(({ status }) => status === 400)
  expect(refused.length).toBeLessThan(3)
})

it('at the pace of a group, nothing is spent on the chat that is gone', async () => {
  const from = await createGroup()
  for (const text of numbers(20)) await tell({ kind: 'text', text }, from)
  const { id: to } = await telegram.act<{ id: number }>('migrate', { chat_id: from })
  world.build({ limits: { ...world.unpaced, group: { count: 20, perMs: 60_500 } } }).start()
  expect(await world.until(nothingWaits)).toEqual({ sent: 20 })
  expect(await textsIn(to)).toEqual(numbers(20))
})
