import type { AreaTree } from '../areas/area-tree.ts'
import { type PlanDeps, planContent } from '../audiences/plan-content.ts'
import type { ContentVersion } from '../content/content.ts'
import { findPublished, findVersion } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import { openEmptyQueue } from '../delivery/queue-control.ts'
import { sendingHours } from '../delivery/quiet-hours.ts'
import { dayOf } from '../lib/calendar.ts'
import { alarmAdmins } from '../staff/alarm-admins.ts'
import type { Due, Part, Slot } from './decide-due.ts'
import { createMarks, listAgain } from './mark-store.ts'
import { type PickVersion, pickVersion } from './pick-version.ts'
import { isOffsetRule, type Reminder, type Run, type RunReason } from './reminder.ts'
import type { ReminderDeps } from './reminder-deps.ts'
import { moveReminder, saveSeriesPlace } from './reminder-store.ts'
import { createRun, listQueues, saveRun } from './run-store.ts'

/** Of one moment. `hours`: those that somebody chose. */
export type PlanRunDeps = ReminderDeps & {
  tree: AreaTree
  at: Date
  hours: readonly number[]
  pick: PickVersion
}

type Opened = Omit<Extract<Due, { what: 'open' }>, 'what'>
type GoneOn = Omit<Extract<Due, { what: 'go-on' }>, 'what'>
export type OpenOutcome = { recipients: number; reason: RunReason | null }

/**
 * Begins a run, in the caller's transaction that holds the reminder: its line, the marks of its villages, its queue and the
 * deliveries of the hours that have come. Null when this time has its run already. `known` is a run that was asked about.
 */
export async function openRun(
  tx: Db,
  deps: PlanRunDeps,
  reminder: Reminder,
  { key, dueAt, slots, areaIds }: Opened,
  { run: known, reason = null }: { run?: Run; reason?: RunReason | null } = {},
): Promise<OpenOutcome | null> {
  const { at, timezone } = deps
  const picked = await deps.pick(tx, reminder.matter, dayOf(at, timezone))
  if ('reason' in picked) return endWithout(tx, deps, reminder, { key, dueAt, known, ...picked })
  const line = { key, dueAt, reason, ranAt: at, reminderId: reminder.id, state: 'nothing' as const }
  const runId = known ? known.id : await createRun(tx, line)
  if (runId === null) return null
  const ids = { reminderId: reminder.id, runId }
  const again = areaIds ? await mark(tx, deps.tree, { ...ids, areaIds }) : []
  const queueId = await openEmptyQueue(tx, {
    name: `${reminder.name} ${key}`,
    isPaid: false,
    hours: sendingHours,
    now: at,
  })
  const { version, place } = picked
  const parts = [{ slots, areaIds }]
  const recipients = await planParts(tx, deps, reminder, { queueId, version, again }, parts)
  const state = recipients > 0 ? ('sent' as const) : ('nothing' as const)
  await saveRun(tx, known ?? { ...line, id: runId }, {
    ...{ queueId, versionId: version.id, recipients, state, ranAt: at },
    reason: recipients > 0 ? reason : 'nobody',
  })
  // A place that nobody got comes again.
  if (place !== null && recipients > 0) await saveSeriesPlace(tx, reminder.id, place)
  return { recipients, reason }
}

/** Adds to a run of today whose hour has come now, and villages that got their day meanwhile. */
export async function goOnWithRun(
  tx: Db,
  deps: PlanRunDeps,
  reminder: Reminder,
  { run, parts, added }: GoneOn,
): Promise<number> {
  const { at, timezone } = deps
  const version = await findSaid(tx, reminder, run, dayOf(at, timezone))
  if (!(await saveRun(tx, run, { ranAt: at })) || run.queueId === null || !version) return 0
  if (added.length > 0)
    await mark(tx, deps.tree, { reminderId: reminder.id, runId: run.id, areaIds: added })
  const { queueId } = run
  const again = isOffsetRule(reminder.rule) ? await listAgain(tx, run.id) : []
  const more = await planParts(tx, deps, reminder, { queueId, version, again }, parts)
  if (more === 0) return 0
  await saveRun(
    tx,
    { ...run, ranAt: at },
    { state: 'sent', reason: null, versionId: version.id, recipients: run.recipients + more },
  )
  if (run.recipients === 0 && 'seriesId' in reminder.matter)
    await advanceSeries(tx, deps, reminder, version)
  return more
}

