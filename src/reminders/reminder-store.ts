import { audience } from '../audiences/audience.ts'
import type { Prisma } from '../db/generated/client.ts'
import type { Db } from '../db/open-database.ts'
import type { Matter, MissedPolicy, Reminder, ReminderState, Rule } from './reminder.ts'

export type NewReminder = Omit<Reminder, 'id'> & { createdById: number | null; createdAt: Date }

/** @throws when the code is taken. */
export async function createReminder(tx: Db, reminder: NewReminder): Promise<number> {
  const { id } = await tx.reminder.create({ data: toColumns(reminder), select: { id: true } })
  return id
}

/** Those whose code is taken are left out. Returns how many are new. */
export async function createReminders(db: Db, reminders: readonly NewReminder[]): Promise<number> {
  const data = reminders.map(toColumns)
  return (await db.reminder.createMany({ data, skipDuplicates: true })).count
}

export async function findReminder(db: Db, id: number): Promise<Reminder | null> {
  const row = await db.reminder.findUnique({ where: { id } })
  return row && toReminder(row)
}

/** The same, and nobody else plans or changes it until the transaction ends. */
export async function lockReminder(tx: Db, id: number): Promise<Reminder | null> {
  const [row] = await tx.$queryRaw<Row[]>`SELECT * FROM reminder WHERE id = ${id} FOR UPDATE`
  return row ? toReminder(row) : null
}

/** In the order in which they were made. */
export async function listReminders(db: Db, states?: ReminderState[]): Promise<Reminder[]> {
  const where = states ? { state: { in: states } } : {}
  return (await db.reminder.findMany({ where, orderBy: { id: 'asc' } })).map(toReminder)
}

export async function listReminderCodes(db: Db): Promise<string[]> {
  return (await db.reminder.findMany({ select: { code: true } })).map(({ code }) => code)
}

/** False when its state is another than `from`. */
export async function moveReminder(
  tx: Db,
  id: number,
  { from, ...change }: { from: ReminderState[]; state: ReminderState; nextAt?: Date | null },
): Promise<boolean> {
  const where = { id, state: { in: from } }
  return (await tx.reminder.updateMany({ where, data: change })).count === 1
}

/** What somebody decides about a reminder, and when it is due next. */
export async function saveReminder(
  tx: Db,
  id: number,
  {
    rule,
    matter,
    ...rest
  }: Pick<Reminder, 'name' | 'rule' | 'matter' | 'audience' | 'missed' | 'nextAt'>,
): Promise<void> {
  // Of a time and of what is said there are two forms: the other one goes.
  const none = { cron: null, offsetDays: null, atMinute: null, contentId: null, seriesId: null }
  const data = { ...rest, ...none, ...rule, seriesPlace: 0, ...matter }
  await tx.reminder.update({ where: { id }, data })
}

export async function saveNextAt(tx: Db, id: number, nextAt: Date | null): Promise<void> {
  await tx.reminder.update({ where: { id }, data: { nextAt } })
}

export async function saveSeriesPlace(tx: Db, id: number, seriesPlace: number): Promise<void> {
  await tx.reminder.update({ where: { id }, data: { seriesPlace } })
}

function toColumns({ rule, matter, ...rest }: NewReminder) {
  return { ...rest, ...rule, ...matter }
}

type Row = Prisma.ReminderGetPayload<object>

function toReminder(row: Row): Reminder {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    rule: toRule(row),
    matter: toMatter(row),
    audience: audience.parse(row.audience),
    missed: row.missed as MissedPolicy,
    state: row.state as ReminderState,
    nextAt: row.nextAt,
  }
}

function toRule({ id, cron, offsetDays, atMinute }: Row): Rule {
  if (cron !== null) return { cron }
  if (offsetDays === null || atMinute === null) throw new Error(`Reminder ${id} has no time`)
  return { offsetDays, atMinute }
}

function toMatter({ id, contentId, seriesId, seriesPlace }: Row): Matter {
  if (contentId !== null) return { contentId }
  if (seriesId === null) throw new Error(`Reminder ${id} has nothing to say`)
  return { seriesId, seriesPlace }
}
