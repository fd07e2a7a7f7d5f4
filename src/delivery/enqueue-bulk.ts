import type { Db } from '../db/open-database.ts'
import { type Keyring, sealJson } from '../lib/keyring.ts'
import { deliverySealers } from './enqueue-delivery.ts'
import type { Outgoing } from './outgoing.ts'
import { createBody, createBulkDeliveries, createQueue } from './queue-store.ts'

/** Rows per statement: more would gain nothing, and hold the one connection of an embedded database for long. */
const chunkRows = 4_000

export type BulkQueue = { queueId: number; bodyId: bigint }

/** Opens a queue whose deliveries all say the same. */
export async function openQueue(
  tx: Db,
  { keyring, now }: { keyring: Keyring; now: () => Date },
  queue: { name: string; isPaid: boolean; outgoing: Outgoing },
): Promise<BulkQueue> {
  const { name, isPaid, outgoing } = queue
  const queueId = await createQueue(tx, { name, isPaid, createdAt: now() })
  return {
    queueId,
    bodyId: await createBody(tx, sealJson(deliverySealers(keyring).body, outgoing)),
  }
}

/** Adds recipients by their sealed addresses, which are copied as they are. */
export async function addToQueue(
  tx: Db,
  queue: BulkQueue,
  { addresses, purpose, at }: { addresses: Uint8Array[]; purpose: string; at: Date },
): Promise<void> {
  for (let start = 0; start < addresses.length; start += chunkRows)
    await createBulkDeliveries(tx, addresses.slice(start, start + chunkRows), {
      ...queue,
      purpose,
      at,
    })
}
