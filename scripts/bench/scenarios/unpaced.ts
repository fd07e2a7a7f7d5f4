import type { Size } from '../bench.ts'
import { buildDispatcher, unpaced } from '../harness/bench-dispatcher.ts'
import { idsFrom, planCampaign } from '../harness/campaign.ts'
import { type Row, rounded } from '../harness/row.ts'
import { createScratch, type DatabaseKind } from '../harness/scratch-database.ts'
import { noLimits, type StandIn, startStandIn } from '../harness/stand-in.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { createBullmqRunner } from './runners/bullmq-worker.ts'
import { runGrammyLoop } from './runners/grammy-loop.ts'
import { runTelegrafLoop } from './runners/telegraf-loop.ts'

const warmUpCount = 1_000
const giveUpMs = 120_000

/** Sends to all of these; resolves when every answer is there. */
type Runner = (root: string, chatIds: readonly number[]) => Promise<void>

/** The most that goes through, with the full ledger, beside what others reach without one, in the same run. */
export async function runUnpaced(size: Size): Promise<Row[]> {
  const count = size === 'quick' ? 5_000 : 20_000
  const standIn = await startStandIn(noLimits)
  const measure = createMeasure(standIn, count)
  try {
    const grammy = await measure(runGrammyLoop)
    const telegraf = await measure(runTelegrafLoop)
    const bullmq = await withBullmq(measure)
    const pglite = await withLedger('PGlite', measure)
    const postgres = await withLedger('PostgreSQL', measure)
    const ours = [
      describeOurs('PostgreSQL', postgres, { grammy, telegraf, bullmq }),
      describeOurs('PGlite', pglite, { grammy, telegraf, bullmq }),
    ]
    return [
      ...ours,
      describeOther('bare grammY loop with auto-retry, no record', grammy),
      describeOther('bare Telegraf loop, no record', telegraf),
      describeOther('BullMQ worker that calls grammY, no ledger', bullmq, 'no Redis answers'),
    ]
  } finally {
    await standIn.stop()
  }
}

type Measure = (run: Runner) => Promise<number>

/** Each runner meets new people, because the stand-in makes them when they are first met, and is warm before it counts. */
function createMeasure(standIn: StandIn, count: number): Measure {
  let nextId = 1_000_000
  const people = async (howMany: number) => {
    const chatIds = idsFrom(nextId, howMany)
    await standIn.createCrowd(nextId, howMany)
    nextId += howMany
    return chatIds
  }
  return async (run) => {
    await run(standIn.url, await people(warmUpCount))
    await standIn.clearLog()
    await run(standIn.url, await people(count))
    const sends = (await standIn.sends()).filter(({ status }) => status === 200)
    await standIn.clearLog()
    if (sends.length !== count) throw new Error(`${sends.length} of ${count} arrived`)
    const [first, last] = [sends[0], sends.at(-1)]
    return ((count - 1) / ((last?.monotonic_ms ?? 0) - (first?.monotonic_ms ?? 0))) * 1_000
  }
}

async function withBullmq(measure: Measure): Promise<number | null> {
  const bullmq = await createBullmqRunner()
  if (!bullmq) return null
  try {
    return await measure(bullmq.run)
  } finally {
    await bullmq.close()
  }
}

async function withLedger(kind: DatabaseKind, measure: Measure): Promise<number | null> {
  const database = await createScratch(kind)
  if (!database) return null
  const { db } = database
  try {
    return await measure(async (root, chatIds) => {
      await planCampaign(db, { chatIds })
      const dispatcher = buildDispatcher(db, { root, limits: unpaced })
      dispatcher.start()
      const isDone = () => dispatcher.status().sent >= chatIds.length
      await waitUntil('all are sent', isDone, { withinMs: giveUpMs }).finally(dispatcher.stop)
      const open = await db.delivery.count({ where: { state: { not: 'sent' } } })
      if (open > 0) throw new Error(`${open} are not written down as sent`)
    })
  } finally {
    await database.close()
  }
}

type Others = { grammy: number; telegraf: number; bullmq: number | null }

function describeOurs(kind: DatabaseKind, rate: number | null, others: Others): Row {
  const { grammy, telegraf, bullmq } = others
  const what = `unpaced with the full ledger, ${kind}`
  const isJudged = kind === 'PostgreSQL' && bullmq !== null
  const target = kind === 'PostgreSQL' ? '>= BullMQ' : ''
  if (rate === null)
    return { scenario: 'unpaced', what, measured: 'no server answers', target, isMet: null }
  const ratios = [
    `${rounded(rate / grammy, 2)} x grammY`,
    `${rounded(rate / telegraf, 2)} x Telegraf`,
    ...(bullmq === null ? [] : [`${rounded(rate / bullmq, 2)} x BullMQ`]),
  ]
  const measured = `${rounded(rate)}/s (${ratios.join(', ')})`
  return { scenario: 'unpaced', what, measured, target, isMet: isJudged ? rate >= bullmq : null }
}

function describeOther(what: string, rate: number | null, absence = ''): Row {
  const measured = rate === null ? absence : `${rounded(rate)}/s`
  return { scenario: 'unpaced', what, measured, target: '', isMet: null }
}
