import type { Db } from '../db/open-database.ts'
import type { Supervisor, SupervisorState } from './group.ts'

type Key = Uint8Array<ArrayBuffer>
type SupervisorRow = Omit<Supervisor, 'state' | 'telegramId'> & {
  state: string
  telegramId: bigint | null
}

/** The roster of a group without those who left, in the order in which it was written. */
export async function listSupervisors(db: Db, groupId: number): Promise<Supervisor[]> {
  const where = { groupId, state: { not: 'left' } }
  const rows = await db.supervisor.findMany({ where, orderBy: { id: 'asc' } })
  return rows.map(toSupervisor)
}

/** All that tells who belongs to which group, as one text: it differs when a roster, an office or a level does. */
export async function describeRosters(db: Db): Promise<string> {
  const rows = await db.$queryRaw<{ text: string | null }[]>`
    SELECT string_agg(concat_ws('|', g.id, g.level, g.description, s.name, s.title, s.state = 'left'), E'\n'
      ORDER BY g.id, s.id) AS text
    FROM "group" g LEFT JOIN supervisor s ON s."groupId" = g.id WHERE g."retiredAt" IS NULL`
  return rows[0]?.text ?? ''
}

/** The person as somebody who may act in this group now; null for everybody else. */
export async function findSupervisor(
  db: Db,
  input: { groupId: number; telegramId: number },
): Promise<Supervisor | null> {
  const row = await db.supervisor.findFirst({
    where: {
      groupId: input.groupId,
      telegramId: BigInt(input.telegramId),
      state: 'enrolled',
      group: { retiredAt: null },
    },
  })
  return row && toSupervisor(row)
}

/** A supervisor did something in the inbox today. Writes once a day for each. */
export async function saveActed(
  db: Db,
  { chatId, telegramId, day }: { chatId: number; telegramId: number; day: string },
): Promise<void> {
  const lastActedOn = new Date(day)
  await db.supervisor.updateMany({
    where: {
      telegramId: BigInt(telegramId),
      state: 'enrolled',
      group: { inboxChatId: BigInt(chatId) },
      OR: [{ lastActedOn: null }, { lastActedOn: { lt: lastActedOn } }],
    },
    data: { lastActedOn },
  })
}

/** How many of a group are enrolled, and the last day (YYYY-MM-DD) on which one of them acted. */
export async function readActivity(
  db: Db,
  groupId: number,
): Promise<{ enrolled: number; lastActedOn: string | null }> {
  const { _count, _max } = await db.supervisor.aggregate({
    where: { groupId, state: 'enrolled' },
    _count: true,
    _max: { lastActedOn: true },
  })
  return { enrolled: _count, lastActedOn: _max.lastActedOn?.toISOString().slice(0, 10) ?? null }
}

/** False when the name is on no roster any more or in another state. A newer code replaces the one before it. */
export async function saveEnrolKey(
  db: Db,
  input: { supervisorId: number; enrolKey: Key; untilAt: Date; state: 'listed' | 'enrolled' },
): Promise<boolean> {
  const { count } = await db.supervisor.updateMany({
    where: { id: input.supervisorId, state: input.state, group: { retiredAt: null } },
    data: { enrolKey: input.enrolKey, enrolUntilAt: input.untilAt },
  })
  return count === 1
}

export async function findByEnrolKey(db: Db, enrolKey: Key) {
  return db.supervisor.findFirst({
    where: { enrolKey, state: { not: 'left' }, group: { retiredAt: null } },
    include: { group: { select: { name: true } } },
  })
}

/** Uses the code up. False when somebody else did, in the meantime. */
export async function saveEnrolment(
  db: Db,
  input: { supervisorId: number; enrolKey: Key; telegramId: number; now: Date },
): Promise<boolean> {
  const { count } = await db.supervisor.updateMany({
    where: { id: input.supervisorId, enrolKey: input.enrolKey, state: { not: 'left' } },
    data: {
      state: 'enrolled',
      telegramId: BigInt(input.telegramId),
      enrolledAt: input.now,
      enrolKey: null,
      enrolUntilAt: null,
    },
  })
  return count === 1
}

/** Out of the chat: on the roster still, but tied to no account. Null when nobody enrolled has this account. */
export async function saveLeft(
  tx: Db,
  { groupId, telegramId }: { groupId: number; telegramId: number },
): Promise<{ id: number; name: string } | null> {
  const rows = await tx.supervisor.updateManyAndReturn({
    where: { groupId, telegramId: BigInt(telegramId), state: 'enrolled' },
    data: { state: 'listed', telegramId: null },
    select: { id: true, name: true },
  })
  return rows[0] ?? null
}

function toSupervisor(row: SupervisorRow): Supervisor {
  return {
    id: row.id,
    groupId: row.groupId,
    name: row.name,
    title: row.title,
    state: row.state as SupervisorState,
    telegramId: row.telegramId === null ? null : Number(row.telegramId),
  }
}
