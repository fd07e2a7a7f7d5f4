import type { Db } from '../db/open-database.ts'

/** Bulk deliveries that are paused, cancelled and counted together. */
export async function createQueue(
  db: Db,
  queue: {
    name: string
    isPaid: boolean
    createdAt: Date
    sendFrom?: number | undefined
    sendUntil?: number | undefined
  },
): Promise<number> {
  const { id } = await db.deliveryQueue.create({ data: queue, select: { id: true } })
  return id
}

/** What all deliveries of a queue say, sealed, once. */
export async function createBody(db: Db, sealed: Uint8Array<ArrayBuffer>): Promise<bigint> {
  const { id } = await db.deliveryBody.create({ data: { sealed }, select: { id: true } })
  return id
}

/** Several at once. The numbers come in the order given. */
export async function createBodies(tx: Db, sealed: readonly Uint8Array[]): Promise<bigint[]> {
  const texts = sealed.map((bytes) => Buffer.from(bytes).toString('base64')).join(',')
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO delivery_body (sealed)
    SELECT decode(b.sealed, 'base64') FROM string_to_table(${texts}, ',') WITH ORDINALITY AS b(sealed, place)
    ORDER BY b.place RETURNING id`
  return rows.map(({ id }) => id).sort((a, b) => Number(a - b))
}

export async function findBodies(
  db: Db,
  ids: readonly bigint[],
): Promise<{ id: bigint; sealed: Uint8Array }[]> {
  return db.$queryRaw`
    SELECT id, sealed FROM delivery_body
    WHERE id = ANY(string_to_array(${ids.join(',')}, ',')::bigint[])`
}

/**
 * Removes bodies that nobody waits for any more, a limited number at a time so that no lock lasts. What was sent, or may have
 * been, is sent again, corrected or reported from its content, never from here. A body is committed together with the
 * deliveries that say it, else it would be taken for one of these.
 */
export async function pruneBodies(db: Db, limit: number): Promise<number> {
  // As one set: a join that expects few to wait would look through all of them for every body.
  return db.$executeRaw`
    DELETE FROM delivery_body WHERE id IN (
      SELECT id FROM delivery_body WHERE id NOT IN (
        SELECT "bodyId" FROM delivery
          WHERE state = 'pending' AND lane = 'bulk' AND "bodyId" IS NOT NULL
        UNION SELECT "bodyId" FROM delivery WHERE state = 'sending' AND "bodyId" IS NOT NULL)
      ORDER BY id LIMIT ${limit})`
}

/**
 * Many that differ in their address alone, in the order given. The addresses go as one text: a statement with a
 * parameter for every cell costs ten times as much.
 */
export async function createBulkDeliveries(
  db: Db,
  addresses: Uint8Array[],
  row: { queueId: number; bodyId: bigint; purpose: string; at: Date },
): Promise<void> {
  const { queueId, bodyId, purpose, at } = row
  const sealed = addresses.map((address) => Buffer.from(address).toString('base64')).join(',')
  await db.$executeRaw`
    INSERT INTO delivery (lane, "queueId", state, purpose, address, "bodyId", "nextTryAt", "createdAt")
    SELECT 'bulk', ${queueId}::int, 'pending', ${purpose}, decode(a.sealed, 'base64'), ${bodyId}::bigint, ${at}, ${at}
    FROM string_to_table(${sealed}, ',') WITH ORDINALITY AS a(sealed, place) ORDER BY a.place`
}

export type CountRow = { lane: string; queueId: number; state: string; count: number }

/** How many ended how, since the beginning, pruned rows included. */
export async function listCounts(db: Db): Promise<CountRow[]> {
  const rows = await db.deliveryCount.findMany({
    orderBy: [{ lane: 'asc' }, { queueId: 'asc' }, { state: 'asc' }],
  })
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

/** What waits: per lane and queue, how many and since when. */
export async function listWaiting(
  db: Db,
): Promise<
  { lane: string; queueId: number | null; state: string; count: number; oldestAt: Date | null }[]
> {
  const groups = await db.delivery.groupBy({
    by: ['lane', 'queueId', 'state'],
    where: { state: { in: ['pending', 'sending'] } },
    _count: true,
    _min: { createdAt: true },
  })
  return groups.map(({ lane, queueId, state, _count, _min }) => ({
    lane,
    queueId,
    state,
    count: _count,
    oldestAt: _min.createdAt,
  }))
}
