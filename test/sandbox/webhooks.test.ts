import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Bed, startBed, type Update, until } from './support/stand-in.ts'

interface Hit {
  update: Update
  secret: string | undefined
  answer(status: number, body?: string, headers?: Record<string, string>): void
}

const servers = new Set<Server>()
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  servers.clear()
})

/** Hands every delivery to `onHit`, which answers when it likes. */
async function receive(onHit: (hit: Hit) => void): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () =>
      onHit({
        update: JSON.parse(body) as Update,
        secret: request.headers['x-telegram-bot-api-secret-token']?.toString(),
        answer: (status, text = '', headers = {}) => response.writeHead(status, headers).end(text),
      }),
    )
  })
  servers.add(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
}

const info = async (bed: Bed) => (await bed.bot('getWebhookInfo')).result

test('delivers with the secret header and counts what is pending', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const hits: Hit[] = []
  const url = await receive((hit) => hits.push(hit))
  await bed.bot('setWebhook', { url, secret_token: 'sesame_1', max_connections: 7 })
  await bed.act('send', { user_id: id, text: 'hello' })
  const hit = await until(() => hits[0])
  expect(hit.secret).toBe('sesame_1')
  expect(hit.update.message.text).toBe('hello')
  expect(await info(bed)).toMatchObject({ url, pending_update_count: 1, max_connections: 7 })
  hit.answer(200)
  await until(async () => (await info(bed)).pending_update_count === 0)
})

test('sends the next update of a chat only after the one before it, other chats meanwhile', async () => {
  const bed = await startBed()
  const [slow, quick] = [await bed.person(), await bed.person()]
  const hits: Hit[] = []
  await bed.bot('setWebhook', { url: await receive((hit) => hits.push(hit)) })
  await bed.act('send', { user_id: slow.id, text: 'slow 1' })
  await bed.act('send', { user_id: slow.id, text: 'slow 2' })
  await bed.act('send', { user_id: quick.id, text: 'quick' })
  await until(() => hits.length === 2)
  expect(hits.map((hit) => hit.update.message.text)).toEqual(['slow 1', 'quick'])
  hits[1]?.answer(200)
  await bed.control('GET', '/bots')
  expect(hits).toHaveLength(2)
  hits[0]?.answer(204)
  await until(() => hits.length === 3)
  expect(hits[2]?.update.message.text).toBe('slow 2')
  hits[2]?.answer(200)
})

test('keeps presses and messages of one person in different queues', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const { result } = await bed.bot('sendMessage', {
    chat_id: id,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] },
  })
  const hits: Hit[] = []
  await bed.bot('setWebhook', { url: await receive((hit) => hits.push(hit)) })
  await bed.act('send', { user_id: id, text: 'message' })
  await bed.press({ user_id: id, message_id: result.message_id, data: 'a', wait_ms: 0 })
  await until(() => hits.length === 2)
  for (const hit of hits) hit.answer(200)
})

test('tries again after a failure, waits for Retry-After, and remembers the error', async () => {
  const bed = await startBed({ secondMs: 1 })
  const { id } = await bed.person()
  const ids: number[] = []
  const url = await receive((hit) => {
    ids.push(hit.update.update_id)
    if (ids.length === 1) hit.answer(500)
    else if (ids.length === 2) hit.answer(503, '', { 'retry-after': '5' })
    else hit.answer(200)
  })
  await bed.bot('setWebhook', { url })
  await bed.act('send', { user_id: id, text: 'again' })
  await until(async () => (await info(bed)).pending_update_count === 0)
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(1)
  expect(await info(bed)).toMatchObject({
    last_error_date: Math.floor(bed.clock.ms / 1000),
    last_error_message: 'Wrong response from the webhook: 503 Service Unavailable',
  })
})

test('gives up on an update that has expired and goes on with the chat', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const texts: string[] = []
  const url = await receive((hit) => {
    texts.push(hit.update.message.text)
    hit.answer(hit.update.message.text === 'poison' ? 500 : 200)
  })
  await bed.bot('setWebhook', { url })
  await bed.act('send', { user_id: id, text: 'poison' })
  await until(() => texts.length > 1)
  bed.clock.ms += 86_400_000
  await bed.act('send', { user_id: id, text: 'fine' })
  await until(() => texts.includes('fine'))
})

test('gives up waiting after its timeout and says so', async () => {
  const bed = await startBed({ webhookTimeoutMs: 5 })
  const { id } = await bed.person()
  let hits = 0
  const url = await receive((hit) => {
    hits += 1
    if (hits > 1) hit.answer(200)
  })
  await bed.bot('setWebhook', { url })
  await bed.act('send', { user_id: id, text: 'x' })
  await until(async () => (await info(bed)).pending_update_count === 0)
  expect((await info(bed)).last_error_message).toBe('Read timeout expired')
})

test('runs the method a webhook answers with', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const url = await receive((hit) => {
    const reply = { method: 'sendMessage', chat_id: id, text: 'from the body' }
    hit.answer(200, JSON.stringify(reply), { 'content-type': 'application/json' })
  })
  await bed.bot('setWebhook', { url })
  await bed.act('send', { user_id: id, text: 'x' })
  await until(async () => (await bed.messages(id)).messages.at(-1)?.text === 'from the body')
})

test('starts from what was pending, or drops it', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const texts: string[] = []
  const url = await receive((hit) => {
    texts.push(hit.update.message.text)
    hit.answer(200)
  })
  await bed.act('send', { user_id: id, text: 'dropped' })
  await bed.bot('setWebhook', { url, drop_pending_updates: true })
  await bed.bot('deleteWebhook')
  await bed.act('send', { user_id: id, text: 'kept' })
  await bed.bot('setWebhook', { url })
  await until(() => texts.length === 1)
  expect(texts).toEqual(['kept'])
})

test('delivers an update twice when ordered to', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const ids: number[] = []
  const url = await receive((hit) => {
    ids.push(hit.update.update_id)
    hit.answer(200)
  })
  await bed.bot('setWebhook', { url })
  await bed.fault({ kind: 'duplicate-update', count: 1 })
  await bed.act('send', { user_id: id, text: 'twice' })
  await bed.act('send', { user_id: id, text: 'once' })
  await until(() => ids.length === 3)
  expect(ids.toSorted((a, b) => a - b)).toEqual([ids[0], ids[0], (ids[0] ?? 0) + 1])
})

test('goes on delivering after a snapshot was restored', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const texts: string[] = []
  let isUp = false
  const url = await receive((hit) => {
    if (isUp) texts.push(hit.update.message.text)
    hit.answer(isUp ? 200 : 500)
  })
  await bed.bot('setWebhook', { url })
  await bed.act('send', { user_id: id, text: 'survives' })
  const snapshot = bed.standIn.world.snapshot()
  await bed.standIn.stop()
  isUp = true
  await startBed({ snapshot })
  await until(() => texts.length === 1)
  expect(texts).toEqual(['survives'])
})

test('refuses addresses and secrets that Telegram refuses', async () => {
  const bed = await startBed()
  const set = (params: unknown) => bed.description('setWebhook', params)
  expect(await set({ url: 'http://example.org/' })).toBe(
    'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
  )
  expect(await set({ url: 'https://example.org:8080/' })).toBe(
    'Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
  )
  expect(await set({ url: 'https://example.org/', secret_token: 'ä' })).toBe(
    'Bad Request: secret token contains unallowed characters',
  )
})
