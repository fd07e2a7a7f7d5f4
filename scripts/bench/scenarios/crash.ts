import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Db } from '../../../src/db/open-database.ts'
import { createEnqueue } from '../../../src/delivery/enqueue-delivery.ts'
import type { Size } from '../bench.ts'
import { keyring, now } from '../harness/bench-dispatcher.ts'
import { idsFrom, planCampaign, words } from '../harness/campaign.ts'
import type { Row } from '../harness/row.ts'
import { createScratch, type DatabaseKind, type Place } from '../harness/scratch-database.ts'
import { endChild, noLimits, type StandIn, startStandIn } from '../harness/stand-in.ts'
import { describeCrashRun, reconcile } from './reconcile.ts'

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url))
const firstId = 1_000_000
/** Every tenth is urgent, as a tip's receipt; every hundredth has blocked the bot. */
const urgentEvery = 10
const blockedEvery = 100
/** After the sender has the lease: while it claims, sends and writes down. */
const killWithinMs = 900
const idleMs = 300
const mostMs = 180_000

/** Kills the sender again and again, and counts afterwards from both sides. */
export async function runCrash(size: Size): Promise<Row[]> {
  const run = size === 'quick' ? { count: 3_000, kills: 4 } : { count: 20_000, kills: 20 }
  const rows: Row[] = []
  for (const kind of ['PGlite', 'PostgreSQL'] as const) rows.push(...(await runOne(kind, run)))
  return rows
}

async function runOne(
  kind: DatabaseKind,
  { count, kills }: { count: number; kills: number },
): Promise<Row[]> {
  const database = await createScratch(kind)
  if (!database)
    return [
      {
        scenario: 'crash',
        what: `crash run, ${kind}`,
        measured: 'no server answers',
        target: '',
        isMet: null,
      },
    ]
  const standIn = await startStandIn(noLimits)
  try {
    const chatIds = await fill(database.db, standIn, count)
    // The folder of an embedded database has one process at a time.
    await database.leave()
    for (let n = 0; n < kills; n += 1) await sendAndKill(database.place, standIn)
    await sendRest(database.place, standIn)
    const reopened = await database.reopen()
    const found = await reconcile(reopened.db, standIn, chatIds)
    return describeCrashRun(`${kind}, ${kills} kills`, found, kills)
  } finally {
    await standIn.stop()
    await database.close()
  }
}

/** Gives the chats in the order of the ledger. Those who are in no crowd are not known to the bot. */
async function fill(db: Db, standIn: StandIn, count: number): Promise<number[]> {
  const all = idsFrom(firstId, count)
  for (let first = firstId; first < firstId + count; first += blockedEvery)
    await standIn.createCrowd(first, blockedEvery - 1)
  const urgent = all.filter((id) => id % urgentEvery === 0)
  const bulk = all.filter((id) => id % urgentEvery !== 0)
  await planCampaign(db, { chatIds: bulk })
  const outgoing = { kind: 'text' as const, text: words }
  const receipt = { lane: 'urgent' as const, purpose: 'receipt', outgoing }
  const requests = urgent.map((chatId) => ({ ...receipt, address: { chatId } }))
  await createEnqueue({ keyring, now })(db, ...requests)
  return [...bulk, ...urgent]
}

export async function startSender(place: Place, standIn: StandIn): Promise<ChildProcess> {
  const sender = fork(child, [JSON.stringify(place), standIn.url], { stdio: 'inherit' })
  const ended = once(sender, 'exit').then(() => Promise.reject(new Error('The sender ended')))
  await Promise.race([once(sender, 'message'), ended])
  ended.catch(() => {})
  return sender
}

export async function sendAndKill(place: Place, standIn: StandIn): Promise<void> {
  const sender = await startSender(place, standIn)
  await sleep(Math.random() * killWithinMs)
  await endChild(sender)
}

/** Until nothing arrives any more, then asks it to stop. */
export async function sendRest(place: Place, standIn: StandIn): Promise<void> {
  const sender = await startSender(place, standIn)
  const startedAt = performance.now()
  try {
    let [before, calls] = [-1, 0]
    // Longer than the longest pause of a second try in this run.
    for (let quiet = 0; quiet < 10; quiet = calls === before ? quiet + 1 : 0) {
      if (performance.now() - startedAt > mostMs) throw new Error('The rest was not sent in time')
      await sleep(idleMs)
      before = calls
      calls = callsOf(await standIn.counters())
    }
    const ended = once(sender, 'exit')
    sender.send('stop')
    await Promise.race([ended, sleep(10_000, undefined, { ref: false })])
  } finally {
    await endChild(sender)
  }
}

function callsOf({ calls }: Awaited<ReturnType<StandIn['counters']>>): number {
  return Object.values(calls.sendMessage ?? {}).reduce((sum, count) => sum + count, 0)
}
