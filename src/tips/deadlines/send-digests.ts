import type { AreaTree } from '../../areas/area-tree.ts'
import type { Db, PrismaClient } from '../../db/open-database.ts'
import { findLastDone, listMarkedGroups, markDone } from '../../groups/daily-mark-store.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup, listGroups } from '../../groups/group-store.ts'
import { dayOf } from '../../lib/calendar.ts'
import type { Translate } from '../../messages/messages.ts'
import type { DeadlineDeps } from './deadline-deps.ts'
import { countInbox, type InboxCounts } from './digest-store.ts'

type DigestDeps = DeadlineDeps & {
  /** Local; null: no digest. */
  digestHour: number | null
}

/** A digest that cannot go out within these hours, because nothing runs, is left out. The next one counts its time in. */
const digestHours = 3
const dayMs = 24 * 60 * 60_000
/** What the first digest of an inbox looks back on. */
const firstSpanMs = dayMs

/**
 * Once on each working day, and on an election day of its territory, each inbox gets the same few lines about what it
 * has. Nothing is sent when nothing is open and nothing happened. Returns how many were sent.
 */
export async function sendDigests(db: PrismaClient, deps: DigestDeps): Promise<number> {
  if (!isDigestTime(deps)) return 0
  const day = dayOf(deps.now(), deps.timezone)
  const done = new Set(await listMarkedGroups(db, { task: 'digest', day }))
  const due = (await listGroups(db)).filter(
    ({ id, inboxState }) => inboxState === 'bound' && !done.has(id),
  )
  if (due.length === 0) return 0
  const { tree } = await deps.directory.current(db)
  let sent = 0
  for (const { id } of listAtWork(deps, tree, due, day))
    if (await db.$transaction((tx) => sendDigest(tx, deps, { groupId: id, day }))) sent += 1
  return sent
}

/** False when it was sent today, or there is nothing to say. The mark and the message are one transaction. */
export async function sendDigest(
  tx: Db,
  deps: DeadlineDeps,
  { groupId, day }: { groupId: number; day: string },
): Promise<boolean> {
  const now = deps.now()
  if (!(await markDone(tx, { task: 'digest', groupId, day, now }))) return false
  const group = await findGroup(tx, groupId)
  if (group?.inboxState !== 'bound' || group.inboxChatId === null) return false
  const last = await findLastDone(tx, { task: 'digest', groupId, before: day })
  const since = last ?? new Date(now.getTime() - firstSpanMs)
  const counts = await countInbox(tx, { groupId, since, now })
  if (counts.fresh + counts.waiting + counts.taken + counts.closed === 0) return false
  const t = deps.messages.in(deps.officeLanguage)
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'digest',
    subject: `group:${groupId}`,
    address: { chatId: group.inboxChatId },
    outgoing: { kind: 'text', text: composeDigest(t, { group: group.name, day, now }, counts) },
  })
  return true
}

/** Pure. The same lines every day, so that a change is seen at a glance. */
function composeDigest(
  t: Translate,
  { group, day, now }: { group: string; day: string; now: Date },
  { oldest, ...counts }: InboxCounts,
): string {
  const lines = oldest.map(({ number, filedAt }) => {
    const days = Math.floor((now.getTime() - filedAt.getTime()) / dayMs)
    return t('deadlines:digest.oldest', { number, days })
  })
  const list = lines.length > 0 ? lines.join('、') : t('deadlines:digest.none')
  return t('deadlines:digest.text', { group, day, ...counts, oldest: list })
}

function isDigestTime({ digestHour, now, timezone }: DigestDeps): boolean {
  if (digestHour === null) return false
  const { hour } = Temporal.Instant.fromEpochMilliseconds(now().getTime()).toZonedDateTimeISO(
    timezone,
  )
  return hour >= digestHour && hour < digestHour + digestHours
}

/** On a day off only who has a place that votes on it. */
function listAtWork(deps: DeadlineDeps, tree: AreaTree, groups: Group[], day: string): Group[] {
  if (deps.officeHours.isWorkingDay(day)) return groups
  const voting = tree.all.filter(({ id, retiredAt }) => !retiredAt && tree.electionDay(id) === day)
  const areaIds = new Set(voting.flatMap(({ id }) => tree.chain(id).map((area) => area.id)))
  return groups.filter((group) => group.areaIds.some((areaId) => areaIds.has(areaId)))
}
