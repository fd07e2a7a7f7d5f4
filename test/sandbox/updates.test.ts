import { expect, test } from 'vitest'
import { drain, startBed, TOKEN, until } from './support/stand-in.ts'

const say = (text: string, user_id: number) => ({ text, user_id })

test('gives updates again until their offset confirms them', async () => {
  const bed = await startBed({ updateIdBase: 500 })
  const { id } = await bed.person()
  await bed.act('send', say('one', id))
  await bed.act('send', say('two', id))
  const ids = (updates: { update_id: number }[]) => updates.map((update) => update.update_id)
  expect(ids(await bed.updates())).toEqual([500, 501])
  expect(ids(await bed.updates({ limit: 1 }))).toEqual([500])
  expect(ids(await bed.updates({ offset: 501 }))).toEqual([501])
  expect(ids(await bed.updates())).toEqual([501])
  expect(ids(await bed.updates({ offset: 502 }))).toEqual([])
})

test('a negative offset forgets all but the last', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  for (const text of ['a', 'b', 'c']) await bed.act('send', say(text, id))
  const last = await bed.updates({ offset: -1 })
  expect(last.map((update) => update.message.text)).toEqual(['c'])
  expect(await bed.updates()).toHaveLength(1)
})

test('a waiting poll returns as soon as somebody writes', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const waiting = bed.updates({ timeout: 50 })
  await bed.act('send', say('now', id))
  expect((await waiting)[0]?.message.text).toBe('now')
})

test('the newer of two polls ends the older with 409', async () => {
  const bed = await startBed({ secondMs: 1 })
  const older = bed.bot('getUpdates', { timeout: 50 })
  await until(async () => (await bed.control<{ entries: unknown[] }>('GET', '/log')).entries[0])
  const newer = bed.bot('getUpdates', { timeout: 1 })
  expect(await older).toMatchObject({
    error_code: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  })
  expect((await newer).result).toEqual([])
})

test('a webhook and polling exclude each other', async () => {
  const bed = await startBed()
  const polling = bed.bot('getUpdates', { timeout: 50 })
  await until(async () => (await bed.control<{ entries: unknown[] }>('GET', '/log')).entries[0])
  await bed.bot('setWebhook', { url: 'http://127.0.0.1:9/' })
  expect((await polling).description).toBe('Conflict: terminated by setWebhook request')
  expect(await bed.description('getUpdates')).toBe(
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  )
  await bed.bot('deleteWebhook', { drop_pending_updates: true })
  expect(await bed.updates()).toEqual([])
})

test('keeps allowed_updates until they are changed, and the default leaves chat_member out', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  await bed.updates({ allowed_updates: ['callback_query'] })
  await bed.act('send', say('unseen', id))
  expect(await bed.updates()).toEqual([])
  await bed.updates({ allowed_updates: [] })
  await bed.act('send', say('seen', id))
  expect(await bed.updates()).toHaveLength(1)
})

test('drops messages after a day and presses after 150 seconds', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const { result } = await bed.bot('sendMessage', {
    chat_id: id,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] },
  })
  await bed.act('send', say('old', id))
  await bed.press({ user_id: id, message_id: result.message_id, data: 'a', wait_ms: 0 })
  bed.clock.ms += 149_000
  expect(await bed.updates()).toHaveLength(2)
  bed.clock.ms += 1_000
  expect((await bed.updates()).map((update) => update.message?.text)).toEqual(['old'])
  bed.clock.ms += 86_400_000
  expect(await bed.updates()).toEqual([])
})

test('brings an update twice, the second time as an old number', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  await bed.fault({ kind: 'duplicate-update', match: 'message', count: 1 })
  await bed.act('send', say('twice', id))
  const [first] = await bed.updates()
  const second = await bed.updates({ offset: (first?.update_id ?? 0) + 1 })
  expect(second).toEqual([first])
  expect(await bed.updates({ offset: (first?.update_id ?? 0) + 1 })).toEqual([])
})

test('holds an update back until others have overtaken it', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const fault = await bed.fault({ kind: 'late-update', match: 'message', count: 1 })
  await bed.act('send', say('late', id))
  await bed.act('send', say('early', id))
  expect((await drain(bed)).map((update) => update.message.text)).toEqual(['early'])
  await bed.control('DELETE', `/faults/${fault.id}`)
  const late = await until(async () => (await drain(bed))[0])
  expect(late.message.text).toBe('late')
})

test('stop ends waiting polls at once', async () => {
  const bed = await startBed()
  const waiting = fetch(`${bed.url}/bot${TOKEN}/getUpdates?timeout=50`).catch(() => 'cut')
  await until(async () => (await bed.control<{ entries: unknown[] }>('GET', '/log')).entries[0])
  await bed.standIn.stop()
  await bed.standIn.stop()
  expect(await waiting).toBeDefined()
})