/**
 * What was corrected this morning is said as it is now, as is what the reminder was changed to; what was withdrawn is not
 * said any more.
 */
async function findSaid(
  tx: Db,
  { matter }: Reminder,
  { versionId }: Run,
  today: string,
): Promise<ContentVersion | null> {
  if ('contentId' in matter) return findPublished(tx, matter.contentId, today)
  const said = versionId === null ? null : await findVersion(tx, versionId)
  return said && findPublished(tx, said.contentId, today)
}

async function planParts(
  tx: Db,
  deps: PlanRunDeps,
  { id, audience }: Reminder,
  { queueId, version, again }: { queueId: number; version: ContentVersion; again: number[] },
  parts: readonly Part[],
): Promise<number> {
  const { keyring, messages, tree, at, timezone, hours } = deps
  const today = dayOf(at, timezone)
  const planDeps: PlanDeps = { keyring, messages, tree, today, now: at }
  // What somebody switched off does not come, whoever it is for.
  const topical = { topic: version.kind, ...audience }
  const earlier = again.length > 0 ? await listQueues(tx, id) : []
  let recipients = 0
  for (const { slots, areaIds, notHadFrom } of parts.flatMap((part) =>
    split(part, new Set(again), earlier),
  ))
    for (const hour of joinSlots(slots, hours))
      recipients += await planContent(tx, planDeps, {
        ...{ queueId, version, audience: topical, asksRead: true, purpose: 'reminder', notHadFrom },
        ...(areaIds ? { areaIds } : {}),
        ...(hour === undefined ? {} : { hour }),
      })
  return recipients
}

/** Where it came before, it comes to those who had none. */
function split(
  { slots, areaIds }: Part,
  again: ReadonlySet<number>,
  earlier: readonly number[],
): (Part & { notHadFrom: readonly number[] })[] {
  if (areaIds === null || again.size === 0) return [{ slots, areaIds, notHadFrom: [] }]
  return [
    { slots, areaIds: areaIds.filter((id) => !again.has(id)), notHadFrom: [] },
    { slots, areaIds: areaIds.filter((id) => again.has(id)), notHadFrom: earlier },
  ].filter((part) => part.areaIds.length > 0)
}

/** Everybody at once costs one statement instead of one for each hour. */
function joinSlots(slots: readonly Slot[], hours: readonly number[]): (Slot | undefined)[] {
  return slots.length === hours.length + 1 ? [undefined] : [...slots]
}

async function mark(
  tx: Db,
  tree: AreaTree,
  { areaIds, ...ids }: { reminderId: number; runId: number; areaIds: readonly number[] },
): Promise<number[]> {
  const marks = areaIds.flatMap((areaId) => {
    const electionDay = tree.electionDay(areaId)
    return electionDay === null ? [] : [{ ...ids, areaId, electionDay }]
  })
  return createMarks(tx, marks)
}

async function advanceSeries(
  tx: Db,
  { at, timezone }: PlanRunDeps,
  { id, matter }: Reminder,
  version: ContentVersion,
): Promise<void> {
  const next = await pickVersion(tx, matter, dayOf(at, timezone))
  if ('version' in next && next.version.contentId === version.contentId && next.place !== null)
    await saveSeriesPlace(tx, id, next.place)
}

async function endWithout(
  tx: Db,
  deps: PlanRunDeps,
  { id, name }: Reminder,
  {
    known,
    reason,
    ...line
  }: { key: string; dueAt: Date; known?: Run | undefined; reason: 'no-content' | 'series-over' },
): Promise<OpenOutcome | null> {
  const ended = { ...line, reason, reminderId: id, ranAt: deps.at, state: 'nothing' as const }
  if (known) await saveRun(tx, known, { reason, state: 'nothing', ranAt: deps.at })
  else if ((await createRun(tx, ended)) === null) return null
  if (reason === 'series-over') await moveReminder(tx, id, { from: ['active'], state: 'ended' })
  await alarmAdmins(tx, deps, `reminders:alarm.${reason}`, { name })
  return { recipients: 0, reason }
}
