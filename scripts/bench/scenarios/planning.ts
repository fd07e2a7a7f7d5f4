import type { PrismaClient } from '../../../src/db/open-database.ts'
import { addToQueue, openQueue } from '../../../src/delivery/enqueue-bulk.ts'
import { deliverySealers } from '../../../src/delivery/enqueue-delivery.ts'
import { sealJson } from '../../../src/lib/keyring.ts'
import type { Size } from '../bench.ts'
import { keyring, now } from '../harness/bench-dispatcher.ts'
import { idsFrom, words } from '../harness/campaign.ts'
import { type Row, rounded } from '../harness/row.ts'
import { createScratch, type DatabaseKind } from '../harness/scratch-database.ts'

/** Read from the subscribers a page at a time: all of them together would not fit in memory. */
const pageSize = 4_000
const mostRatio = 11
const mostGrowthMb = 150
const mostSeconds = 15

type Cost = { count: number; ms: number; growthMb: number }

/** What it costs to write a campaign's recipients into the ledger, as the audience grows. */
export async function runPlanning(size: Size): Promise<Row[]> {
  const usual = size === 'quick' ? [1_000, 10_000] : [1_000, 10_000, 100_000]
  const counts = { PGlite: usual, PostgreSQL: size === 'full' ? [...usual, 1_000_000] : usual }
  const rows: Row[] = []
  for (const kind of ['PGlite', 'PostgreSQL'] as const)
    rows.push(...(await runOn(kind, counts[kind])))
  return rows
}

async function runOn(kind: DatabaseKind, counts: readonly number[]): Promise<Row[]> {
  const database = await createScratch(kind)
  const what = `planning a campaign, ${kind}`
  if (!database)
    return [{ scenario: 'planning', what, measured: 'no server answers', target: '', isMet: null }]
  try {
    // The first statement of each form is prepared then.
    await plan(database.db, pageSize * 3)
    const costs: Cost[] = []
    for (const count of counts) costs.push(await plan(database.db, count))
    return costs.map((cost, n) => describe(kind, cost, costs[n - 1]))
  } finally {
    await database.close()
  }
}

async function plan(db: PrismaClient, count: number): Promise<Cost> {
  const { address } = deliverySealers(keyring)
  const page = idsFrom(1_000_000, pageSize).map((chatId) => sealJson(address, { chatId }))
  const outgoing = { kind: 'text' as const, text: words }
  const before = process.memoryUsage().rss
  let peak = before
  const startedAt = performance.now()
  const queue = await openQueue(db, { keyring, now }, { name: 'bench', isPaid: false, outgoing })
  for (let done = 0; done < count; done += pageSize) {
    const addresses = page.slice(0, count - done)
    await addToQueue(db, queue, { addresses, purpose: 'campaign', at: now() })
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  return { count, ms: performance.now() - startedAt, growthMb: (peak - before) / 2 ** 20 }
}

function describe(kind: DatabaseKind, { count, ms, growthMb }: Cost, smaller?: Cost): Row {
  const ratio = smaller && ms / smaller.ms
  // What a thousand take is mostly the fixed cost of the transaction, so ten times that says nothing.
  const isJudged = smaller !== undefined && smaller.count >= 10_000
  const isMillion = count >= 1_000_000
  const measured = [
    `${rounded((ms / count) * 1_000, 1)} µs each, ${rounded(ms / 1_000, 2)} s`,
    `${rounded(growthMb)} MB more`,
    ...(ratio ? [`${rounded(ratio, 1)} x the time of a tenth`] : []),
  ]
  const targets = [
    ...(isJudged ? [`<= ${mostRatio} x`] : []),
    ...(isMillion ? [`<= ${mostSeconds} s`, `< ${mostGrowthMb} MB`] : []),
  ]
  const isMet =
    (!isJudged || (ratio ?? 0) <= mostRatio) &&
    (!isMillion || (ms <= mostSeconds * 1_000 && growthMb < mostGrowthMb))
  return {
    scenario: 'planning',
    what: `planning ${rounded(count)} recipients, ${kind}`,
    measured: measured.join(', '),
    target: targets.join(', '),
    isMet: targets.length > 0 ? isMet : null,
  }
}
