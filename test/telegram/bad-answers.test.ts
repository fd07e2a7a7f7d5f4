import { Api } from 'grammy'
import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Outgoing, SendOutcome } from '../../src/delivery/outgoing.ts'
import { createApi, toClientOptions } from '../../src/telegram/api.ts'
import { createTelegramSender } from '../../src/telegram/sender.ts'

const root = 'https://telegram.test'
const token = '123456789:CANARY-TOKEN-abcdefghijklmnopqrstuvw'
const words = 'CANARY words of a tip 王秀英'
const text: Outgoing = { kind: 'text', text: words }
const sendMessage = () => nock(root).post(`/bot${token}/sendMessage`)

async function send(outgoing: Outgoing = text, api = createApi({ token, root })) {
  const sender = createTelegramSender({ api, loadFile: async () => null })
  const outcome = await sender({ chatId: 42 }, outgoing, { isPaid: false })
  // Outcomes reach the log and the ledger.
  expect(JSON.stringify(outcome)).not.toMatch(/CANARY|王秀英|123456789/)
  return outcome
}

beforeAll(() => {
  nock.disableNetConnect()
})
afterEach(() => {
  nock.cleanAll()
})
afterAll(() => {
  nock.enableNetConnect()
  nock.restore()
})

describe('an answer that is none', () => {
  it.each([
    ['a gateway page', 502, '<html><h1>502 Bad Gateway</h1></html>'],
    ['a page that says it is well', 200, '<html>Welcome to this hotel</html>'],
    ['nothing', 200, ''],
    ['nothing, as an error', 504, ''],
    ['half an answer', 200, '{"ok":true,"result":{"message_id":'],
    ['an object without ok', 200, '{}'],
    ['a refusal without a code', 400, '{"ok":false}'],
    ['a refusal with a code in words', 400, '{"ok":false,"error_code":"bad"}'],
    ['null', 200, 'null'],
    ['a list', 200, '[]'],
    ['a number', 200, '42'],
  ])('leaves open whether the message arrived: %s', async (_, status, body) => {
    sendMessage().reply(status, body)
    expect(await send()).toEqual({ kind: 'unknown', reason: expect.any(String) })
  })

  it('leaves it open when the connection breaks, and when the answer takes too long', async () => {
    sendMessage().replyWithError(Object.assign(new Error(words), { code: 'ECONNRESET' }))
    expect(await send()).toEqual({ kind: 'unknown', reason: 'ECONNRESET' })
    sendMessage().delay(5_000).reply(200, { ok: true })
    const impatient = new Api(token, {
      ...toClientOptions({ token, root }),
      timeoutSeconds: 0.05,
    })
    expect(await send(text, impatient)).toEqual({ kind: 'unknown', reason: 'no answer' })
  })

  it('follows no redirect: the words would go to a stranger', async () => {
    const stranger = nock('https://stranger.test').post('/').reply(200, { ok: true })
    for (const status of [301, 302, 307, 308]) {
      sendMessage().reply(status, '', { location: 'https://stranger.test/' })
      expect((await send()).kind).toBe('unknown')
    }
    expect(stranger.isDone()).toBe(false)
  })

  it('waits with everything when there is nobody to connect to', async () => {
    sendMessage().replyWithError(Object.assign(new Error(words), { code: 'ECONNREFUSED' }))
    expect(await send()).toMatchObject({ kind: 'unreachable' })
  })
})

describe('a refusal', () => {
  const refused = (code: unknown, more: object = {}) =>
    sendMessage().reply(200, JSON.stringify({ ok: false, error_code: code, ...more }))

  it.each<[number, SendOutcome]>([
    [400, { kind: 'bug', reason: 'error 400' }],
    [401, { kind: 'fatal', reason: 'error 401' }],
    [403, { kind: 'gone', reason: 'error 403' }],
    [404, { kind: 'fatal', reason: 'error 404' }],
    [429, { kind: 'wait', afterMs: 1_250 }],
    [500, { kind: 'unknown', reason: 'error 500' }],
  ])('without a description goes by its code %i', async (code, outcome) => {
    refused(code)
    expect(await send()).toEqual(outcome)
    refused(code, { description: { words } })
    expect(await send()).toEqual(outcome)
  })

  it('is never repeated in other words than those of Telegram', async () => {
    refused(400, { description: `Bad Request: strange ${words}` })
    expect(await send()).toEqual({ kind: 'bug', reason: 'error 400' })
    refused(400, { description: `Bad Request: see ${root}/bot${token}/sendMessage` })
    expect(await send()).toEqual({ kind: 'bug', reason: 'error 400' })
    refused(500, { description: 'x'.repeat(10_000) })
    expect(await send()).toEqual({ kind: 'unknown', reason: 'error 500' })
  })

  it.each([undefined, null, 'soon', -5, 0, {}, 1e300])(
    'asks for a wait of at least a second and at most a day when it says %j',
    async (retryAfter) => {
      refused(429, { parameters: { retry_after: retryAfter } })
      const outcome = await send()
      expect(outcome).toMatchObject({ kind: 'wait' })
      const afterMs = outcome.kind === 'wait' ? outcome.afterMs : 0
      expect(afterMs).toBeGreaterThanOrEqual(1_000)
      expect(afterMs).toBeLessThanOrEqual(86_401_000)
    },
  )

  it('moves a chat only to a number', async () => {
    const description = 'Bad Request: group chat was upgraded to a supergroup chat'
    refused(400, { description, parameters: { migrate_to_chat_id: -1001 } })
    expect(await send()).toEqual({ kind: 'moved', chatId: -1001 })
    for (const strange of ['-1001', null, {}, 1.5]) {
      refused(400, { description, parameters: { migrate_to_chat_id: strange } })
      expect((await send()).kind).toBe('route')
    }
    refused(400, { description, parameters: null })
    expect((await send()).kind).toBe('route')
  })
})

describe('a success with a strange result', () => {
  it.each(['true', 'null', '{}', '{"message_id":"7"}', '{"message_id":1.5}', '[]'])(
    'is a message that stands, under no number: %s',
    async (result) => {
      sendMessage().reply(200, `{"ok":true,"result":${result}}`)
      expect(await send()).toEqual({ kind: 'sent' })
    },
  )

  it('opens no topic without its number', async () => {
    nock(root)
      .post(`/bot${token}/createForumTopic`)
      .reply(200, '{"ok":true,"result":{"message_thread_id":"1"}}')
    expect(await send({ kind: 'open-topic', name: 'QF-000001' })).toEqual({ kind: 'sent' })
  })

  it('asks again who may do what', async () => {
    nock(root).post(`/bot${token}/getChatMember`).reply(200, '{"ok":true,"result":null}')
    const outcome = await send({ kind: 'ask-members', userIds: [1], note: {} })
    expect(outcome.kind).toBe('unknown')
    nock(root).post(`/bot${token}/getChatMember`).reply(200, '{"ok":true,"result":{}}')
    expect((await send({ kind: 'ask-members', userIds: [1], note: {} })).kind).toBe('unknown')
  })
})
