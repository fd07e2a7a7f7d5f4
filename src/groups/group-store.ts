import type { Db } from '../db/open-database.ts'
import type { RoutingGroup } from './decide-group.ts'
import type { Group, GroupKind, GroupLevel, InboxState } from './group.ts'
import { namesOf } from './roster-names.ts'

const openTipStates = ['waiting', 'acknowledged']
const withAreas = { territory: { select: { areaId: true } } } as const

type GroupRow = Omit<Group, 'kind' | 'level' | 'inboxState' | 'inboxChatId' | 'areaIds'> & {
  kind: string
  level: string
  inboxState: string
  inboxChatId: bigint | null
  territory: { areaId: number }[]
}

/** Groups that are not retired, in the order of their codes. */
export async function listGroups(db: Db): Promise<Group[]> {
  const where = { retiredAt: null }
  const rows = await db.group.findMany({ where, include: withAreas, orderBy: { code: 'asc' } })
  return rows.map(toGroup)
}

export async function findGroup(db: Db, id: number): Promise<Group | null> {
  const row = await db.group.findUnique({ where: { id }, include: withAreas })
  return row && toGroup(row)
}

export async function findGroupByCode(db: Db, code: string): Promise<Group | null> {
  const row = await db.group.findUnique({ where: { code }, include: withAreas })
  return row && toGroup(row)
}

/** The group whose inbox this chat is, whether bound or broken. */
export async function findGroupByChat(db: Db, chatId: number): Promise<Group | null> {
  const row = await db.group.findUnique({
    where: { inboxChatId: BigInt(chatId) },
    include: withAreas,
  })
  return row && toGroup(row)
}

type RoutingRow = Omit<RoutingGroup, 'rosterNames' | 'rosterTitles' | 'enrolled'> & {
  supervisors: { name: string; title: string; state: string }[]
}

/** What `decideGroup` needs to know about the groups that answer for one of these places. */
export async function listRoutingGroups(
  db: Db,
  areaIds: readonly number[],
): Promise<RoutingGroup[]> {
  // One statement, and each group's tips counted by the index: Prisma's own call counts those of all groups.
  const rows = await db.$queryRaw<RoutingRow[]>`
    SELECT id, code, kind, level, description, categories, "inboxState",
      ARRAY(SELECT "areaId" FROM group_territory WHERE "groupId" = g.id) AS "areaIds",
      (SELECT coalesce(json_agg(json_build_object('name', name, 'title', title, 'state', state) ORDER BY id), '[]')
        FROM supervisor WHERE "groupId" = g.id) AS supervisors,
      (SELECT count(*) FROM tip WHERE "groupId" = g.id AND state = ANY(${openTipStates}))::int AS "openTips"
    FROM "group" g
    WHERE "retiredAt" IS NULL AND EXISTS (
      SELECT 1 FROM group_territory WHERE "groupId" = g.id AND "areaId" = ANY(${[...areaIds]}::int[]))`
  return rows.map(({ supervisors, ...group }) => ({
    ...group,
    rosterNames: supervisors.flatMap(namesOf),
    rosterTitles: supervisors.filter(isListed).map(({ title }) => title),
    enrolled: supervisors.filter(({ state }) => state === 'enrolled').length,
  }))
}

/** Of an office only who has it now is meant. */
const isListed = ({ state }: { state: string }) => state !== 'left'

function toGroup(row: GroupRow): Group {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind as GroupKind,
    level: row.level as GroupLevel,
    description: row.description,
    categories: row.categories,
    areaIds: row.territory.map(({ areaId }) => areaId),
    retiredAt: row.retiredAt,
    inboxState: row.inboxState as InboxState,
    inboxChatId: row.inboxChatId === null ? null : Number(row.inboxChatId),
    inboxForum: row.inboxForum,
    inboxReason: row.inboxReason,
  }
}
