import type { AreaTree } from '../areas/area-tree.ts'
import type { Db } from '../db/open-database.ts'
import { addDays, dayOf, instantAt } from '../lib/calendar.ts'
import { appendAudit } from '../staff/audit.ts'
import { findNextRun } from './cron-times.ts'
import { dueVillages, villagesByDay } from './due-villages.ts'
import { createMarks, reopenMarks } from './mark-store.ts'
import { isOffsetRule, type Matter, type Reminder } from './reminder.ts'
import { type FinishedDraft, matterOf, timeOf, wordingOf } from './reminder-draft.ts'
import { lockReminder, saveReminder } from './reminder-store.ts'
import { findLastPlace, findRunThatSaid, passOverMissed } from './run-store.ts'

export type EditDeps = { now: Date; timezone: string; staffId: number; tree: AreaTree }
export type EditOutcome = 'changed' | 'unchanged' | 'outdated' | 'gone'

/**
 * Gives a reminder other content, another time, audience, name or way when missed, in the caller's transaction. What it sent
 * stays sent: no village has it a second time in its election, and nobody twice on one day. `was` is what somebody saw of it.
 */
export async function editReminder(
  tx: Db,
  deps: EditDeps,
  { id, was, given }: { id: number; was: string; given: FinishedDraft },
): Promise<EditOutcome> {
  const before = await lockReminder(tx, id)
  if (!before) return 'gone'
  if (wordingOf(before) !== was) return 'outdated'
  if (wordingOf(given) === was) return 'unchanged'
  const after = { ...given, matter: await goOnWith(tx, before, given.matter) }
  await saveReminder(tx, id, { ...after, nextAt: await settleTime(tx, deps, before, after) })
  await note(tx, deps, before, after)
  return 'changed'
}

/** The run of today that said what a reminder is to say now; null: none, or it says the next of a series. */
export async function findSaidToday(
  db: Db,
  { now, timezone }: Pick<EditDeps, 'now' | 'timezone'>,
  reminderId: number,
  matter: Matter,
): Promise<number | null> {
  if (!('contentId' in matter)) return null
  const since = instantAt(dayOf(now, timezone), 0, timezone)
  return findRunThatSaid(db, { reminderId, contentId: matter.contentId, since })
}

/** From when the times of a changed expression count: what came today does not come today again. */
export function countsFrom(
  isSaidToday: boolean,
  { now, timezone }: Pick<EditDeps, 'now' | 'timezone'>,
): Date {
  if (!isSaidToday) return now
  return new Date(instantAt(addDays(dayOf(now, timezone), 1), 0, timezone).getTime() - 1)
}

/** A series that it said before goes on where it was. */
async function goOnWith(tx: Db, { id, matter: before }: Reminder, after: Matter): Promise<Matter> {
  if ('contentId' in after) return after
  if ('seriesId' in before && before.seriesId === after.seriesId) return before
  const { seriesId } = after
  return { seriesId, seriesPlace: await findLastPlace(tx, { reminderId: id, seriesId }) }
}

/** See `Reminder.nextAt`. */
async function settleTime(
  tx: Db,
  deps: EditDeps,
  before: Reminder,
  after: FinishedDraft,
): Promise<Date | null> {
  const isOtherTime = timeOf(before.rule) !== timeOf(after.rule)
  const since = instantAt(dayOf(deps.now, deps.timezone), 0, deps.timezone)
  if (isOtherTime) await passOverMissed(tx, { reminderId: before.id, since })
  if (isOffsetRule(after.rule)) {
    if (!isOffsetRule(before.rule)) await markToday(tx, deps, { id: before.id, ...after })
    return deps.now
  }
  if (!isOtherTime) return before.nextAt
  const said = await findSaidToday(tx, deps, before.id, after.matter)
  const { timezone } = deps
  return findNextRun(after.rule.cron, { now: countsFrom(said !== null, deps), timezone })
}

/** Villages whose day is today had it by the clock: there it comes to those who had none. */
async function markToday(
  tx: Db,
  { tree, now, timezone }: EditDeps,
  reminder: FinishedDraft & { id: number },
): Promise<void> {
  const runId = await findSaidToday(tx, { now, timezone }, reminder.id, reminder.matter)
  if (runId === null) return
  const today = dayOf(now, timezone)
  const areaIds = dueVillages(reminder, { tree, today, days: villagesByDay(tree) })(today)
  const marks = areaIds.map((areaId) => ({
    ...{ reminderId: reminder.id, areaId, runId },
    electionDay: tree.electionDay(areaId) ?? today,
  }))
  await createMarks(tx, marks)
  await reopenMarks(tx, runId, areaIds)
}

async function note(
  tx: Db,
  { now, staffId }: EditDeps,
  before: Reminder,
  after: FinishedDraft,
): Promise<void> {
  const changes = {
    name: [before.name, after.name],
    time: [timeOf(before.rule), timeOf(after.rule)],
    says: [matterOf(before.matter), matterOf(after.matter)],
    audience: [JSON.stringify(before.audience), JSON.stringify(after.audience)],
    missed: [before.missed, after.missed],
  }
  await appendAudit(tx, {
    at: now,
    actor: `staff:${staffId}`,
    action: 'reminder changed',
    subject: `reminder:${before.id}`,
    detail: Object.fromEntries(
      Object.entries(changes)
        .filter(([, [from, to]]) => from !== to)
        .map(([what, [from, to]]) => [what, `${from} → ${to}`]),
    ),
  })
}
