import { setTimeout as sleep } from 'node:timers/promises'
import type { PrismaClient } from '../../../src/db/open-database.ts'
import type { Dispatcher } from '../../../src/delivery/dispatcher.ts'
import { createEnqueue } from '../../../src/delivery/enqueue-delivery.ts'
import { telegramLimits } from '../../../src/delivery/pace.ts'
import type { Size } from '../bench.ts'
import { buildDispatcher, keyring, now } from '../harness/bench-dispatcher.ts'
import { idsFrom, planCampaign } from '../harness/campaign.ts'
import { createInboxes } from '../harness/create-inboxes.ts'
import { percentile, type Row, rounded } from '../harness/row.ts'
import { createScratch, type DatabaseKind } from '../harness/scratch-database.ts'
import { startStandIn } from '../harness/stand-in.ts'

const firstId = 1_000_000
const mostMs = 1_000
const meanPauseMs = 400

/** How long a tip's card takes into the group's inbox while a campaign uses the whole rate. */
export async function runUrgent(size: Size): Promise<Row[]> {
  const cards = size === 'quick' ? 25 : 100
  return [await runOne('PGlite', cards), await runOne('PostgreSQL', cards)]
}

async function runOne(kind: DatabaseKind, cards: number): Promise<Row> {
  const row = {
    scenario: 'urgent',
    what: `${cards} tip cards during a campaign at 30/s, ${kind}`,
    target: `p99 <= ${rounded(mostMs)} ms`,
  }
  const database = await createScratch(kind)
  if (!database) return { ...row, measured: 'no server answers', isMet: null }
  const standIn = await startStandIn()
  const { db } = database
  try {
    const inboxes = await createInboxes(standIn, cards)
    const count = Math.round(((cards * meanPauseMs) / 1_000 + 15) * 30)
    await standIn.createCrowd(firstId, count)
    await planCampaign(db, { chatIds: idsFrom(firstId, count) })
    const dispatcher = buildDispatcher(db, { root: standIn.url, limits: telegramLimits })
    dispatcher.start()
    const askedAt = await fileCards(db, dispatcher, inboxes).finally(dispatcher.stop)
    const waits = (await standIn.sends()).flatMap(({ chat_id, at_ms, status }) => {
      const asked = askedAt.get(Number(chat_id))
      return asked === undefined || status !== 200 ? [] : [at_ms - asked]
    })
    const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)]
    const measured = `p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms, ${waits.length} arrived`
    return { ...row, measured, isMet: p99 <= mostMs && waits.length === cards }
  } finally {
    await standIn.stop()
    await database.close()
  }
}

/** At irregular intervals, so that they do not fall into step with the sending. */
async function fileCards(db: PrismaClient, dispatcher: Dispatcher, inboxes: readonly number[]) {
  const enqueue = createEnqueue({ keyring, now })
  const askedAt = new Map<number, number>()
  await sleep(3_000)
  for (const chatId of inboxes) {
    await sleep(Math.random() * 2 * meanPauseMs)
    askedAt.set(chatId, Date.now())
    await db.$transaction((tx) =>
      enqueue(tx, {
        lane: 'urgent',
        purpose: 'tip-card',
        address: { chatId },
        outgoing: { kind: 'text', text: '新线索 QF-000001' },
      }),
    )
    dispatcher.wake()
  }
  await sleep(3_000)
  return askedAt
}
