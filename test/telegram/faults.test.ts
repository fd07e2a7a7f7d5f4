import { afterEach, describe, expect, it } from 'vitest'
import { telegramLimits } from '../../src/delivery/pace.ts'
import type { LogEntry, LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { waitFor } from '../support/child.ts'
import { type Actor, createStage } from '../support/stage.ts'

const stage = await createStage({ limits: telegramLimits })
const { call, act } = stage.telegram
const addFault = (fault: object) => call('POST', '/faults', fault)

afterEach(async () => {
  await fetch(`${stage.telegram.url}/control/faults`, { method: 'DELETE' })
})

/** What somebody asks for, and words of the answer: each can be told from the others. */
const questions = [
  ['/help', '我能帮您做这些事'],
  ['/language', '请选择语言'],
  ['/status', '请把查询码发给我'],
  ['/nonsense', '这个我不会'],
  ['/stop', '您现在没有订阅'],
] as const

/** Asks everything at once, without waiting for answers. */
async function askAll(id: number): Promise<void> {
  for (const [text] of questions) await act('send', { user_id: id, text })
}

/** Waits for as many answers, and gives those that came, in the order in which they stand. */
async function answersOf(
  villager: Actor,
  withinMs: number,
  count: number = questions.length,
): Promise<string[]> {
  const inOrder = async () =>
    (await villager.fromBot()).map(
      ({ text }) => questions.find(([, words]) => text?.includes(words))?.[0] ?? `? ${text}`,
    )
  return waitFor(async () => {
    const seen = await inOrder()
    return seen.length >= count ? seen : undefined
  }, withinMs).catch(inOrder)
}

const everything = questions.map(([text]) => text)
const sends = async (chatId?: number): Promise<LogEntry[]> =>
  (
    await call<LogPage>(
      'GET',
      `/log?limit=100000&method=sendMessage${chatId === undefined ? '' : `&chat_id=${chatId}`}`,
    )
  ).entries

const health = async () => (await fetch(`${stage.url()}/health`)).status

describe('too many requests', () => {
  it('in one chat hold back that chat, for as long as Telegram says, and nobody else', async () => {
    const wang = await stage.villager(501)
    const li = await stage.villager(502)
    await addFault({
      kind: 'rate-limited',
      match: 'sendMessage',
      chat_id: 501,
      skip: 2,
      count: 1,
      retry_after: 2,
    })
    await askAll(501)
    const refused = await waitFor(
      async () => (await sends(501)).find(({ status }) => status === 429),
      5_000,
    )
    await askAll(502)
    expect((await answersOf(li, 1_000, 3)).slice(0, 3)).toEqual(everything.slice(0, 3))
    expect(await answersOf(wang, 8_000)).toEqual(everything)
    const next = (await sends(501)).find(({ seq }) => seq > refused.seq)
    expect((next?.monotonic_ms ?? 0) - refused.monotonic_ms).toBeGreaterThanOrEqual(2_000)
  })

  it('of the bot hold back everybody', async () => {
    const chen = await stage.villager(503)
    const lin = await stage.villager(504)
    await addFault({ kind: 'rate-limited', match: 'sendMessage', count: 1, retry_after: 1 })
    await askAll(503)
    const refused = await waitFor(
      async () => (await sends(503)).find(({ status }) => status === 429),
      5_000,
    )
    await askAll(504)

    expect(await answersOf(chen, 5_000)).toEqual(everything)
    expect(await answersOf(lin, 5_000)).toEqual(everything)
    const next = (await sends()).find(({ seq }) => seq > refused.seq)
    expect((next?.monotonic_ms ?? 0) - refused.monotonic_ms).toBeGreaterThanOrEqual(1_000)
  })
})

describe('an answer that does not come', () => {
  const faults = {
    'an internal error': { kind: 'server-error' },
    'a gateway page': { kind: 'bad-gateway' },
    'a broken answer': { kind: 'malformed' },
    'a connection that is refused': { kind: 'refuse' },
    'a slow answer': { kind: 'hang', hang_ms: 600 },
    'a cut after the message was taken': { kind: 'cut' },
  }

  it('loses nothing and keeps the order; what Telegram may have taken comes twice', async () => {
    const answers = await Promise.all(
      Object.entries(faults).map(async ([name, fault], n) => {
        const id = 600 + n
        const villager = await stage.villager(id)
        const once = { match: 'sendMessage', chat_id: id, skip: 1, count: 1 }
        await addFault({ ...once, ...fault })
        await askAll(id)
        const count = everything.length + (fault.kind === 'cut' ? 1 : 0)
        return [name, await answersOf(villager, 12_000, count)]
      }),
    )
    const [first, second, ...rest] = everything
    const twice = [first, second, second, ...rest]
    expect(Object.fromEntries(answers)).toEqual({
      ...Object.fromEntries(Object.keys(faults).map((name) => [name, everything])),
      'a cut after the message was taken': twice,
    })
  })
})

describe('Telegram away for a while', () => {
  it('turns the health red, then green, and everything arrives', async () => {
    expect(await health()).toBe(200)
    await addFault({ kind: 'refuse', match: '*' })
    const zhao = await stage.villager(505)
    await askAll(505)
    await waitFor(async () => ((await health()) === 503 ? true : undefined), 5_000)
    const problems = await (await fetch(`${stage.url()}/health`)).json()
    expect(problems).toMatchObject({ problems: { updates: 'Telegram does not answer' } })
    expect(await zhao.fromBot()).toEqual([])

    await fetch(`${stage.telegram.url}/control/faults`, { method: 'DELETE' })
    await waitFor(async () => ((await health()) === 200 ? true : undefined), 5_000)
    expect(await answersOf(zhao, 8_000)).toEqual(everything)
  })
})
