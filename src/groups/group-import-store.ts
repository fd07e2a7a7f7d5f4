import type { Db } from '../db/open-database.ts'
import type { GroupKind, GroupLevel, SupervisorState } from './group.ts'
import type { GroupRow } from './parse-groups.ts'
import type { RosterEntry } from './parse-roster.ts'
import type { KnownGroup } from './plan-groups.ts'

/** The writes of an import. All belong into one transaction. */

const noRights = {
  state: 'left',
  telegramId: null,
  enrolKey: null,
  enrolUntilAt: null,
  enrolledAt: null,
}
const noInbox = {
  inboxState: 'unbound',
  inboxChatId: null,
  inboxForum: false,
  inboxReason: null,
  bindKey: null,
  bindUntilAt: null,
}

/** Lets no other import in until the transaction ends; reading goes on. */
export async function lockGroups(db: Db): Promise<void> {
  await db.$executeRaw`LOCK TABLE "group" IN SHARE ROW EXCLUSIVE MODE`
}

export async function countGroups(db: Db): Promise<number> {
  return db.group.count()
}

/** Every group with its whole roster, retired groups and those who left included. */
export async function listKnownGroups(db: Db): Promise<KnownGroup[]> {
  const rows = await db.group.findMany({ include: { territory: true, supervisors: true } })
  return rows.map(({ territory, supervisors, ...row }) => ({
    ...row,
    kind: row.kind as GroupKind,
    level: row.level as GroupLevel,
    areaIds: territory.map(({ areaId }) => areaId),
    roster: supervisors.map(({ id, name, title, state }) => ({
      id,
      name,
      title,
      state: state as SupervisorState,
    })),
  }))
}

/** Returns the ids by code. */
export async function insertGroups(
  db: Db,
  rows: readonly GroupRow[],
): Promise<ReadonlyMap<string, number>> {
  const created = await db.group.createManyAndReturn({
    data: rows.map(columnsOf),
    select: { id: true, code: true },
  })
  return new Map(created.map(({ id, code }) => [code, id]))
}

export async function updateGroup(db: Db, id: number, row: GroupRow): Promise<void> {
  await db.group.update({ where: { id }, data: { ...columnsOf(row), retiredAt: null } })
}

export async function replaceTerritories(
  db: Db,
  territories: readonly { groupId: number; areaIds: readonly number[] }[],
): Promise<void> {
  const groupIds = territories.map(({ groupId }) => groupId)
  await db.groupTerritory.deleteMany({ where: { groupId: { in: groupIds } } })
  await db.groupTerritory.createMany({
    data: territories.flatMap(({ groupId, areaIds }) =>
      areaIds.map((areaId) => ({ groupId, areaId })),
    ),
  })
}

/** Writes names on rosters. Somebody who had left comes back as listed and must enrol again. */
export async function joinRosters(
  db: Db,
  entries: readonly (RosterEntry & { groupId: number })[],
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO supervisor ("groupId", name, title)
    SELECT "groupId", name, title
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS new ("groupId" int, name text, title text)
    ON CONFLICT ("groupId", name) DO UPDATE SET state = 'listed', title = excluded.title`
}

export async function retitleSupervisor(db: Db, id: number, title: string): Promise<void> {
  await db.supervisor.update({ where: { id }, data: { title } })
}

/** Takes every right at once: the account is forgotten and an unused link stops working. */
export async function leaveRosters(db: Db, ids: readonly number[]): Promise<void> {
  await db.supervisor.updateMany({ where: { id: { in: [...ids] } }, data: noRights })
}

/** A retired group has no inbox, and its whole roster leaves. */
export async function retireGroups(db: Db, ids: readonly number[], now: Date): Promise<void> {
  const where = { in: [...ids] }
  await db.group.updateMany({ where: { id: where }, data: { ...noInbox, retiredAt: now } })
  await db.supervisor.updateMany({ where: { groupId: where }, data: noRights })
}

function columnsOf({ code, name, kind, level, description, categories }: GroupRow) {
  return { code, name, kind, level, description, categories }
}
