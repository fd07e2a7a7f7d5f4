import type { AreaTree } from '../areas/area-tree.ts'
import type { Db, PrismaClient } from '../db/open-database.ts'
import { cancelQueue, finishQueues } from '../delivery/queue-control.ts'
import { isQuiet } from '../delivery/quiet-hours.ts'
import { describeError } from '../errors.ts'
import { addDays, dayOf, instantAt, minuteOf } from '../lib/calendar.ts'
import type { Log } from '../lib/log.ts'
import { askAboutRun } from './ask-about-run.ts'
import { findNextRun } from './cron-times.ts'
import { type Due, decideDue, lookBackDays, type VillageFacts } from './decide-due.ts'
import { dueVillages, villagesByDay } from './due-villages.ts'
import { listMarksOf, listMarksOfRuns } from './mark-store.ts'
import { pickVersionsOnce } from './pick-version.ts'
import { goOnWithRun, openRun, type PlanRunDeps } from './plan-run.ts'
import { isOffsetRule, type Reminder, type Run } from './reminder.ts'
import type { ReminderDeps } from './reminder-deps.ts'
import { listReminders, lockReminder, saveNextAt } from './reminder-store.ts'
import { createRun, listChosenHours, listOldQueues, listRunsSince } from './run-store.ts'
import { listTold } from './same-election.ts'
import { withdraw } from './withdraw-run.ts'

type DueReminder = { reminder: Reminder; dues: Due[] }

/**
 * Everything that reminders have to say at this moment: looked at once for all, then planned a few to a transaction. When
 * one fails, those with it are planned again, each by itself, so that it holds up no other. Safe to be called at any time,
 * by several processes. Returns how many did something.
 */
export async function sendReminders(
  db: PrismaClient,
  deps: ReminderDeps & { log: Log },
): Promise<number> {
  const at = deps.now()
  await closeQueues(db, deps, at)
  if (isQuiet(minuteOf(at, deps.timezone))) return 0
  const reminders = await listReminders(db, ['active'])
  if (reminders.length === 0) return 0
  const { tree } = await deps.directory.current(db)
  const hours = await listChosenHours(db)
  const moment = { ...deps, tree, at, hours, pick: pickVersionsOnce() }
  const due = await listDue(db, moment, reminders)
  const batches = Array.from({ length: Math.ceil(due.length / together) }, (_, n) =>
    due.slice(n * together, (n + 1) * together),
  ).values()
  let count = 0
  const planBatches = async () => {
    for (const batch of batches) {
      const done = await planBatch(db, { ...moment, log: deps.log }, batch)
      count += done
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, planBatches))
  return count
}

/** A thousand may be due in one minute, and each is a dozen short statements whose way to a server takes longer than they do. */
const sideBySide = 4
/** Each end of a transaction waits for the disk. Few, because an embedded database answers nobody meanwhile. */
const together = 5

async function planBatch(
  db: PrismaClient,
  deps: PlanRunDeps & { log: Log },
  batch: readonly DueReminder[],
): Promise<number> {
  try {
    return await db.$transaction(async (tx) => {
      let count = 0
      for (const { reminder, dues } of batch) if (await planDue(tx, deps, reminder, dues)) count++
      return count
    })
  } catch (error) {
    const [only] = batch
    if (batch.length === 1 && only) {
      const { id: reminderId } = only.reminder
      deps.log.error({ reminderId, error: describeError(error) }, 'reminder failed')
      return 0
    }
    let count = 0
    for (const one of batch) count += await planBatch(db, deps, [one])
    return count
  }
}

async function listDue(
  db: Db,
  deps: PlanRunDeps,
  reminders: readonly Reminder[],
): Promise<DueReminder[]> {
  const { at, timezone, tree, hours } = deps
  const today = dayOf(at, timezone)
  const since = instantAt(addDays(today, -lookBackDays), 0, timezone)
  const ids = reminders.map(({ id }) => id)
  const runs = Map.groupBy(await listRunsSince(db, ids, since), ({ reminderId }) => reminderId)
  const facts = await listFacts(db, { tree, today }, reminders, runs)
  return reminders.flatMap((reminder) => {
    const mine = runs.get(reminder.id) ?? []
    const dues = decideDue(reminder, mine, { now: at, timezone, hours }, facts(reminder))
    return dues.length > 0 ? [{ reminder, dues }] : []
  })
}

