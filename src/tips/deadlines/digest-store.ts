import type { Db } from '../../db/open-database.ts'

export type InboxCounts = {
  /** Came into the inbox since. */
  fresh: number
  waiting: number
  taken: number
  overdue: number
  /** Closed since. */
  closed: number
  /** Open ones, oldest first. */
  oldest: { number: string; filedAt: Date }[]
}

const open = ['waiting', 'acknowledged']
const oldestShown = 5

export async function countInbox(
  db: Db,
  { groupId, since, now }: { groupId: number; since: Date; now: Date },
): Promise<InboxCounts> {
  const count = (where: object) => db.tip.count({ where: { groupId, ...where } })
  const fresh = await db.tipCard.findMany({
    where: { groupId, createdAt: { gte: since, lt: now } },
    distinct: ['tipId'],
    select: { tipId: true },
  })
  return {
    fresh: fresh.length,
    waiting: await count({ state: 'waiting' }),
    taken: await count({ state: 'acknowledged' }),
    overdue: await count({
      state: { in: open },
      OR: [{ deadlineStage: { in: ['up', 'late-up', 'top'] } }, { answerBy: { lte: now } }],
    }),
    closed: await count({ state: 'closed', closedAt: { gte: since, lt: now } }),
    oldest: await db.tip.findMany({
      where: { groupId, state: { in: open } },
      select: { number: true, filedAt: true },
      orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
      take: oldestShown,
    }),
  }
}

/** Whether this inbox got a card in that time. */
export async function hasOldCard(
  db: Db,
  groupId: number,
  { from, to }: { from: Date; to: Date },
): Promise<boolean> {
  const where = { groupId, createdAt: { gte: from, lt: to } }
  return (await db.tipCard.findFirst({ where, select: { id: true } })) !== null
}
