import { setTimeout as sleep } from 'node:timers/promises'
import { telegramLimits } from '../../../src/delivery/pace.ts'
import type { LogEntry } from '../../../src/sandbox/control/schemas.ts'
import type { Size } from '../bench.ts'
import { buildDispatcher } from '../harness/bench-dispatcher.ts'
import { idsFrom, planCampaign } from '../harness/campaign.ts'
import { type Row, rounded } from '../harness/row.ts'
import { createScratch, type DatabaseKind } from '../harness/scratch-database.ts'
import { startStandIn } from '../harness/stand-in.ts'

const firstId = 1_000_000

type Run = { kind: DatabaseKind; perSecond: number; seconds: number; leastShare: number }

/** How much of the rate that Telegram allows is used, and how often it refuses. */
export async function runPaced(size: Size): Promise<Row[]> {
  const seconds = size === 'quick' ? { free: 15, paid: 10 } : { free: 60, paid: 20 }
  const runs: Run[] = (['PGlite', 'PostgreSQL'] as const).flatMap((kind) => [
    { kind, perSecond: 30, seconds: seconds.free, leastShare: 0.99 },
    { kind, perSecond: 1_000, seconds: seconds.paid, leastShare: 0.98 },
  ])
  const rows: Row[] = []
  for (const run of runs) rows.push(...(await runOne(run)))
  return rows
}

async function runOne({ kind, perSecond, seconds, leastShare }: Run): Promise<Row[]> {
  const what = `${perSecond}/s for ${seconds} s, ${kind}`
  const target = `>= ${leastShare * 100} %, no 429`
  const database = await createScratch(kind)
  if (!database) return [{ scenario: 'paced', what, measured: 'no server', target, isMet: null }]
  // With Telegram's own limits.
  const standIn = await startStandIn()
  try {
    const count = perSecond * (seconds + 3)
    await standIn.createCrowd(firstId, count)
    await planCampaign(database.db, {
      chatIds: idsFrom(firstId, count),
      isPaid: perSecond > telegramLimits.bot.count,
    })
    const limits = telegramLimits
    const dispatcher = buildDispatcher(database.db, { root: standIn.url, limits })
    dispatcher.start()
    await sleep((seconds + 1.5) * 1_000)
    await dispatcher.stop()
    const sends = await standIn.sends()
    const share = shareOf(sends, perSecond, seconds)
    const refused = sends.filter(({ status }) => status === 429).length
    const measured = `${rounded(share * 100, 1)} %, ${refused} times 429`
    return [
      { scenario: 'paced', what, measured, target, isMet: share >= leastShare && refused === 0 },
    ]
  } finally {
    await standIn.stop()
    await database.close()
  }
}

/** From the first message on, so that the start of the process does not count. */
export function shareOf(sends: readonly LogEntry[], perSecond: number, seconds: number): number {
  const until = (sends[0]?.monotonic_ms ?? 0) + seconds * 1_000
  const arrived = sends.filter((send) => send.status === 200 && send.monotonic_ms < until)
  return arrived.length / (perSecond * seconds)
}
