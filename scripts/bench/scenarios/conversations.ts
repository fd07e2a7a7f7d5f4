import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import type { ChatView, LogEntry, MessageList } from '../../../src/sandbox/control/schemas.ts'
import type { Size } from '../bench.ts'
import { benchBot } from '../harness/bench-bot.ts'
import { idsFrom } from '../harness/campaign.ts'
import { createInboxes } from '../harness/create-inboxes.ts'
import { percentile, type Row, rounded } from '../harness/row.ts'
import { createScratch, type DatabaseKind, type Place } from '../harness/scratch-database.ts'
import { noLimits, type StandIn, startStandIn } from '../harness/stand-in.ts'
import { type Act, sendVillagers } from '../harness/villagers.ts'
import { waitUntil } from '../harness/wait-until.ts'

const child = fileURLToPath(new URL('../harness/conversation-service.ts', import.meta.url))
const firstId = 1_000_000
const inboxCount = 72
const mostMs = 250
const villagers = 500
const perSecond = 200
/** Other villagers before them: in its first seconds a process compiles what it runs. */
const warmUp = { tips: 25, perSecond: 50 }

/** What the service knows of itself. */
type Answered = { states: Record<string, number>; memoryMb: number; cpuMs: number }
type Run = { tips: number; perSecond: number }

/** Villagers who file at once: how long each waits for each answer, and whether every tip reaches a group. */
export async function runConversations(size: Size): Promise<Row[]> {
  const few = 500
  const paced = { tips: size === 'quick' ? few : 2_760, perSecond }
  const saturated = { tips: few, perSecond: Number.POSITIVE_INFINITY }
  const rows: Row[] = []
  for (const kind of ['PGlite', 'PostgreSQL'] as const)
    for (const run of [paced, saturated]) rows.push(...(await runOne(kind, run)))
  return rows
}

