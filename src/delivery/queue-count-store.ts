import type { Db } from '../db/open-database.ts'

const states = [
  'pending',
  'sending',
  'sent',
  'blocked',
  'failed',
  'uncertain',
  'cancelled',
] as const

/** Of one moment: together they are all that was ever planned for the queue, also when it is long forgotten. */
export type QueueCount = Record<(typeof states)[number], number>

export async function countQueue(db: Db, id: number): Promise<QueueCount> {
  return (await countQueues(db, [id])).get(id) ?? nothing()
}

/** One for each of these, in one statement. */
export async function countQueues(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, QueueCount>> {
  const asked = [...ids]
  const rows = await db.$queryRaw<{ queueId: number; state: string; count: bigint }[]>`
    SELECT q.id AS "queueId", 'pending' AS state, d.count FROM unnest(${asked}::int[]) AS q(id)
      CROSS JOIN LATERAL (SELECT count(*) FROM delivery
        WHERE state = 'pending' AND lane = 'bulk' AND "queueId" = q.id) d
    UNION ALL
    SELECT "queueId", state, count(*) FROM delivery
      WHERE state = 'sending' AND "queueId" = ANY(${asked}::int[]) GROUP BY 1, 2
    UNION ALL
    SELECT "queueId", state, count FROM delivery_count
      WHERE lane = 'bulk' AND "queueId" = ANY(${asked}::int[])`
  const counts = new Map(asked.map((id) => [id, nothing()]))
  for (const { queueId, state, count } of rows) {
    const known = counts.get(queueId)
    if (known && isCounted(state)) known[state] = Number(count)
  }
  return counts
}

const nothing = () => Object.fromEntries(states.map((state) => [state, 0])) as QueueCount
const isCounted = (state: string): state is keyof QueueCount =>
  (states as readonly string[]).includes(state)
