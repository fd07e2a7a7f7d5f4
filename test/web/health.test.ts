import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import type { HealthChecks } from '../../src/web/health.ts'
import { createServer } from '../../src/web/server.ts'

const well: HealthChecks = {
  database: async () => null,
  sender: async () => null,
  updates: async () => null,
}

async function askHealth(checks: Partial<HealthChecks>) {
  const server = await createServer({
    log: createLog('silent'),
    health: { ...well, ...checks },
    register: async () => {},
  })
  onTestFinished(() => server.close())
  const answer = await server.inject('/health')
  return { status: answer.statusCode, body: answer.json() }
}

describe('GET /health', () => {
  it('answers 200 when database, sender and updates work', async () => {
    expect(await askHealth({})).toEqual({ status: 200, body: { status: 'ok' } })
  })

  it.each(['database', 'sender', 'updates'] as const)(
    'answers 503 when %s does not',
    async (part) => {
      const { status, body } = await askHealth({ [part]: async () => 'is away' })
      expect({ status, body }).toEqual({
        status: 503,
        body: { status: 'failing', problems: { [part]: 'is away' } },
      })
    },
  )

  it('names everything that is wrong at once', async () => {
    const { body } = await askHealth({ database: async () => 'a', updates: async () => 'b' })
    expect(body.problems).toEqual({ database: 'a', updates: 'b' })
  })

  it('tells nothing of an error but that there is no answer', async () => {
    const failing = async () => {
      throw new Error('password of the database')
    }
    const { status, body } = await askHealth({ database: failing })
    expect(status).toBe(503)
    expect(body.problems).toEqual({ database: 'does not answer' })
  })

  it('does not wait for a part that hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const asked = askHealth({ sender: () => new Promise(() => {}) })
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(await asked).toMatchObject({
      status: 503,
      body: { problems: { sender: 'does not answer' } },
    })
  })
})
