import { expect, test } from 'vitest'
import { type Bed, startBed, TOKEN, until } from './support/stand-in.ts'

const url = (bed: Bed, id: number) => `${bed.url}/bot${TOKEN}/sendMessage?chat_id=${id}&text=x`
const count = async (bed: Bed, id: number) =>
  (await bed.messages(id)).messages.filter((message) => message.text === 'x').length

test('answers 429 as often as ordered, for one chat only', async () => {
  const bed = await startBed()
  const [one, other] = [await bed.villager(), await bed.villager()]
  await bed.fault({
    kind: 'rate-limited',
    match: 'send*',
    chat_id: one.id,
    count: 2,
    retry_after: 9,
  })
  const send = (chat_id: number) => bed.bot('sendMessage', { chat_id, text: 'x' })
  expect((await send(other.id)).ok).toBe(true)
  expect(await send(one.id)).toMatchObject({ error_code: 429, parameters: { retry_after: 9 } })
  expect((await send(one.id)).error_code).toBe(429)
  expect((await send(one.id)).ok).toBe(true)
  expect((await bed.bot('getMe')).ok).toBe(true)
})

test('lets the first calls pass when told to skip them', async () => {
  const bed = await startBed()
  await bed.fault({ kind: 'server-error', match: 'getMe', skip: 1, count: 1 })
  const codes = [await bed.bot('getMe'), await bed.bot('getMe'), await bed.bot('getMe')]
  expect(codes.map((answer) => answer.error_code)).toEqual([undefined, 500, undefined])
  expect(codes[1]?.description).toBe('Internal Server Error: restart')
})

test('plays a broken gateway, broken JSON and a revoked token without acting', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  for (const [kind, status] of [
    ['bad-gateway', 502],
    ['malformed', 200],
    ['unauthorized', 401],
  ] as const) {
    await bed.fault({ kind, count: 1 })
    const response = await fetch(url(bed, id))
    expect(response.status).toBe(status)
    const text = await response.text()
    if (kind === 'bad-gateway') expect(text).toContain('<h1>502 Bad Gateway</h1>')
    if (kind === 'malformed') expect(() => JSON.parse(text)).toThrow()
  }
  expect(await count(bed, id)).toBe(0)
})

test('cuts the connection before acting, or after', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  await bed.fault({ kind: 'refuse', count: 1 })
  await expect(fetch(url(bed, id))).rejects.toThrow()
  expect(await count(bed, id)).toBe(0)
  await bed.fault({ kind: 'cut', match: 'sendMessage', count: 1 })
  await expect(fetch(url(bed, id))).rejects.toThrow()
  expect(await count(bed, id)).toBe(1)
})

test('hangs until the fault is cleared, or for as long as it says', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const { id: faultId } = await bed.fault({ kind: 'hang', match: 'sendMessage' })
  const hanging = bed.bot('sendMessage', { chat_id: id, text: 'x' })
  await until(async () => (await bed.control<{ hits: number }[]>('GET', '/faults'))[0]?.hits)
  expect(await count(bed, id)).toBe(0)
  await bed.control('DELETE', `/faults/${faultId}`)
  expect((await hanging).ok).toBe(true)
  await bed.fault({ kind: 'hang', hang_ms: 1, count: 1 })
  expect((await bed.bot('getMe')).ok).toBe(true)
  expect(await bed.control('DELETE', '/faults')).toEqual([])
  expect(await bed.controlStatus('DELETE', '/faults/99')).toBe(404)
})
