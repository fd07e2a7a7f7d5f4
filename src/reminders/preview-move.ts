import type { AreaTree } from '../areas/area-tree.ts'
import { areasOf } from '../audiences/audience-areas.ts'
import type { MovedVillage } from '../calendar/plan-days.ts'
import type { Db } from '../db/open-database.ts'
import { isQuiet } from '../delivery/quiet-hours.ts'
import { addDays, dayOf, minuteOf } from '../lib/calendar.ts'
import { graceMinutes } from './decide-due.ts'
import { listMarks, type Mark } from './mark-store.ts'
import { isOffsetRule, type MissedPolicy, type Reminder } from './reminder.ts'
import { listReminders } from './reminder-store.ts'
import { isSameElection } from './same-election.ts'
import { listUnfinished } from './waiting-store.ts'

/**
 * What a new election day does to one reminder in some villages. moved: comes on another day. now: its day is today and its
 * hour is over, it comes at once. asked: the same, but the office is asked first. missed: its day is over, it does not come.
 * sent: they had it, it does not come again. gone: there is no election day any more.
 */
export type MoveEffect = 'moved' | 'now' | 'asked' | 'missed' | 'sent' | 'gone'

export type MovedReminder = {
  reminder: Reminder
  effect: MoveEffect
  /** Days on which it was and is due; null: none. */
  from: string | null
  to: string | null
  villages: number
}

export type MoveDeps = {
  /** As it will be; risk classes and places are those of now. */
  tree: AreaTree
  now: Date
  timezone: string
}

/** For every reminder of days, in the order of its days, what happens to the villages that move. */
export async function readMoves(
  db: Db,
  deps: MoveDeps,
  moved: readonly MovedVillage[],
): Promise<MovedReminder[]> {
  const reminders = await listReminders(db, ['active', 'paused'])
  const reminderIds = reminders.map(({ id }) => id)
  const areaIds = moved.map(({ areaId }) => areaId)
  return previewMoves(reminders, moved, await listServed(db, deps, { reminderIds, areaIds }), deps)
}

/** Marks of villages in which nobody waits for it any more. */
export async function listServed(
  db: Db,
  { now, timezone }: Pick<MoveDeps, 'now' | 'timezone'>,
  where: { reminderIds: readonly number[]; areaIds: readonly number[] },
): Promise<Mark[]> {
  const marks = await listMarks(db, where)
  const today = dayOf(now, timezone)
  const unfinished = await listUnfinished(db, { today, now, timezone })
  const waits = new Set(unfinished.map(({ reminderId, areaId }) => `${reminderId} ${areaId}`))
  return marks.filter(
    ({ reminderId, areaId, state }) => state !== 'open' && !waits.has(`${reminderId} ${areaId}`),
  )
}

export function previewMoves(
  reminders: readonly Reminder[],
  moved: readonly MovedVillage[],
  marks: readonly Mark[],
  deps: MoveDeps,
): MovedReminder[] {
  const groups = new Map<string, MovedReminder>()
  for (const reminder of reminders) {
    if (!isOffsetRule(reminder.rule)) continue
    const wanted = areasOf(reminder.audience, { ...deps, today: dayOf(deps.now, deps.timezone) })
    const audience = wanted && new Set(wanted)
    const mine = new Map(
      marks.filter((mark) => mark.reminderId === reminder.id).map((mark) => [mark.areaId, mark]),
    )
    for (const village of moved) {
      if (audience && !audience.has(village.areaId)) continue
      const found = moveOf(reminder, reminder.rule, village, mine.get(village.areaId), deps)
      if (!found) continue
      const key = [reminder.id, found.effect, found.from, found.to].join()
      const group = groups.get(key) ?? { reminder, ...found, villages: 0 }
      groups.set(key, { ...group, villages: group.villages + 1 })
    }
  }
  return [...groups.values()].sort(
    (a, b) => offsetOf(a.reminder) - offsetOf(b.reminder) || (dayFor(a) < dayFor(b) ? -1 : 1),
  )
}

/** Null: nothing that somebody would notice. */
function moveOf(
  { missed }: Reminder,
  { offsetDays, atMinute }: { offsetDays: number; atMinute: number },
  village: MovedVillage,
  mark: Mark | undefined,
  deps: MoveDeps,
): Pick<MovedReminder, 'effect' | 'from' | 'to'> | null {
  const dueOn = (day: string | null) => (day === null ? null : addDays(day, offsetDays))
  const [from, to] = [dueOn(village.from), dueOn(village.to)]
  const election = village.to ?? village.from
  const isTold =
    mark !== undefined && election !== null && isSameElection(mark.electionDay, election)
  const effect = decideEffect({ from, to, isTold, missed, atMinute }, deps)
  return effect && { effect, from, to }
}

/** A reminder in a village: when it was and is due, and whether it had it. */
type Moving = {
  from: string | null
  to: string | null
  isTold: boolean
  missed: MissedPolicy
  atMinute: number
}

/** What becomes of a reminder whose day in a village changes. Null: nothing that somebody would notice. */
export function decideEffect(
  { from, to, isTold, missed, atMinute }: Moving,
  { now, timezone }: Pick<MoveDeps, 'now' | 'timezone'>,
): MoveEffect | null {
  const today = dayOf(now, timezone)
  const minute = minuteOf(now, timezone)
  const wasDue = from !== null && from >= today
  if (isTold) return 'sent'
  if (to === null) return wasDue ? 'gone' : null
  if (to > today || (to === today && minute < atMinute)) return 'moved'
  // In the evening the quiet hours begin, and tomorrow it is over.
  if (to === today && !isQuiet(minute)) {
    if (missed === 'late' || minute <= atMinute + graceMinutes) return 'now'
    return missed === 'ask' ? 'asked' : 'missed'
  }
  // Was over before and still is.
  return from !== null && !wasDue ? null : 'missed'
}

function offsetOf({ rule }: Reminder): number {
  return isOffsetRule(rule) ? rule.offsetDays : 0
}

function dayFor({ from, to }: MovedReminder): string {
  return to ?? from ?? ''
}
