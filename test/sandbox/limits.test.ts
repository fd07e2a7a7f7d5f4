import { expect, test } from 'vitest'
import type { Limits, Violations } from '../../src/sandbox/control/schemas.ts'
import { type Bed, BOT_ID, NO_LIMITS, startBed } from './support/stand-in.ts'

const limited = (limits: Partial<Limits>) => startBed({ limits: { ...NO_LIMITS, ...limits } })

async function crowd(bed: Bed) {
  await bed.control('POST', '/crowds', { from_id: 50_001, count: 10_000 })
  return (n: number, more = {}) =>
    bed.bot('sendMessage', { chat_id: 50_001 + n, text: 'x', ...more })
}

test('takes 30 messages a second from one bot and refuses the next with retry_after', async () => {
  const bed = await limited({ bot_per_second: 30 })
  const send = await crowd(bed)
  for (let n = 0; n < 30; n += 1) expect((await send(n)).ok).toBe(true)
  expect(await send(30)).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  })
  bed.clock.ms += 1_000
  for (let n = 0; n < 30; n += 1) expect((await send(n)).ok).toBe(true)
  expect((await send(31)).ok).toBe(false)
  expect(await bed.control<Violations>('GET', '/violations')).toMatchObject({ bot: 2, chat: 0 })
  expect(await bed.control<Violations>('DELETE', '/violations')).toMatchObject({ bot: 0 })
})

test('never refuses a bot that keeps to exactly 30 a second', async () => {
  const bed = await limited({ bot_per_second: 30 })
  const send = await crowd(bed)
  for (let n = 0; n < 300; n += 1) {
    expect((await send(n)).ok).toBe(true)
    bed.clock.ms += 1000 / 30
  }
})

test('counts paid broadcasts by their own rate', async () => {
  const bed = await limited({ bot_per_second: 1, bot_paid_per_second: 40 })
  const send = await crowd(bed)
  const paid = { allow_paid_broadcast: true }
  for (let n = 0; n < 40; n += 1) expect((await send(n, paid)).ok).toBe(true)
  expect((await send(41, paid)).error_code).toBe(429)
  expect((await send(42)).ok).toBe(true)
})

test('takes a short burst into one chat, then one a second', async () => {
  const bed = await limited({ chat_per_second: 1, chat_burst: 3 })
  const send = await crowd(bed)
  for (let n = 0; n < 3; n += 1) expect((await send(0)).ok).toBe(true)
  expect((await send(0)).parameters).toEqual({ retry_after: 1 })
  expect((await send(1)).ok).toBe(true)
  bed.clock.ms += 1_000
  expect((await send(0)).ok).toBe(true)
  expect((await send(0)).ok).toBe(false)
})

test('takes 20 messages a minute into one group, albums by their items', async () => {
  const bed = await limited({ group_per_minute: 20 })
  const owner = await bed.person()
  const { id: chat_id } = await bed.group({ members: [{ user_id: owner.id }, { user_id: BOT_ID }] })
  const send = () => bed.bot('sendMessage', { chat_id, text: 'x' })
  for (let n = 0; n < 20; n += 1) {
    expect((await send()).ok).toBe(true)
    bed.clock.ms += 1_000
  }
  expect((await send()).parameters).toEqual({ retry_after: 40 })
  bed.clock.ms += 40_000
  expect((await send()).ok).toBe(true)
  expect((await send()).ok).toBe(false)
})

test('counts edits in a group when asked to', async () => {
  const bed = await limited({ group_edits_per_minute: 2 })
  const owner = await bed.person()
  const { id: chat_id } = await bed.group({ members: [{ user_id: owner.id }, { user_id: BOT_ID }] })
  const { result } = await bed.bot('sendMessage', { chat_id, text: '0' })
  const edit = (text: string) =>
    bed.bot('editMessageText', { chat_id, message_id: result.message_id, text })
  expect((await edit('1')).ok).toBe(true)
  expect((await edit('2')).ok).toBe(true)
  expect((await edit('3')).error_code).toBe(429)
  expect(await bed.control<Violations>('GET', '/violations')).toMatchObject({ group_edit: 1 })
})

test('changes and switches off limits while running, and sends the Retry-After header', async () => {
  const bed = await limited({ bot_per_second: 1 })
  const send = await crowd(bed)
  await send(0)
  const url = `${bed.url}/bot7000000001:token-of-the-bot-under-test/sendMessage`
  const refused = await fetch(`${url}?chat_id=50002&text=x`)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  const limits = await bed.control<Limits>('PATCH', '/limits', { bot_per_second: null })
  expect(limits.bot_per_second).toBeNull()
  expect((await send(2)).ok).toBe(true)
})

test('a refused message uses up nothing and is not stored', async () => {
  const bed = await limited({ bot_per_second: 1, chat_per_second: 1, chat_burst: 2 })
  const send = await crowd(bed)
  await send(0)
  for (let n = 0; n < 5; n += 1) await send(1)
  bed.clock.ms += 1_000
  expect((await send(1)).result.message_id).toBe(1)
})
