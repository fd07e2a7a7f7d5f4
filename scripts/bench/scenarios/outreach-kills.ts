import { setTimeout as sleep } from 'node:timers/promises'
import { planContent } from '../../../src/audiences/plan-content.ts'
import type { Db } from '../../../src/db/open-database.ts'
import {
  countQueue,
  openEmptyQueue,
  pauseQueue,
  resumeQueue,
} from '../../../src/delivery/queue-control.ts'
import { createMessages } from '../../../src/messages/messages.ts'
import { keyring } from '../harness/bench-dispatcher.ts'
import { type Row, rounded } from '../harness/row.ts'
import type { Scratch } from '../harness/scratch-database.ts'
import { endChild, noLimits, type StandIn, startStandIn } from '../harness/stand-in.ts'
import { firstChatId, today, villagesOf } from '../harness/subscribers.ts'
import { sendAndKill, sendRest, startSender } from './crash.ts'
import type { Ground } from './outreach.ts'

type Ids = { queueId: number; subscriberIds: number[] }

/** A campaign that is killed again and again, paused and killed while paused, resumed, killed, and ends. */
export async function runKills(
  database: Scratch,
  ground: Ground,
  { killed, kills }: { killed: number; kills: number },
): Promise<Row[]> {
  const { kind, people } = ground
  const standIn = await startStandIn(noLimits)
  try {
    await standIn.createCrowd(firstChatId, people)
    const ids = await plan(ground, killed)
    const on = async <T>(act: (db: Db) => Promise<T>): Promise<T> => {
      const { db } = await database.reopen()
      const result = await db.$transaction((tx) => act(tx))
      // The folder of an embedded database has one process at a time.
      await database.leave()
      return result
    }
    await database.leave()
    for (let n = 0; n < kills / 2; n += 1) await sendAndKill(database.place, standIn)
    await on((tx) => pauseQueue(tx, ids.queueId))
    const leaked = await sendWhilePaused(database, standIn)
    await on((tx) => resumeQueue(tx, ids.queueId))
    for (let n = 0; n < kills / 2; n += 1) await sendAndKill(database.place, standIn)
    await sendRest(database.place, standIn)
    const { db } = await database.reopen()
    return await describe(db, standIn, ids, { kind, kills, leaked })
  } finally {
    await standIn.stop()
  }
}

/** To the villages in which about so many people live. */
async function plan({ db, tree, version, people }: Ground, wanted: number): Promise<Ids> {
  const villages = villagesOf(tree)
  const areaIds = villages.slice(0, Math.ceil((wanted / people) * villages.length))
  // What the reminders left is not of this run.
  await db.deliveryQueue.updateMany({ where: { state: 'open' }, data: { state: 'finished' } })
  const messages = await createMessages()
  const now = new Date()
  const queueId = await db.$transaction(
    async (tx) => {
      const id = await openEmptyQueue(tx, { name: 'killed', isPaid: false, hours: null, now })
      const deps = { keyring, messages, tree, today, now }
      const asked = { audience: {}, areaIds, asksRead: true, purpose: 'campaign' }
      await planContent(tx, deps, { queueId: id, version, ...asked })
      return id
    },
    { timeout: 180_000 },
  )
  const rows = await db.subscriber.findMany({
    where: { areaId: { in: areaIds } },
    select: { id: true },
  })
  return { queueId, subscriberIds: rows.map(({ id }) => id) }
}

/** A sender starts, finds what the killed one left, and is killed too. Gives how many messages went out. */
async function sendWhilePaused({ place }: Scratch, standIn: StandIn): Promise<number> {
  const before = (await standIn.counters()).messages_sent
  const sender = await startSender(place, standIn)
  await sleep(1_500)
  await endChild(sender)
  return (await standIn.counters()).messages_sent - before
}

/** Person by person: what the ledger says of them, and what arrived in their chat. */
async function describe(
  db: Db,
  standIn: StandIn,
  { queueId, subscriberIds }: Ids,
  run: { kind: string; kills: number; leaked: number },
): Promise<Row[]> {
  const arrived = new Map<number, number>()
  for (const { chat_id, status } of await standIn.sends())
    if (status === 200) arrived.set(Number(chat_id), (arrived.get(Number(chat_id)) ?? 0) + 1)
  const rows = await db.delivery.findMany({
    where: { queueId },
    select: { recipientId: true, state: true },
  })
  const known = new Map(rows.map(({ recipientId, state }) => [recipientId, state]))
  const firstSubscriber = (await db.subscriber.findFirst({ orderBy: { id: 'asc' } }))?.id ?? 0
  const found = { skipped: 0, lost: 0, doubled: 0, uncertain: 0, uncertainArrived: 0 }
  for (const id of subscriberIds) {
    const count = arrived.get(firstChatId + id - firstSubscriber) ?? 0
    const state = known.get(id)
    if (state !== 'sent' && state !== 'uncertain') found.skipped += 1
    if (state === 'sent' && count === 0) found.lost += 1
    if (count > 1) found.doubled += 1
    if (state !== 'uncertain') continue
    found.uncertain += 1
    if (count > 0) found.uncertainArrived += 1
  }
  const { sent, uncertain } = await countQueue(db, queueId)
  const isCounted = rows.length === subscriberIds.length && sent + uncertain === rows.length
  const what = `campaign to ${rounded(subscriberIds.length)} killed ${run.kills} times and once while paused, ${run.kind}`
  const scenario = 'outreach'
  return [
    {
      scenario,
      what,
      measured: `${found.skipped} skipped, ${found.lost} lost, ${found.doubled} doubled; ${sent} sent, ${uncertain} uncertain (${found.uncertainArrived} arrived)`,
      target: 'nobody skipped, lost or doubled',
      isMet: found.skipped + found.lost + found.doubled === 0 && isCounted,
    },
    {
      scenario,
      what: `… sent while it was paused, ${run.kind}`,
      measured: String(run.leaked),
      target: '0',
      isMet: run.leaked === 0,
    },
  ]
}
