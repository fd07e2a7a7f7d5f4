import { randomBytes } from 'node:crypto'
import type { Db } from '../db/open-database.ts'
import { pauseQueue, resumeQueue } from '../delivery/queue-control.ts'
import { dayOf, instantAt } from '../lib/calendar.ts'
import { appendAudit } from '../staff/audit.ts'
import { findNextRun } from './cron-times.ts'
import { isOffsetRule, type Reminder } from './reminder.ts'
import { createReminder, lockReminder, moveReminder } from './reminder-store.ts'
import { listOpenQueues, skipHours } from './run-store.ts'

type ChangeDeps = { now: Date; timezone: string; staffId: number }

/** A new rule, active from now on. Returns its number. */
export async function addReminder(
  tx: Db,
  { now, timezone, staffId }: ChangeDeps,
  reminder: Pick<Reminder, 'name' | 'rule' | 'matter' | 'audience' | 'missed'>,
): Promise<number> {
  const id = await createReminder(tx, {
    ...reminder,
    code: `reminder-${randomBytes(4).toString('hex')}`,
    state: 'active',
    nextAt: firstTime(reminder, { now, timezone }),
    createdById: staffId,
    createdAt: now,
  })
  await note(tx, { now, staffId }, 'reminder created', id)
  return id
}

/** Nothing new is planned, and what waits to be sent stays. False: it was not active. */
export async function pauseReminder(
  tx: Db,
  { now, staffId }: ChangeDeps,
  id: number,
): Promise<boolean> {
  if (!(await moveReminder(tx, id, { from: ['active'], state: 'paused' }))) return false
  for (const queueId of await listOpenQueues(tx, id)) await pauseQueue(tx, queueId)
  await note(tx, { now, staffId }, 'reminder paused', id)
  return true
}

/** What waits goes out; what would have been due meanwhile is passed over. False: it was active already. */
export async function resumeReminder(
  tx: Db,
  { now, timezone, staffId }: ChangeDeps,
  id: number,
): Promise<boolean> {
  const reminder = await lockReminder(tx, id)
  if (!reminder) return false
  const nextAt = firstTime(reminder, { now, timezone })
  const change = { from: ['paused' as const, 'ended' as const], state: 'active' as const, nextAt }
  if (!(await moveReminder(tx, id, change))) return false
  await skipHours(tx, id, { since: instantAt(dayOf(now, timezone), 0, timezone), now })
  for (const queueId of await listOpenQueues(tx, id)) await resumeQueue(tx, queueId)
  await note(tx, { now, staffId }, 'reminder resumed', id)
  return true
}

/** See `Reminder.nextAt`. */
export function firstTime(
  { rule }: Pick<Reminder, 'rule'>,
  { now, timezone }: { now: Date; timezone: string },
): Date | null {
  return isOffsetRule(rule) ? now : findNextRun(rule.cron, { now, timezone })
}

async function note(
  tx: Db,
  { now, staffId }: Pick<ChangeDeps, 'now' | 'staffId'>,
  action: string,
  id: number,
): Promise<void> {
  const subject = `reminder:${id}`
  await appendAudit(tx, { at: now, actor: `staff:${staffId}`, action, subject, detail: {} })
}
