import { randomUUID } from 'node:crypto'
import type { Lease } from '../db/lease-store.ts'
import type { PrismaClient } from '../db/open-database.ts'
import { hastenDeliveries, reclaimDeliveries } from './reclaim-store.ts'

/** How long the sending lease outlives its holder: another process takes over within 10 s of a crash. */
export const senderLeaseSeconds = 8
const renewMs = 2_500
/** Without renewing, for instance because the database is away, another may have it by now. */
const staleMs = (senderLeaseSeconds - 1) * 1_000
/** The longest wait that anything of ours asks for; Telegram's own longest is about an hour. */
const longestWaitMs = 65 * 60_000

/** One process sends for a bot: Telegram counts per token. */
export const senderLeaseName = (botId: number) => `sender:${botId}`

export type SendingLease = {
  /** Takes or renews it when it is time. Gives the token to claim with, or null. */
  keep: () => Promise<string | null>
  /** The token to claim with at present; null also while it could not be renewed in time. */
  token: () => string | null
  /** What was claimed with it is still ours to answer for, although it may be too late to send. */
  owns: (token: string) => boolean
  /** It turned out that another has it. */
  lose: () => void
  release: () => Promise<void>
}

export function createSendingLease(deps: {
  db: PrismaClient
  lease: Lease
  now: () => Date
  monotonicMs: () => number
  log: { info: (fields: object, text: string) => void }
  /** Another process has it: what was claimed here belongs to that one, which has reclaimed it. */
  onLost: () => void
}): SendingLease {
  const { db, lease, now, monotonicMs, log, onLost } = deps
  // A new one for each time the lease is taken: what an earlier holder left behind is recognisable.
  let token: string | null = null
  let renewedAt = 0

  const isStale = () => monotonicMs() - renewedAt >= staleMs

  return {
    token: () => (isStale() ? null : token),
    owns: (claimed) => claimed === token,
    keep: async () => {
      // The process's own monotonic time decides when to renew: the wall clock may be set back.
      if (token && monotonicMs() - renewedAt < renewMs) return token
      // Counts from before the question: the answer may take long.
      const askedAt = monotonicMs()
      // Whoever had it meanwhile has reclaimed what was claimed here, so having it again is not enough.
      const isHeld = await (token ? lease.renew() : lease.hold())
      renewedAt = askedAt
      const at = now()
      // Once in a while, for the day when the clock was set back.
      if (isHeld)
        await hastenDeliveries(db, { now: at, latest: new Date(at.getTime() + longestWaitMs) })
      if (isHeld === (token !== null)) return token
      onLost()
      token = null
      if (!isHeld) return null
      const next = randomUUID()
      // Before anything is claimed with it: when this fails the next round tries again.
      const reclaimed = await db.$transaction((tx) =>
        reclaimDeliveries(tx, { token: next, now: at }),
      )
      log.info(reclaimed, 'sending lease taken')
      token = next
      return token
    },
    lose: () => {
      onLost()
      token = null
    },
    release: async () => {
      token = null
      // Without a database it simply expires.
      await lease.release().catch(() => {})
    },
  }
}
