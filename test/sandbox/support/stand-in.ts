/** A stand-in on a free port with a clock of its own, a bot, and short ways to drive both. */
import { afterEach } from 'vitest'
import type { z } from 'zod'
import type {
  ChangeFeed,
  ChatView,
  CreateUser,
  createChat,
  fault,
  MessageList,
  PersonView,
  PressView,
  SentView,
} from '../../../src/sandbox/control/schemas.ts'
import type { StandInOptions } from '../../../src/sandbox/options.ts'
import { createStandIn, type StandIn } from '../../../src/sandbox/stand-in.ts'

export const TOKEN = '7000000001:token-of-the-bot-under-test'
export const BOT_ID = 7000000001
export const BOT_NAME = 'clean_village_bot'

/** A Monday in spring 2017, in milliseconds. */
const NOW = Date.UTC(2017, 2, 6, 1, 0, 0)

/** What Telegram answers; `result` is read by tests that know the method. */
interface BotAnswer {
  ok: boolean
  // biome-ignore lint/suspicious/noExplicitAny: tests read every shape there is
  result?: any
  error_code?: number
  description?: string
  parameters?: { retry_after?: number; migrate_to_chat_id?: number }
}

export interface Bed {
  standIn: StandIn
  url: string
  clock: { ms: number }
  bot(method: string, params?: unknown, token?: string): Promise<BotAnswer>
  description(method: string, params?: unknown): Promise<string | undefined>
  updates(params?: Record<string, unknown>): Promise<Update[]>
  control<T>(method: string, path: string, body?: unknown): Promise<T>
  controlStatus(method: string, path: string, body?: unknown): Promise<number>
  person(given?: Partial<CreateUser>): Promise<PersonView>
  villager(given?: Partial<CreateUser>): Promise<PersonView>
  group(given: Partial<z.input<typeof createChat>>): Promise<ChatView>
  act<T = SentView>(verb: string, body: unknown): Promise<T>
  press(body: unknown): Promise<PressView>
  messages(chatId: number, query?: string): Promise<MessageList>
  events(since: number, waitMs?: number): Promise<ChangeFeed>
  fault(given: Partial<z.input<typeof fault>>): Promise<{ id: number; hits: number }>
}

// biome-ignore lint/suspicious/noExplicitAny: tests read every shape there is
export type Update = { update_id: number } & Record<string, any>

const running = new Set<StandIn>()

afterEach(async () => {
  for (const standIn of running) await standIn.stop()
  running.clear()
})

/** Limits are off unless asked for; they have tests of their own. */
export const NO_LIMITS = {
  bot_per_second: null,
  bot_paid_per_second: null,
  chat_per_second: null,
  group_per_minute: null,
}

export async function startBed(options: StandInOptions = {}): Promise<Bed> {
  const clock = { ms: NOW }
  const standIn = createStandIn({
    now: () => clock.ms,
    advanceClock: (ms) => {
      clock.ms += ms
    },
    bot: { token: TOKEN, username: BOT_NAME, first_name: 'Clean village' },
    retryScaleMs: 1,
    limits: NO_LIMITS,
    ...options,
  })
  running.add(standIn)
  const { url } = await standIn.start({ port: 0 })

  async function request(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${url}/control${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
  }

  async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await request(method, path, body)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  const bed: Bed = {
    standIn,
    url,
    clock,
    control,
    async bot(method, params = {}, token = TOKEN) {
      const response = await fetch(`${url}/bot${token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
      })
      const answer = (await response.json()) as BotAnswer
      if (!answer.ok && answer.error_code !== response.status) {
        throw new Error(`status ${response.status} and error_code ${answer.error_code} differ`)
      }
      return answer
    },
    description: async (method, params) => (await bed.bot(method, params)).description,
    async updates(params = {}) {
      const { ok, result, description } = await bed.bot('getUpdates', params)
      if (!ok) throw new Error(description)
      return result
    },
    controlStatus: async (method, path, body) => (await request(method, path, body)).status,
    person: (given = {}) => control('POST', '/users', { first_name: 'Fang', ...given }),
    async villager(given) {
      const person = await bed.person(given)
      await bed.act('start', { user_id: person.id })
      const last = (await bed.updates()).at(-1)
      await bed.updates({ offset: (last?.update_id ?? 0) + 1 })
      return person
    },
    group: (given) =>
      control('POST', '/chats', { kind: 'supergroup', title: 'Inspection group', ...given }),
    act: (verb, body) => control('POST', `/act/${verb}`, body),
    press: (body) => control('POST', '/act/press', body),
    messages: (chatId, query = '') => control('GET', `/chats/${chatId}/messages?${query}`),
    events: (since, waitMs = 0) => control('GET', `/events?since=${since}&wait_ms=${waitMs}`),
    fault: (given) => control('POST', '/faults', given),
  }
  return bed
}

/** Bots confirm what they were given before the next question. */
export async function drain(bed: Bed, params: Record<string, unknown> = {}): Promise<Update[]> {
  const updates = await bed.updates(params)
  const last = updates.at(-1)
  if (last) await bed.updates({ ...params, offset: last.update_id + 1 })
  return updates
}

/** Asks until the answer is truthy; nothing here takes longer than a few turns of the loop. */
export async function until<T>(ask: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (let turn = 0; turn < 2000; turn += 1) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error('It did not happen')
}
