import { expect, test } from 'vitest'
import type { Counters, LogPage } from '../../src/sandbox/control/schemas.ts'
import { startBed } from './support/stand-in.ts'

test('keeps every call with its outcome in order', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  await bed.control('DELETE', '/log')
  await bed.bot('getMe')
  await bed.bot('sendMessage', { chat_id: id, text: 'one' })
  await bed.bot('sendMessage', { chat_id: 999_999, text: 'two' })
  await bed.bot('sendMoney')
  const { entries } = await bed.control<LogPage>('GET', '/log')
  expect(entries.map(({ method, status }) => [method, status])).toEqual([
    ['getMe', 200],
    ['sendMessage', 200],
    ['sendMessage', 400],
    ['sendMoney', 404],
  ])
  expect(entries[1]).toMatchObject({
    chat_id: id,
    at_ms: bed.clock.ms,
    params: { text: 'one' },
    result: { text: 'one' },
  })
  expect(entries[2]?.description).toBe('Bad Request: chat not found')
  const monotonic = entries.map((entry) => entry.monotonic_ms)
  expect(monotonic).toEqual(monotonic.toSorted((a, b) => a - b))

  const only = (query: string) => bed.control<LogPage>('GET', `/log?${query}`)
  expect((await only(`method=sendmessage&chat_id=${id}`)).entries).toHaveLength(1)
  expect((await only('ok=false')).entries).toHaveLength(2)
  const first = await only('limit=1')
  expect((await only(`limit=1&after=${first.next_after}`)).entries[0]?.method).toBe('sendMessage')
})

test('gives the newest entries, from where a reader can go on', async () => {
  const bed = await startBed()
  for (let n = 0; n < 4; n += 1) await bed.bot(n % 2 === 0 ? 'getMe' : 'getMyName')
  const seqs = async (query: string) => {
    const { entries } = await bed.control<LogPage>('GET', `/log?${query}`)
    return entries.map(({ seq }) => seq)
  }
  expect(await seqs('last=2')).toEqual([3, 4])
  expect(await seqs('last=1&method=getMe')).toEqual([3])
  expect(await seqs('last=9&after=2')).toEqual([3, 4])
  expect(await bed.control('GET', '/log?last=2')).toMatchObject({ next_after: 4 })
  expect(await bed.controlStatus('GET', '/log?last=0')).toBe(400)
})

test('counts messages by chat, so that doubles and losses show', async () => {
  const bed = await startBed({ keepBodies: false })
  await bed.control('POST', '/crowds', { from_id: 1, count: 100 })
  for (const chat_id of [1, 2, 3, 3]) await bed.bot('sendMessage', { chat_id, text: 'x' })
  expect(await bed.control<Counters>('GET', '/counters?chat_id=3')).toMatchObject({
    calls: { sendMessage: { '200': 4 } },
    messages_sent: 4,
    chats_reached: 3,
    chats_by_messages: { '1': 2, '2': 1 },
    messages_to_chat: 2,
  })
  const { entries } = await bed.control<LogPage>('GET', '/log')
  expect(entries[0]?.params).toBeUndefined()
  expect(entries[0]?.message_id).toBe(1)
})

test('lets the oldest entries go when it is full, and says how many', async () => {
  const bed = await startBed({ logCapacity: 10 })
  for (let n = 0; n < 25; n += 1) await bed.bot('getMe')
  const page = await bed.control<LogPage>('GET', '/log')
  expect(page.entries.length + page.dropped).toBe(25)
  expect(page.entries.length).toBeLessThanOrEqual(11)
  const after = await bed.control<LogPage>('GET', '/log?after=24')
  expect(after.entries.map((entry) => entry.seq)).toEqual([25])
})
