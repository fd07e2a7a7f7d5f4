import type { Db } from '../db/open-database.ts'
import type { Keyring } from '../lib/keyring.ts'
import { aimAt } from './compose-change.ts'
import type { ClaimedDelivery } from './delivery-store.ts'
import { openBody } from './enqueue-delivery.ts'
import type { Outgoing } from './outgoing.ts'
import { findBodies } from './queue-store.ts'

/** What names the village has a body for each village and language: a city's worth, some kilobytes each. */
const remembered = 5_000

/** Opens what deliveries say. A body that many share is read and opened once. */
export function createBodyCache(db: Db, keyring: Keyring) {
  const known = new Map<bigint, Outgoing>()

  /** In one question: the recipients of a claim live in as many villages. */
  async function load(ids: ReadonlySet<bigint>): Promise<void> {
    let missing = [...ids].filter((id) => !known.has(id))
    if (missing.length === 0) return
    if (known.size + missing.length > remembered) {
      known.clear()
      missing = [...ids]
    }
    const found = await findBodies(db, missing)
    for (const { id, sealed } of found) {
      const outgoing = tryToOpen(() => openBody(keyring, sealed))
      if (outgoing) known.set(id, outgoing)
    }
  }

  return {
    /**
     * In the order given; null where there is nothing that our keys open.
     * @throws when the database does not answer.
     */
    openAll: async (rows: readonly ClaimedDelivery[]): Promise<(Outgoing | null)[]> => {
      await load(new Set(rows.flatMap(({ body, bodyId }) => (body ? [] : (bodyId ?? [])))))
      return rows.map(({ body, bodyId, targetId }) => {
        if (body) return tryToOpen(() => openBody(keyring, body))
        const shared = bodyId === null ? undefined : known.get(bodyId)
        if (!shared) return null
        return targetId === null ? shared : aimAt(shared, targetId)
      })
    },
  }
}

/** Null for what was written with another key, or is damaged. */
export function tryToOpen<T>(open: () => T): T | null {
  try {
    return open()
  } catch {
    return null
  }
}
