import { findLease, type HeldLease } from '../db/lease-store.ts'
import type { Db } from '../db/open-database.ts'
import type { DispatcherStatus } from './dispatcher-status.ts'
import { listCounts, listWaiting } from './queue-store.ts'

export type DeliveryReport = {
  /** How many ended how since the beginning, by lane. */
  outcomes: { lane: string; state: string; count: number }[]
  /** What has not ended, by lane and queue. `oldestSeconds`: how long the oldest has been waiting. */
  waiting: {
    lane: string
    queueId: number | null
    pending: number
    sending: number
    oldestSeconds: number
  }[]
  /** Who sends, among all processes on this database. */
  lease: HeldLease | null
  /** Of the process that asks, when it has a dispatcher. */
  sender: Pick<DispatcherStatus, 'isLeader' | 'perSecond' | 'rateShare' | 'limits' | 'fatal'> | null
}

/** What an operator wants to know about the sending. Names nobody: only numbers, queues and the host that sends. */
export async function readDeliveryReport(
  db: Db,
  { leaseName, now, status }: { leaseName: string; now: Date; status?: DispatcherStatus },
): Promise<DeliveryReport> {
  return {
    outcomes: sumByOutcome(await listCounts(db)),
    waiting: gatherByQueue(await listWaiting(db), now),
    lease: await findLease(db, leaseName),
    sender: status ? pickSender(status) : null,
  }
}

function sumByOutcome(rows: Awaited<ReturnType<typeof listCounts>>): DeliveryReport['outcomes'] {
  const sums = new Map<string, DeliveryReport['outcomes'][number]>()
  for (const { lane, state, count } of rows) {
    const key = `${lane} ${state}`
    sums.set(key, { lane, state, count: (sums.get(key)?.count ?? 0) + count })
  }
  return [...sums.values()]
}

function gatherByQueue(
  rows: Awaited<ReturnType<typeof listWaiting>>,
  now: Date,
): DeliveryReport['waiting'] {
  const queues = new Map<string, DeliveryReport['waiting'][number]>()
  for (const { lane, queueId, state, count, oldestAt } of rows) {
    const key = `${lane} ${queueId}`
    const known = queues.get(key) ?? { lane, queueId, pending: 0, sending: 0, oldestSeconds: 0 }
    queues.set(key, {
      ...known,
      [state]: count,
      oldestSeconds: Math.max(known.oldestSeconds, secondsBetween(oldestAt ?? now, now)),
    })
  }
  // Urgent first: that is where waiting hurts.
  return [...queues.values()].sort(
    (a, b) => b.lane.localeCompare(a.lane) || (a.queueId ?? 0) - (b.queueId ?? 0),
  )
}

/** Not below zero: the clock may have been set back meanwhile. */
function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000))
}

function pickSender({
  isLeader,
  perSecond,
  rateShare,
  limits,
  fatal,
}: DispatcherStatus): DeliveryReport['sender'] {
  return { isLeader, perSecond, rateShare, limits, fatal }
}