/** Marks are read for the places in question only: after an election there are thousands. */
async function listFacts(
  db: Db,
  { tree, today }: { tree: AreaTree; today: string },
  reminders: readonly Reminder[],
  runs: ReadonlyMap<number, readonly Run[]>,
): Promise<(reminder: Reminder) => VillageFacts> {
  const days = villagesByDay(tree)
  const ofDays = reminders.filter(({ rule }) => isOffsetRule(rule))
  const dueOn = new Map(
    ofDays.map((reminder) => [reminder.id, remember(dueVillages(reminder, { tree, today, days }))]),
  )
  const looked = Array.from({ length: lookBackDays + 1 }, (_, back) => addDays(today, -back))
  const inQuestion = Map.groupBy(ofDays, ({ id }) => {
    const villages = dueOn.get(id)
    return villages ? looked.flatMap((day) => villages(day)).join() : ''
  })
  inQuestion.delete('')
  const marks = await listMarksOf(
    db,
    [...inQuestion].map(([areaIds, those]) => ({
      reminderIds: those.map(({ id }) => id),
      areaIds: areaIds.split(',').map(Number),
    })),
  )
  const runIds = ofDays.flatMap(({ id }) =>
    (runs.get(id) ?? []).filter(({ key }) => key === today).map((run) => run.id),
  )
  const reached = Map.groupBy(await listMarksOfRuns(db, runIds), ({ reminderId }) => reminderId)
  const had = Map.groupBy(marks, ({ reminderId }) => reminderId)
  return ({ id }) => ({
    dueOn: dueOn.get(id) ?? (() => []),
    had: listTold(tree, had.get(id) ?? []),
    inRun: (reached.get(id) ?? []).map(({ areaId }) => areaId),
  })
}

/** False when another process was first, or the reminder or a date has changed: the next minute looks anew. */
async function planDue(
  tx: Db,
  deps: PlanRunDeps,
  seen: Reminder,
  dues: readonly Due[],
): Promise<boolean> {
  const reminder = await lockReminder(tx, seen.id)
  if (reminder?.state !== 'active' || reminder.nextAt?.getTime() !== seen.nextAt?.getTime())
    return false
  const isOfDays = isOffsetRule(reminder.rule)
  if (isOfDays && (await deps.directory.current(tx)).tree !== deps.tree) return false
  for (const due of dues) await plan(tx, deps, reminder, due)
  // Looked at again every minute of the day; mostly there is nothing left to take back.
  return dues.some(({ what }) => what !== 'withdraw')
}

async function plan(tx: Db, deps: PlanRunDeps, reminder: Reminder, due: Due): Promise<void> {
  const { at, timezone } = deps
  switch (due.what) {
    case 'open':
      await openRun(tx, deps, reminder, due)
      return
    case 'go-on':
      await goOnWithRun(tx, deps, reminder, due)
      return
    case 'withdraw':
      return withdraw(tx, due, { now: at, timezone })
    case 'next': {
      const { rule } = reminder
      if (isOffsetRule(rule)) return
      return saveNextAt(tx, reminder.id, findNextRun(rule.cron, { now: due.after, timezone }))
    }
    default: {
      const { key, dueAt } = due
      const state = due.what === 'ask' ? ('asked' as const) : ('skipped' as const)
      const line = { key, dueAt, state, reason: 'missed' as const, ranAt: at }
      const runId = await createRun(tx, { ...line, reminderId: reminder.id })
      if (runId !== null && due.what === 'ask') await askAboutRun(tx, deps, reminder, runId, due)
    }
  }
}

/**
 * What was not sent by the end of its day: words that count the days would be wrong tomorrow, so they are given up and
 * counted as cancelled; others go on in the morning.
 */
async function closeQueues(db: PrismaClient, { timezone }: ReminderDeps, at: Date): Promise<void> {
  const old = await listOldQueues(db, instantAt(dayOf(at, timezone), 0, timezone))
  for (const { queueId, isOver } of old)
    await db.$transaction((tx) =>
      isOver ? cancelQueue(tx, queueId, at) : finishQueues(tx, { ids: [queueId] }),
    )
}

function remember(find: (day: string) => number[]): (day: string) => number[] {
  const known = new Map<string, number[]>()
  return (day) => {
    const found = known.get(day) ?? find(day)
    known.set(day, found)
    return found
  }
}
