import type { RecipientCount } from '../audiences/count-recipients.ts'
import { phaseOn } from '../calendar/phases.ts'
import type { Db } from '../db/open-database.ts'
import { isQuiet } from '../delivery/quiet-hours.ts'
import { addDays, dayOf, minuteOf } from '../lib/calendar.ts'
import { appendAudit } from '../staff/audit.ts'
import { countMatter } from './count-matter.ts'
import { dueVillages, villagesByDay } from './due-villages.ts'
import { listMarks } from './mark-store.ts'
import { pickVersion } from './pick-version.ts'
import { openRun, type PlanRunDeps } from './plan-run.ts'
import { isOffsetRule, type Reminder, type Run, type RunReason } from './reminder.ts'
import type { ReminderDeps } from './reminder-deps.ts'
import { lockReminder } from './reminder-store.ts'
import { findRun, listChosenHours, saveRun } from './run-store.ts'
import { listTold } from './same-election.ts'

export type HandOutcome =
  | { outcome: 'sent'; recipients: number }
  | { outcome: 'quiet' | 'gone' | 'answered' | Extract<RunReason, 'no-content' | 'series-over'> }
type Moment = Omit<PlanRunDeps, 'hours'>

/**
 * Sends a reminder to everybody now, whatever its time. One of days goes to the villages that are in its phase and had none:
 * nobody is told of a day that is not theirs. The same minute twice is once.
 */
export async function runByHand(
  tx: Db,
  deps: ReminderDeps,
  { reminderId, staffId }: { reminderId: number; staffId: number },
): Promise<HandOutcome> {
  const moment = await readMoment(tx, deps)
  const { at, timezone } = moment
  if (isQuiet(minuteOf(at, timezone))) return { outcome: 'quiet' }
  const reminder = await lockReminder(tx, reminderId)
  if (!reminder) return { outcome: 'gone' }
  const local = `${dayOf(at, timezone)} ${minuteOf(at, timezone)}`
  const areaIds = await listMissing(tx, moment, reminder)
  return send(tx, moment, reminder, { key: `now:${local}`, dueAt: at, areaIds }, staffId)
}

/** How many people it would reach now, in how many villages. */
export async function countByHand(
  db: Db,
  deps: ReminderDeps,
  reminder: Reminder,
): Promise<RecipientCount> {
  const moment = await readMoment(db, deps)
  const today = dayOf(moment.at, moment.timezone)
  const picked = await pickVersion(db, reminder.matter, today)
  const areas = await listMissing(db, moment, reminder)
  if ('reason' in picked || areas?.length === 0)
    return { people: 0, areas: 0, byArea: new Map(), withoutDay: 0 }
  const audience = { ...reminder.audience, ...(areas ? { areas } : {}) }
  return countMatter(db, { tree: moment.tree, today }, { picked, audience })
}

/** An admin says what becomes of a time that was missed. Only the first answer counts. */
export async function answerMissedRun(
  tx: Db,
  deps: ReminderDeps,
  { runId, isSent, staffId }: { runId: number; isSent: boolean; staffId: number },
): Promise<HandOutcome> {
  const asked = await findRun(tx, runId)
  const reminder = asked && (await lockReminder(tx, asked.reminderId))
  const run = await findRun(tx, runId)
  if (!run || !reminder) return { outcome: 'gone' }
  if (run.state !== 'asked') return { outcome: 'answered' }
  const moment = await readMoment(tx, deps)
  const { at, timezone, tree } = moment
  if (!isSent) {
    await saveRun(tx, run, { state: 'skipped', reason: 'declined', ranAt: at })
    await note(tx, at, { action: 'missed reminder declined', reminderId: reminder.id, staffId })
    return { outcome: 'sent', recipients: 0 }
  }
  if (isQuiet(minuteOf(at, timezone))) return { outcome: 'quiet' }
  const days = { tree, today: dayOf(at, timezone), days: villagesByDay(tree) }
  const areaIds = isOffsetRule(reminder.rule)
    ? await withoutMarked(tx, moment, reminder, dueVillages(reminder, days)(run.key))
    : null
  return send(tx, moment, reminder, { ...run, areaIds }, staffId, run)
}

async function send(
  tx: Db,
  moment: Moment,
  reminder: Reminder,
  due: { key: string; dueAt: Date; areaIds: number[] | null },
  staffId: number,
  run?: Run,
): Promise<HandOutcome> {
  const hours = await listChosenHours(tx)
  const opened = await openRun(
    tx,
    { ...moment, hours },
    reminder,
    { ...due, slots: [null, ...hours] },
    { reason: 'by-hand', ...(run ? { run } : {}) },
  )
  if (!opened) return { outcome: 'answered' }
  const { reason, recipients } = opened
  if (reason === 'no-content' || reason === 'series-over') return { outcome: reason }
  await note(tx, moment.at, { action: 'reminder sent by hand', reminderId: reminder.id, staffId })
  return { outcome: 'sent', recipients }
}

async function readMoment(db: Db, deps: ReminderDeps): Promise<Moment> {
  return {
    ...deps,
    tree: (await deps.directory.current(db)).tree,
    at: deps.now(),
    pick: pickVersion,
  }
}

/** Where a reminder of days may still be told today: anywhere in its phase. Null for one by the clock. */
async function listMissing(db: Db, moment: Moment, reminder: Reminder): Promise<number[] | null> {
  const { rule } = reminder
  if (!isOffsetRule(rule)) return null
  const { tree, at, timezone } = moment
  const today = dayOf(at, timezone)
  const phase = phaseOn(rule.offsetDays)
  const length = phase ? phase.to - rule.offsetDays : 0
  const find = dueVillages(reminder, { tree, today, days: villagesByDay(tree) })
  const due = Array.from({ length: length + 1 }, (_, back) => find(addDays(today, -back))).flat()
  return withoutMarked(db, moment, reminder, due)
}

async function withoutMarked(
  db: Db,
  { tree }: Moment,
  { id }: Reminder,
  areaIds: number[],
): Promise<number[]> {
  const marks = await listMarks(db, { reminderIds: [id], areaIds })
  const told = listTold(tree, marks)
  return areaIds.filter((id) => !told.has(id))
}

async function note(
  tx: Db,
  at: Date,
  { action, reminderId, staffId }: { action: string; reminderId: number; staffId: number },
): Promise<void> {
  const subject = `reminder:${reminderId}`
  await appendAudit(tx, { at, action, actor: `staff:${staffId}`, subject, detail: {} })
}
