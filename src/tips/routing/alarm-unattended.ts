import type { Db } from '../../db/open-database.ts'
import { markDone } from '../../groups/daily-mark-store.ts'
import type { RoutingReason } from '../../groups/decide-group.ts'
import { findGroupByCode } from '../../groups/group-store.ts'
import { dayOf } from '../../lib/calendar.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import type { InboxDeps } from '../cards/put-into-inbox.ts'
import { tellAbove } from './tell-above.ts'

type Named = { id: number; name: string }

/** A tip went past a group because nobody there could press its button: the admins and the level above must know. */
export async function alarmSkipped(
  tx: Db,
  deps: InboxDeps,
  reasons: readonly RoutingReason[],
): Promise<void> {
  for (const { code, params } of reasons) {
    if (code !== 'skipped-nobody') continue
    const group = await findGroupByCode(tx, params.group)
    if (group) await alarmUnattended(tx, deps, group)
  }
}

/** Once a day for each group, however many tips went past it. */
export async function alarmUnattended(tx: Db, deps: InboxDeps, group: Named): Promise<void> {
  const now = deps.now()
  const day = dayOf(now, deps.timezone)
  if (!(await markDone(tx, { task: 'nobody-alarm', groupId: group.id, day, now }))) return
  const params = { group: group.name }
  await alarmAdmins(tx, deps, 'deadlines:inbox.nobody', params)
  await tellAbove(tx, deps, group.id, 'deadlines:inbox.above-nobody', params)
}
