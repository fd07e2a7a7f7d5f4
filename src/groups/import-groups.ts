import { loadDirectory } from '../areas/directory.ts'
import { retiresTooMany } from '../areas/retire-guard.ts'
import type { Db, PrismaClient } from '../db/open-database.ts'
import { findUncovered } from './find-uncovered.ts'
import {
  insertGroups,
  joinRosters,
  leaveRosters,
  listKnownGroups,
  lockGroups,
  replaceTerritories,
  retireGroups,
  retitleSupervisor,
  updateGroup,
} from './group-import-store.ts'
import { type GroupProblem, parseGroups } from './parse-groups.ts'
import { type GroupPlan, type GroupSummary, planGroups } from './plan-groups.ts'

export type ImportGroupsOutcome =
  /** `uncovered`: paths of villages and communities that no supervision group answers for. */
  | { outcome: 'imported'; summary: GroupSummary; uncovered: string[] }
  /** Nothing was written. */
  | { outcome: 'refused'; problems: GroupProblem[] }
  /** Nothing was written: there are no places that groups could answer for. */
  | { outcome: 'no-directory' }
  /** Nothing was written: the file looks like a part of the groups. */
  | { outcome: 'too-many-retired'; retired: number; known: number }

export type ImportGroupsInput = {
  /** All groups as CSV. Groups that it does not name are retired. */
  bytes: Uint8Array
  now: Date
  /** Set after a person has read how many groups would go. */
  mayRetireMany?: boolean
}

/** Brings groups, territories and rosters to what the file says, or changes nothing. Inboxes and enrolments stay. */
export async function importGroups(
  db: PrismaClient,
  input: ImportGroupsInput,
): Promise<ImportGroupsOutcome> {
  return db.$transaction(async (tx) => {
    await lockGroups(tx)
    const { tree } = await loadDirectory(tx)
    if (tree.all.length === 0) return { outcome: 'no-directory' }
    const { rows, problems } = parseGroups(input.bytes, tree)
    if (problems.length > 0) return { outcome: 'refused', problems }
    const known = await listKnownGroups(tx)
    const plan = planGroups(known, rows)
    const active = known.filter((group) => group.retiredAt === null).length
    if (!input.mayRetireMany && retiresTooMany(plan.retire.length, active))
      return { outcome: 'too-many-retired', retired: plan.retire.length, known: active }
    await writePlan(tx, plan, input.now)
    return { outcome: 'imported', summary: plan.summary, uncovered: findUncovered(tree, rows) }
  })
}

async function writePlan(db: Db, { changes, retire }: GroupPlan, now: Date): Promise<void> {
  const created = changes.filter(({ known }) => known === null).map(({ row }) => row)
  const newIds = await insertGroups(db, created)
  const withIds = changes.map((change) => {
    const groupId = change.known?.id ?? newIds.get(change.row.code)
    if (groupId === undefined) throw new Error(`The group ${change.row.code} was not written`)
    return { ...change, groupId }
  })
  for (const { known, row } of changes) if (known) await updateGroup(db, known.id, row)
  await replaceTerritories(
    db,
    withIds
      .filter(({ territoryChanged }) => territoryChanged)
      .map(({ groupId, row }) => ({ groupId, areaIds: row.areaIds })),
  )
  await leaveRosters(
    db,
    changes.flatMap(({ leave }) => leave.map(({ id }) => id)),
  )
  await joinRosters(
    db,
    withIds.flatMap(({ groupId, join }) => join.map((entry) => ({ ...entry, groupId }))),
  )
  for (const { retitle } of changes)
    for (const { id, title } of retitle) await retitleSupervisor(db, id, title)
  await retireGroups(
    db,
    retire.map(({ id }) => id),
    now,
  )
}
