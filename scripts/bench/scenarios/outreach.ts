import { setTimeout as sleep } from 'node:timers/promises'
import type { AreaTree } from '../../../src/areas/area-tree.ts'
import type { Audience } from '../../../src/audiences/audience.ts'
import { countAudience } from '../../../src/audiences/count-audience.ts'
import { planContent } from '../../../src/audiences/plan-content.ts'
import type { ContentVersion } from '../../../src/content/content.ts'
import type { PrismaClient } from '../../../src/db/open-database.ts'
import { telegramLimits } from '../../../src/delivery/pace.ts'
import { cancelQueue, countQueue, openEmptyQueue } from '../../../src/delivery/queue-control.ts'
import { createMessages } from '../../../src/messages/messages.ts'
import type { Size } from '../bench.ts'
import { buildDispatcher, keyring } from '../harness/bench-dispatcher.ts'
import { type Row, rounded } from '../harness/row.ts'
import { createScratch, type DatabaseKind } from '../harness/scratch-database.ts'
import { startStandIn } from '../harness/stand-in.ts'
import { fillSubscribers, firstChatId, publishContent, today } from '../harness/subscribers.ts'
import { runKills } from './outreach-kills.ts'
import { runReminders } from './outreach-reminders.ts'
import { shareOf } from './paced.ts'

const scenario = 'outreach'
const transaction = { timeout: 180_000 }
const mostMs = { count: 1_000, snapshot: 10_000 }

export type Ground = {
  kind: DatabaseKind
  db: PrismaClient
  tree: AreaTree
  version: ContentVersion
  people: number
}

/** A whole city's subscribers: counted, planned for, sent to, killed in the middle, and reminded. */
export async function runOutreach(size: Size): Promise<Row[]> {
  const run =
    size === 'quick'
      ? { people: 20_000, seconds: 10, killed: 3_000, kills: 4 }
      : { people: 417_000, seconds: 60, killed: 20_000, kills: 10 }
  const rows: Row[] = []
  for (const kind of ['PostgreSQL', 'PGlite'] as const) rows.push(...(await runOne(kind, run)))
  return rows
}

async function runOne(
  kind: DatabaseKind,
  run: { people: number; seconds: number; killed: number; kills: number },
): Promise<Row[]> {
  const database = await createScratch(kind)
  if (!database) return [row(`outreach, ${kind}`, 'no server answers', '', null)]
  try {
    const tree = await fillSubscribers(database.db, run.people)
    const version = await publishContent(database.db, 'bench')
    const ground = { kind, db: database.db, tree, version, people: run.people }
    const rows = await countPeople(ground)
    const planned = await planAll(ground)
    rows.push(...planned.rows)
    rows.push(...(await sendPaced(ground, planned.queueId, run.seconds)))
    rows.push(await cancelRest(ground, planned.queueId))
    rows.push(...(await runReminders(ground)))
    rows.push(...(await runKills(database, ground, run)))
    return rows
  } finally {
    await database.close()
  }
}

/** The slowest of several looks: an admin waits for each. */
async function countPeople({ kind, db, tree, people }: Ground): Promise<Row[]> {
  const audiences: [string, Audience][] = [
    ['everybody', { topic: 'reminder' }],
    [
      'by everything',
      {
        topic: 'reminder',
        daysToElection: { from: 20, to: 40 },
        languages: ['zh-CN'],
        roles: ['villager'],
        joinedSince: '2027-01-01',
        notRead: 1,
      },
    ],
  ]
  const rows: Row[] = []
  for (const [name, audience] of audiences) {
    let slowest = 0
    let found = { people: 0, areas: 0 }
    for (let n = 0; n < 3; n += 1) {
      const startedAt = performance.now()
      found = await countAudience(db, { tree, today }, audience)
      slowest = Math.max(slowest, performance.now() - startedAt)
    }
    const isAll = found.people === people
    rows.push(
      row(
        `counting ${rounded(people)} subscribers, ${name}, ${kind}`,
        `${rounded(slowest)} ms; ${rounded(found.people)} in ${rounded(found.areas)} places`,
        `<= ${rounded(mostMs.count)} ms, all`,
        isAll && slowest <= mostMs.count,
      ),
    )
  }
  return rows
}

async function planAll({ kind, db, tree, version, people }: Ground) {
  const messages = await createMessages()
  const startedAt = performance.now()
  const { queueId, recipients } = await db.$transaction(async (tx) => {
    const queue = { name: 'bench', isPaid: false, hours: null, now: new Date() }
    const id = await openEmptyQueue(tx, queue)
    const planned = await planContent(
      tx,
      { keyring, messages, tree, today, now: new Date() },
      { queueId: id, version, audience: {}, asksRead: true, purpose: 'campaign' },
    )
    return { queueId: id, recipients: planned }
  }, transaction)
  const ms = performance.now() - startedAt
  const bodies = await db.deliveryBody.count()
  const askedAt = performance.now()
  const { pending } = await countQueue(db, queueId)
  const countMs = performance.now() - askedAt
  return {
    queueId,
    rows: [
      row(
        `snapshot of ${rounded(people)}, ${kind}`,
        `${rounded(ms / 1_000, 1)} s, ${rounded(recipients)} recipients, ${rounded(bodies)} different texts`,
        `<= ${mostMs.snapshot / 1_000} s, all`,
        recipients === people && ms <= mostMs.snapshot,
      ),
      row(
        `counting the queue of ${rounded(pending)}, ${kind}`,
        `${rounded(countMs)} ms`,
        'all',
        pending === people,
      ),
    ],
  }
}

async function sendPaced(
  { kind, db, people }: Ground,
  queueId: number,
  seconds: number,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const [perSecond, leastShare] of [
    [30, 0.99],
    [1_000, 0.98],
  ] as const) {
    // With Telegram's own limits.
    const standIn = await startStandIn()
    try {
      await standIn.createCrowd(firstChatId, people)
      await db.deliveryQueue.update({
        where: { id: queueId },
        data: { isPaid: perSecond > telegramLimits.bot.count },
      })
      const dispatcher = buildDispatcher(db, { root: standIn.url, limits: telegramLimits })
      dispatcher.start()
      await sleep((seconds + 1.5) * 1_000)
      await dispatcher.stop()
      const sends = await standIn.sends()
      const share = shareOf(sends, perSecond, seconds)
      const refused = sends.filter(({ status }) => status === 429).length
      rows.push(
        row(
          `campaign to ${rounded(people)} at ${rounded(perSecond)}/s for ${seconds} s, ${kind}`,
          `${rounded(share * 100, 1)} %, ${refused} times 429`,
          `>= ${leastShare * 100} %, no 429`,
          share >= leastShare && refused === 0,
        ),
      )
    } finally {
      await standIn.stop()
    }
  }
  return rows
}

async function cancelRest({ kind, db, people }: Ground, queueId: number): Promise<Row> {
  const startedAt = performance.now()
  const cancelled = await db.$transaction((tx) => cancelQueue(tx, queueId, new Date()), transaction)
  const ms = performance.now() - startedAt
  const count = await countQueue(db, queueId)
  const sum = Object.values(count).reduce((all, one) => all + one, 0)
  return row(
    `cancelling what is left, ${kind}`,
    `${rounded(cancelled)} in ${rounded(ms / 1_000, 1)} s; ${count.sent} sent, ${count.uncertain} uncertain`,
    'everybody counted once',
    sum === people && count.pending + count.sending === 0,
  )
}

const row = (what: string, measured: string, target: string, isMet: boolean | null): Row => ({
  scenario,
  what,
  measured,
  target,
  isMet,
})
