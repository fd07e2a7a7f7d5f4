import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach } from 'vitest'
import { createLease } from '../../src/db/lease-store.ts'
import type { Db, PrismaClient } from '../../src/db/open-database.ts'
import { createDispatcher } from '../../src/delivery/dispatcher.ts'
import type { DispatcherDeps } from '../../src/delivery/dispatcher-deps.ts'
import { addToQueue, openQueue } from '../../src/delivery/enqueue-bulk.ts'
import { createEnqueue, deliverySealers } from '../../src/delivery/enqueue-delivery.ts'
import type { OutcomeListeners } from '../../src/delivery/outcome-listener.ts'
import type { Outgoing } from '../../src/delivery/outgoing.ts'
import { createKeyring, sealJson } from '../../src/lib/keyring.ts'
import type { Counters, LogEntry, LogPage } from '../../src/sandbox/control/bench-schemas.ts'
import { createApi } from '../../src/telegram/api.ts'
import { createTelegramSender } from '../../src/telegram/sender.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import { startStandIn, testBot } from '../support/stand-in.ts'

export const recipients = 300
export const firstId = 1_000_000
/** A slow machine takes long; a wait that never ends must still say where. */
const patienceMs = 60_000

const unpaced = {
  bot: { count: 1_000, perMs: 0 },
  paid: { count: 1_000, perMs: 0 },
  chat: { burst: 1_000, everyMs: 0 },
  group: { count: 1_000, perMs: 0 },
}

/** A ledger, dispatchers that anybody may build upon it, a stand-in, and a crowd. Clean for every test. */
export async function createBadDayWorld() {
  const database = await createTestDatabase()
  const { db } = database
  const keyring = createKeyring(new Uint8Array(32).fill(9))
  const clock = { offsetMs: 0 }
  const now = () => new Date(Date.now() + clock.offsetMs)
  const enqueue = createEnqueue({ keyring, now })
  const telegram = await startStandIn()
  const meetCrowd = () => telegram.call('POST', '/crowds', { from_id: firstId, count: recipients })
  await meetCrowd()
  const built: ReturnType<typeof createDispatcher>[] = []
  afterAll(() => telegram.stop())
  afterEach(async () => {
    await telegram.call('DELETE', '/faults')
    await Promise.all(built.splice(0).map((dispatcher) => dispatcher.stop()))
    clock.offsetMs = 0
    await telegram.call('POST', '/reset', {})
    await telegram.call('POST', '/bots', testBot)
    await meetCrowd()
    await emptyDatabase(database)
  })

  /** A dispatcher as another process would have it. Stopped after the test. */
  function build({
    from = db as PrismaClient,
    listeners = {} as Partial<OutcomeListeners>,
    ...more
  }: Partial<Omit<DispatcherDeps, 'listeners'>> & {
    from?: PrismaClient
    listeners?: Partial<OutcomeListeners>
  } = {}) {
    const dispatcher = createDispatcher({
      db: from,
      keyring,
      now,
      limits: unpaced,
      timezone: 'Asia/Shanghai',
      log: { info: () => {}, error: () => {} },
      lease: createLease(db, 'sender:bad-days', 8),
      sender: createTelegramSender({
        api: createApi({ token: testBot.token, root: telegram.url }),
        loadFile: async () => null,
      }),
      ...more,
      listeners: { ended: {}, gone: async () => {}, moved: async () => {}, ...listeners },
    })
    built.push(dispatcher)
    return dispatcher
  }

  /** A campaign that says the same to all of them. */
  async function broadcast(chatIds: number[]): Promise<void> {
    const outgoing = { kind: 'text' as const, text: 'to all' }
    const queue = await openQueue(db, { keyring, now }, { name: 'all', isPaid: false, outgoing })
    const { address } = deliverySealers(keyring)
    const addresses = chatIds.map((chatId) => sealJson(address, { chatId }))
    await addToQueue(db, queue, { addresses, purpose: 'campaign', at: now() })
  }

  const tellIn = (tx: Db, outgoing: Outgoing, ...chatIds: number[]) =>
    enqueue(
      tx,
      ...chatIds.map((chatId) => ({
        lane: 'urgent' as const,
        purpose: 'receipt',
        address: { chatId },
        outgoing,
      })),
    )

  async function states(): Promise<Record<string, number>> {
    const groups = await db.delivery.groupBy({ by: ['state'], _count: true })
    return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]))
  }

  async function until(
    isTrue: (now: Record<string, number>) => boolean,
  ): Promise<Record<string, number>> {
    const untilMs = performance.now() + patienceMs
    for (;;) {
      const current = await states()
      if (isTrue(current)) return current
      if (performance.now() > untilMs) throw new Error(`Still ${JSON.stringify(current)}`)
      await setTimeout(20)
    }
  }

  return {
    db,
    keyring,
    now,
    clock,
    unpaced,
    telegram,
    build,
    states,
    until,
    broadcast,
    everybody: Array.from({ length: recipients }, (_, n) => firstId + n),
    tell: (outgoing: Outgoing, ...chatIds: number[]) => tellIn(db, outgoing, ...chatIds),
    tellIn,
    fault: (body: object) => telegram.call('POST', '/faults', { match: 'send*', ...body }),
    /** How many chats got how many messages, from the other side's own book. */
    received: async () => (await telegram.call<Counters>('GET', '/counters')).chats_by_messages,
    log: async (query = ''): Promise<LogEntry[]> =>
      (await telegram.call<LogPage>('GET', `/log?limit=100000${query}`)).entries,
  }
}

export const nothingWaits = ({ pending, sending }: Record<string, number>) => !pending && !sending
