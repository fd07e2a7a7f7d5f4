import { describe, expect, it, onTestFinished } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import { createServer } from '../../src/web/server.ts'
import { registerWebhook } from '../../src/web/webhook.ts'

const path = '/telegram/webhook'
const secret = 'a-secret-that-only-telegram-knows'
const update = { update_id: 7, message: { text: '王秀英 canary' } }

type Keep = (updates: unknown[]) => Promise<void>

async function openWebhook(keep?: Keep) {
  const kept: unknown[] = []
  const lines: string[] = []
  const store: Keep = async (updates) => {
    kept.push(...updates)
  }
  const server = await createServer({
    log: createLog('trace', (line) => lines.push(line)),
    health: {
      database: async () => null,
      sender: async () => null,
      updates: async () => null,
    },
    register: async (app) => registerWebhook(app, { path, secret, keep: keep ?? store }),
  })
  onTestFinished(() => server.close())
  const post = async (headers: Record<string, string>, payload: string | object = update) => {
    const answer = await server.inject({ method: 'POST', url: path, headers, payload })
    return { status: answer.statusCode, body: answer.body }
  }
  return { kept, lines, server, post }
}

const fromTelegram = { 'x-telegram-bot-api-secret-token': secret }

describe('the webhook', () => {
  it('keeps an update that carries the secret and answers 200 with nothing', async () => {
    const { post, kept } = await openWebhook()
    expect(await post(fromTelegram)).toEqual({ status: 200, body: '' })
    expect(kept).toEqual([update])
  })

  it.each([
    ['no secret', {}],
    ['an empty secret', { 'x-telegram-bot-api-secret-token': '' }],
    ['a part of the secret', { 'x-telegram-bot-api-secret-token': secret.slice(0, -1) }],
    ['a longer secret', { 'x-telegram-bot-api-secret-token': `${secret}x` }],
    ['another case', { 'x-telegram-bot-api-secret-token': secret.toUpperCase() }],
    ['the secret in another header', { authorization: secret }],
  ])('refuses %s with 401 and keeps nothing', async (_, headers) => {
    const { post, kept } = await openWebhook()
    expect((await post(headers)).status).toBe(401)
    expect(kept).toEqual([])
  })

  it('answers only after the update is kept', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let isAnswered = false
    const { post } = await openWebhook(() => promise)
    const answer = post(fromTelegram).then((answered) => {
      isAnswered = true
      return answered
    })
    await new Promise((done) => setImmediate(done))
    expect(isAnswered).toBe(false)
    resolve()
    expect((await answer).status).toBe(200)
  })

  it('answers 500 when it cannot be kept, so that Telegram sends it again', async () => {
    const { post, lines } = await openWebhook(async () => {
      throw new Error('canary: the disk is full')
    })
    const { status, body } = await post(fromTelegram)
    expect(status).toBe(500)
    expect(`${body}${lines}`).not.toContain('canary')
    expect(`${lines}`).toContain('request failed')
  })

  it('refuses what is no JSON, without repeating it', async () => {
    const { post, kept, lines } = await openWebhook()
    const headers = { ...fromTelegram, 'content-type': 'application/json' }
    const { status, body } = await post(headers, '{"canary')
    expect(status).toBe(400)
    expect(kept).toEqual([])
    expect(`${body}${lines}`).not.toContain('canary')
  })

  it('refuses what is larger than any update', async () => {
    const { post, kept } = await openWebhook()
    const headers = { ...fromTelegram, 'content-type': 'application/json' }
    expect((await post(headers, { text: 'x'.repeat(1024 * 1024) })).status).toBe(413)
    expect(kept).toEqual([])
  })

  it('takes posts only', async () => {
    const { server } = await openWebhook()
    const answer = await server.inject({ method: 'GET', url: path, headers: fromTelegram })
    expect(answer.statusCode).toBe(404)
  })

  it('logs nothing of an update and not the secret', async () => {
    const { post, lines } = await openWebhook()
    await post(fromTelegram)
    await post({})
    expect(`${lines}`).not.toMatch(/canary|王秀英|a-secret-that/)
  })
})