async function runOne(kind: DatabaseKind, run: Run): Promise<Row[]> {
  const isPaced = Number.isFinite(run.perSecond)
  // A server shares these two cores with the service: what it reaches here promises nothing for one of its own.
  const isPromised = isPaced && kind === 'PGlite'
  const pace = isPaced ? `${run.perSecond} updates/s` : 'as fast as it answers'
  const what = `${run.tips} tips by ${villagers} villagers, ${pace}, ${kind}`
  const database = await createScratch(kind)
  if (!database)
    return [
      { scenario: 'conversations', what, measured: 'no server answers', target: '', isMet: null },
    ]
  // The service opens it itself, in its own process.
  await database.leave()
  const folder = mkdtempSync(join(tmpdir(), 'qingfeng-bench-'))
  const standIn = await startStandIn(noLimits)
  const service = await startService(database.place, standIn, folder)
  try {
    await standIn.createCrowd(firstId, villagers + warmUp.tips)
    const early = idsFrom(firstId + villagers, warmUp.tips)
    await sendVillagers(standIn, { ids: early, places: listPlaces(), ...warmUp })
    const ids = idsFrom(firstId, villagers)
    await standIn.clearLog()
    const before = await service.look()
    const startedAt = performance.now()
    const acts = await sendVillagers(standIn, { ids, places: listPlaces(), ...run })
    const seconds = (performance.now() - startedAt) / 1_000
    const filed = warmUp.tips + run.tips
    const shown = async () => (await numbersInGroups(standIn)).size
    await waitUntil('every tip is in an inbox', async () => (await shown()) >= filed, {
      // The city's group gets more than its chat may, so that its tips wait in lists.
      withinMs: 240_000,
      everyMs: 1_000,
    }).catch(() => {})
    const waits = waitsOf(acts, await repliesOf(standIn))
    const { states, memoryMb, cpuMs } = await service.look()
    const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)]
    const cards = await shown()
    const rate = `${rounded(acts.length / seconds)} updates/s`
    const cost = `${rounded((cpuMs - before.cpuMs) / acts.length, 2)} ms of processor each, ${rounded(memoryMb)} MB`
    return [
      {
        scenario: 'conversations',
        what,
        measured: `${rate}, p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms, ${cost}`,
        target: isPromised ? `p99 < ${mostMs} ms` : '',
        isMet: isPromised ? p99 < mostMs : null,
      },
      {
        scenario: 'conversations',
        what: `the same: where they are, ${kind}`,
        measured: `${JSON.stringify(states)} in the database, ${cards} in groups by the stand-in`,
        target: `${filed} in inboxes`,
        isMet: states.waiting === filed && cards === filed,
      },
    ]
  } finally {
    await service.stop()
    await standIn.stop()
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startService(place: Place, standIn: StandIn, folder: string) {
  const settings = {
    BOT_TOKEN: benchBot.token,
    TELEGRAM_API_ROOT: standIn.url,
    PORT: '0',
    ...(place.url ? { DATABASE_URL: place.url } : {}),
    DATA_DIR: place.dataDir || folder,
    SECRET_KEY_FILE: join(folder, 'secret.key'),
  }
  const chatIds = await createInboxes(standIn, inboxCount)
  const service = fork(child, [JSON.stringify(settings), JSON.stringify(chatIds)], {
    stdio: 'inherit',
  })
  const ended = once(service, 'exit').then(() => Promise.reject(new Error('The service ended')))
  ended.catch(() => {})
  await Promise.race([once(service, 'message'), ended])
  return {
    look: async () => {
      service.send('look')
      const [answered] = (await Promise.race([once(service, 'message'), ended])) as [Answered]
      return answered
    },
    stop: async () => {
      const exit = once(service, 'exit')
      service.disconnect()
      await exit
    },
  }
}

/** One village of every township, as a villager would type it. */
function listPlaces(): string[] {
  const file = fileURLToPath(new URL('../../../prisma/seed/quzhou-2016.csv', import.meta.url))
  const rows = parse(readFileSync(file), { columns: true, bom: true }) as Record<string, string>[]
  const names = new Map(rows.map(({ code = '', name = '' }) => [code, name]))
  const places = new Map<string, string>()
  for (const { name = '', parentCode, level } of rows) {
    const parent = parentCode ?? ''
    if (level !== 'village' || places.has(parent)) continue
    places.set(parent, `${names.get(parent)} ${name}`)
  }
  return [...places.values()]
}

/** The numbers of all tips that stand in some group, by the stand-in. */
async function numbersInGroups(standIn: StandIn): Promise<Set<string>> {
  const numbers = new Set<string>()
  for (const { id, type } of await standIn.call<ChatView[]>('GET', '/chats?user_id=401')) {
    if (type === 'private') continue
    const path = `/chats/${id}/messages?limit=1000`
    for (const { text = '' } of (await standIn.call<MessageList>('GET', path)).messages)
      for (const [number] of text.matchAll(/QF-\d{6}/g)) numbers.add(number)
  }
  return numbers
}

/** When the bot said or changed something, per chat, in order. */
async function repliesOf(standIn: StandIn): Promise<Map<number, number[]>> {
  const replies = new Map<number, number[]>()
  const edits = await standIn.calls('editMessageText')
  for (const { chat_id: chatId, at_ms: atMs } of [
    ...(await standIn.sends()),
    ...edits,
  ] as LogEntry[]) {
    const times = replies.get(Number(chatId)) ?? []
    times.push(atMs)
    replies.set(Number(chatId), times)
  }
  for (const times of replies.values()) times.sort((a, b) => a - b)
  return replies
}

/** From each act to the first thing that the bot said after it. */
function waitsOf(acts: readonly Act[], replies: ReadonlyMap<number, number[]>): number[] {
  return acts.map(({ chatId, atMs }) => {
    const answeredAt = replies.get(chatId)?.find((time) => time >= atMs)
    return answeredAt === undefined ? Number.POSITIVE_INFINITY : answeredAt - atMs
  })
}
