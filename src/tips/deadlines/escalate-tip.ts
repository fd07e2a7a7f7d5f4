import type { Db } from '../../db/open-database.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { appendAudit } from '../../staff/audit.ts'
import { tellReporter } from '../reporter/tell-reporter.ts'
import { moveTip } from '../routing/move-tip.ts'
import type { DeadlineDeps } from './deadline-deps.ts'
import { countEscalation, type TipClock } from './deadline-store.ts'
import { findWorkingGroup, missingOf } from './remind-group.ts'

/**
 * The group let the time go by: the tip goes to the level above, and both groups and the reporter hear where it is and
 * why. At the highest level it stays, and the admins hear of it now and then every day. `isRepeated`: it stayed before, and
 * what was above may work again by now; that it does not is no news.
 */
export async function escalateTip(
  tx: Db,
  deps: DeadlineDeps,
  tip: TipClock,
  { isRepeated }: { isRepeated: boolean },
): Promise<void> {
  const { id: tipId, number } = tip
  const missing = missingOf(tip)
  const t = deps.messages.in(deps.officeLanguage)
  const from = await findWorkingGroup(tx, tip.groupId)
  const say = (group: { inboxChatId: number } | null, text: string) =>
    group &&
    deps.enqueue(tx, {
      lane: 'urgent',
      purpose: 'tip-deadline',
      subject: `tip:${tipId}`,
      address: { chatId: group.inboxChatId },
      outgoing: { kind: 'text', text },
    })
  const outcome = await moveTip(tx, deps, tipId, {
    cause: 'deadline',
    target: 'above',
    excludedGroupIds: tip.groupId === null ? [] : [tip.groupId],
    notice: null,
  })
  if (outcome.outcome === 'moved') {
    await countEscalation(tx, tipId)
    await say(from, t(`deadlines:left.${missing}`, { number, group: outcome.groupName }))
    const to = await findWorkingGroup(tx, outcome.groupId)
    await say(to, t(`deadlines:arrived.${missing}`, { number }))
    await tellReporter(tx, deps, tipId, `deadlines:notice.up-${missing}`, { number })
  }
  if (outcome.outcome === 'nowhere' && !isRepeated) {
    await say(from, t(`deadlines:stays.${missing}`, { number }))
    const group = from?.name ?? ''
    await alarmAdmins(tx, deps, 'deadlines:alarm.top', { number, group })
    await tellReporter(tx, deps, tipId, `deadlines:notice.stays-${missing}`, { number })
    await appendAudit(tx, {
      at: deps.now(),
      actor: 'system',
      action: 'tip late at the top',
      subject: `tip:${tipId}`,
      detail: { groupId: tip.groupId, missing },
    })
  }
}

/** No group could take it in time: its reporter and the admins hear that, once; the admins every day besides. */
export async function tellHeld(tx: Db, deps: DeadlineDeps, tip: TipClock): Promise<void> {
  const { id: tipId, number } = tip
  await tellReporter(tx, deps, tipId, 'deadlines:notice.held', { number })
  await alarmAdmins(tx, deps, 'deadlines:alarm.held', { number })
  await appendAudit(tx, {
    at: deps.now(),
    actor: 'system',
    action: 'tip late and held',
    subject: `tip:${tipId}`,
    detail: {},
  })
}
