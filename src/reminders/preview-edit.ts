import { isLeaf } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { Db } from '../db/open-database.ts'
import { addDays, dayOf } from '../lib/calendar.ts'
import { dueVillages, villagesByDay } from './due-villages.ts'
import { findSaidToday } from './edit-reminder.ts'
import type { Mark } from './mark-store.ts'
import { decideEffect, listServed, type MoveDeps, type MoveEffect } from './preview-move.ts'
import { isOffsetRule, type Reminder } from './reminder.ts'
import type { FinishedDraft } from './reminder-draft.ts'
import { isSameElection } from './same-election.ts'

/** When it comes to some villages: a day and a minute of it. Null: never. */
type Due = { day: string; minute: number } | null
export type EditedVillages = { effect: MoveEffect; from: Due; to: Due; villages: number }

/** What a change of a reminder does, before anybody says yes. */
export type EditPreview = {
  /** By the days of the villages; none between two times of the clock. */
  villages: EditedVillages[]
  /** It said today what it is to say: times of the clock count from tomorrow. */
  isSaidToday: boolean
}

export async function readEdit(
  db: Db,
  deps: MoveDeps,
  before: Reminder,
  after: FinishedDraft,
): Promise<EditPreview> {
  const isSaidToday = (await findSaidToday(db, deps, before.id, after.matter)) !== null
  if (!isOffsetRule(before.rule) && !isOffsetRule(after.rule)) return { villages: [], isSaidToday }
  const areaIds = deps.tree.all.filter(isLeaf).map(({ id }) => id)
  const marks = await listServed(db, deps, { reminderIds: [before.id], areaIds })
  const villages = previewEdit(before, after, { marks, isSaidToday }, deps)
  return { villages, isSaidToday: isSaidToday && !isOffsetRule(after.rule) }
}

/** Villages for which nothing changes are left out; those that had it are one group. */
function previewEdit(
  before: Pick<Reminder, 'rule' | 'audience'>,
  after: FinishedDraft,
  { marks, isSaidToday }: { marks: readonly Mark[]; isSaidToday: boolean },
  deps: MoveDeps,
): EditedVillages[] {
  const { now, timezone, tree } = deps
  const today = dayOf(now, timezone)
  const [was, is] = [listDueDays(before, tree, today), listDueDays(after, tree, today)]
  const had = new Map(marks.map((mark) => [mark.areaId, mark]))
  const groups = new Map<string, EditedVillages>()
  for (const areaId of new Set([...was.keys(), ...is.keys()])) {
    const [from, to] = [was.get(areaId) ?? null, is.get(areaId) ?? null]
    if (from?.day === to?.day && from?.minute === to?.minute) continue
    const mark = had.get(areaId)
    const election = tree.electionDay(areaId)
    const isTold =
      (mark !== undefined && election !== null && isSameElection(mark.electionDay, election)) ||
      // By the clock, this morning.
      (isSaidToday && !isOffsetRule(before.rule) && to?.day === today)
    const days = { from: from?.day ?? null, to: to?.day ?? null, isTold }
    const atMinute = to?.minute ?? 0
    const effect = decideEffect({ ...days, missed: after.missed, atMinute }, deps)
    if (!effect) continue
    const ends = effect === 'sent' ? { from: null, to: null } : { from, to }
    const key = JSON.stringify([effect, ends])
    const group = groups.get(key) ?? { effect, ...ends, villages: 0 }
    groups.set(key, { ...group, villages: group.villages + 1 })
  }
  return [...groups.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** On which day a reminder of days comes to each village of its audience. */
function listDueDays(
  { rule, audience }: Pick<Reminder, 'rule' | 'audience'>,
  tree: AreaTree,
  today: string,
): Map<number, Due> {
  if (!isOffsetRule(rule)) return new Map()
  const days = villagesByDay(tree)
  const find = dueVillages({ rule, audience }, { tree, today, days })
  return new Map(
    [...days.keys()].flatMap((electionDay) => {
      const day = addDays(electionDay, rule.offsetDays)
      return find(day).map((areaId): [number, Due] => [areaId, { day, minute: rule.atMinute }])
    }),
  )
}

function orderOf({ from, to }: EditedVillages): string {
  return to?.day ?? from?.day ?? ''
}
