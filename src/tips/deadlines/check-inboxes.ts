import type { Db, PrismaClient } from '../../db/open-database.ts'
import { findLastDone, listMarkedGroups, markDone, noGroup } from '../../groups/daily-mark-store.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup, listGroups } from '../../groups/group-store.ts'
import { readActivity } from '../../groups/supervisor-store.ts'
import { dayOf, minuteOf } from '../../lib/calendar.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { rerouteTakenTips } from '../routing/reroute-tips.ts'
import { tellAbove } from '../routing/tell-above.ts'
import { clearUnattended } from '../routing/unattended-group.ts'
import type { DeadlineDeps } from './deadline-deps.ts'
import { listStuckTips } from './deadline-store.ts'
import { hasOldCard } from './digest-store.ts'

type CheckDeps = DeadlineDeps & { botId: number }

/** Minutes after midnight. Later than that it is said today all the same; in the evening it waits for the morning. */
const checkedFrom = 8 * 60 + 30
const checkedUntil = 20 * 60
/** A group that got reports and did nothing for this long is asked after. */
const silentDays = 7
const dayMs = 24 * 60 * 60_000
const stuckShown = 20

/**
 * Once a day: is every inbox alive? The bot asks what it may do there (`inboxCheckListener` goes on with the answer),
 * and looks whether anybody is enrolled and anybody acted. The admins also hear which tips go on no more by themselves.
 * Called through the day, so that a morning on which nothing ran is made up for. Returns how many inboxes were looked at.
 */
export async function checkInboxes(db: PrismaClient, deps: CheckDeps): Promise<number> {
  if (!isCheckTime(deps)) return 0
  const day = dayOf(deps.now(), deps.timezone)
  await db.$transaction((tx) => alarmStuck(tx, deps, day))
  const done = new Set(await listMarkedGroups(db, { task: 'inbox-check', day }))
  const groups = (await listGroups(db)).filter(({ id }) => !done.has(id))
  let checked = 0
  for (const { id } of groups)
    if (await db.$transaction((tx) => checkInbox(tx, deps, { groupId: id, day }))) checked += 1
  return checked
}

function isCheckTime({ now, timezone }: CheckDeps): boolean {
  const minute = minuteOf(now(), timezone)
  return minute >= checkedFrom && minute < checkedUntil
}

async function checkInbox(
  tx: Db,
  deps: CheckDeps,
  { groupId, day }: { groupId: number; day: string },
): Promise<boolean> {
  if (!(await markDone(tx, { task: 'inbox-check', groupId, day, now: deps.now() }))) return false
  const group = await findGroup(tx, groupId)
  if (!group) return false
  if (group.inboxState !== 'bound') await leaveDeadInbox(tx, deps, { groupId, day })
  if (group.inboxChatId === null) return false
  // A broken one too: Telegram may have told of its return while nobody listened.
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'inbox-check',
    subject: `group:${groupId}`,
    address: { chatId: group.inboxChatId },
    outgoing: { kind: 'ask-members', userIds: [deps.botId], note: { groupId } },
  })
  if (group.inboxState === 'bound') await checkPeople(tx, deps, group, day)
  return true
}

/**
 * Dead on two mornings running: what somebody has taken there moves on as well, because neither they nor the reporter can
 * say anything there any more. Until then it stays with whoever has it, whose card may come back with the chat.
 */
async function leaveDeadInbox(
  tx: Db,
  deps: CheckDeps,
  { groupId, day }: { groupId: number; day: string },
): Promise<void> {
  const mark = { task: 'inbox-dead' as const, groupId, day, now: deps.now() }
  await markDone(tx, mark)
  const last = await findLastDone(tx, { task: 'inbox-dead', groupId, before: day })
  const wasDead = last !== null && deps.now().getTime() - last.getTime() < 2 * dayMs
  if (wasDead) await rerouteTakenTips(tx, deps, groupId)
}

async function checkPeople(tx: Db, deps: CheckDeps, group: Group, day: string): Promise<void> {
  // Nobody there can press the button.
  if (await clearUnattended(tx, deps, group.id)) return
  const { lastActedOn } = await readActivity(tx, group.id)
  const firstDay = Temporal.PlainDate.from(day).subtract({ days: silentDays }).toString()
  if (lastActedOn !== null && lastActedOn > firstDay) return
  const now = deps.now().getTime()
  const span = { from: new Date(now - silentDays * dayMs), to: new Date(now - dayMs) }
  // Who got nothing had nothing to do.
  if (!(await hasOldCard(tx, group.id, span))) return
  const params = { group: group.name, days: silentDays }
  await alarmAdmins(tx, deps, 'deadlines:inbox.silent', params)
  await tellAbove(tx, deps, group.id, 'deadlines:inbox.above-silent', params)
}

/** Every day until somebody acts: what is late at the top, and what no group can take. */
async function alarmStuck(tx: Db, deps: CheckDeps, day: string): Promise<void> {
  const mark = { task: 'late-alarm' as const, groupId: noGroup, day, now: deps.now() }
  if (!(await markDone(tx, mark))) return
  const stuck = await listStuckTips(tx)
  if (stuck.length === 0) return
  const t = deps.messages.in(deps.officeLanguage)
  const lines = stuck
    .slice(0, stuckShown)
    .map(({ number, isHeld }) =>
      t(isHeld ? 'deadlines:alarm.daily-held' : 'deadlines:alarm.daily-late', { number }),
    )
  const more = stuck.length - lines.length
  if (more > 0) lines.push(t('deadlines:alarm.daily-more', { n: more }))
  await alarmAdmins(tx, deps, 'deadlines:alarm.daily', { n: stuck.length, list: lines.join('\n') })
}
