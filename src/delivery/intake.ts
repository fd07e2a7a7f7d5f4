import type { PrismaClient } from '../db/open-database.ts'
import type { Keyring } from '../lib/keyring.ts'
import { createBodyCache, tryToOpen } from './body-cache.ts'
import { claimBulk, claimUrgent } from './claim-store.ts'
import type { ClaimedDelivery } from './delivery-store.ts'
import { openAddress } from './enqueue-delivery.ts'
import type { Limit, PaceLimits } from './pace.ts'
import type { OpenDelivery } from './sending-window.ts'

/** What is claimed ahead: half a second's worth, within these bounds. */
const windowSize = { least: 30, most: 1_000 }

export type Taken = {
  deliveries: OpenDelivery[]
  /** Those that cannot be opened, and never will be. */
  broken: ClaimedDelivery[]
  /** More is due than was claimed. */
  hasMore: boolean
}

/** Claims deliveries and opens what they say. */
export function createIntake({
  db,
  keyring,
  now,
  limits,
  localMinute,
}: {
  db: PrismaClient
  keyring: Keyring
  now: () => Date
  limits: PaceLimits
  localMinute: () => number
}) {
  const bodies = createBodyCache(db, keyring)
  // Follows what is being sent: at the free rate a crash must not leave sixteen seconds' worth in doubt.
  let capacity = capacityFor(limits.bot)
  /** Claimed, but the database went away before they could be opened. */
  let unopened: { token: string; rows: ClaimedDelivery[] } = { token: '', rows: [] }
  /** The queue that had the last turn. */
  let lastQueue = 0

  /** Without an answer of the database the rows are kept for the next time: nobody else would look after them. */
  async function open(token: string, rows: ClaimedDelivery[]): Promise<Omit<Taken, 'hasMore'>> {
    const kept = unopened.token === token ? unopened.rows : []
    unopened = { token, rows: [...kept, ...rows] }
    const taken = { deliveries: [] as OpenDelivery[], broken: [] as ClaimedDelivery[] }
    const said = await bodies.openAll(unopened.rows)
    for (const [at, row] of unopened.rows.entries()) {
      const to = tryToOpen(() => openAddress(keyring, row.address))
      const outgoing = said[at]
      if (to && outgoing) taken.deliveries.push({ ...row, to, outgoing })
      else taken.broken.push(row)
    }
    unopened = { token, rows: [] }
    return taken
  }

  return {
    capacity: () => capacity,
    /** Urgent ones always find room: a window full of bulk must not keep them waiting. */
    urgent: async (token: string): Promise<Taken> => {
      const rows = await claimUrgent(db, { token, now: now(), limit: windowSize.least })
      return { ...(await open(token, rows)), hasMore: rows.length === windowSize.least }
    },
    bulk: async (token: string, room: number): Promise<Taken> => {
      const turn = { limit: room, minute: localMinute(), after: lastQueue }
      const { rows, hasMore, after } = await claimBulk(db, { token, now: now(), ...turn })
      lastQueue = after
      capacity = capacityFor(rows.some(({ isPaid }) => isPaid) ? limits.paid : limits.bot)
      return { ...(await open(token, rows)), hasMore }
    },
  }
}

function capacityFor({ count, perMs }: Limit): number {
  const perSecond = (count / perMs) * 1_000
  return Math.round(Math.min(windowSize.most, Math.max(windowSize.least, perSecond / 2)))
}
