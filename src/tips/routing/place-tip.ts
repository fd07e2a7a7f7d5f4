import type { Db } from '../../db/open-database.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { appendAudit } from '../../staff/audit.ts'
import { type InboxDeps, putIntoInbox } from '../cards/put-into-inbox.ts'
import type { RoutingCause, RoutingEntry, TipState } from '../tip.ts'
import { openRouting, sealRouting } from '../tip-content.ts'
import { saveRouting, type TipRow } from '../tip-store.ts'
import { alarmSkipped } from './alarm-unattended.ts'
import type { Choice } from './choose-group.ts'

export type PlaceDeps = InboxDeps

export type Placement = {
  choice: Choice
  cause: RoutingCause
  /** For the audit: "system", "supervisor:3", "reporter". */
  actor: string
  /** Groups that are left out from now on because of this. */
  excludedGroupIds?: readonly number[]
  note?: string | undefined
}

/**
 * Writes a decision: the tip's group and state, the reasons, an audit line, and a card in the inbox, or an alarm when
 * nobody can take it. False when the tip's state no longer allowed it; then nothing was written.
 */
export async function placeTip(
  tx: Db,
  deps: PlaceDeps,
  tip: TipRow,
  { choice, cause, actor, excludedGroupIds = [], note }: Placement,
): Promise<boolean> {
  const at = deps.now()
  const groupId = choice.outcome === 'routed' ? choice.groupId : null
  const { outcome, reasons } = choice
  const entry: RoutingEntry = {
    ...{ at: at.toISOString(), outcome, groupId, reasons, cause },
    excludedGroupIds: [...excludedGroupIds],
    fromGroupId: tip.groupId,
    ...(note === undefined ? {} : { note }),
  }
  const routing = [...openRouting(deps.keyring, tip), entry]
  const placed = await saveRouting(tx, tip, {
    event: eventFor(tip.state, groupId),
    groupId,
    routing: sealRouting(deps.keyring, tip, routing),
  })
  if (!placed) return false
  await alarmSkipped(tx, deps, reasons)
  const alarm = choice.isForNobody ? 'tips:alarm.apart' : 'tips:alarm.held'
  if (groupId === null) await alarmAdmins(tx, deps, alarm, { number: tip.number })
  else await putIntoInbox(tx, deps, placed, { groupId, isUrgent: tip.severity === 'urgent' })
  await appendAudit(tx, {
    at,
    actor,
    action: groupId === null ? 'tip held' : 'tip routed',
    subject: `tip:${tip.id}`,
    detail: { groupId, cause, fromGroupId: tip.groupId },
  })
  return true
}

function eventFor(state: TipState, groupId: number | null) {
  if (state === 'closed') return groupId === null ? 'reopen-held' : 'reopen'
  return groupId === null ? 'hold' : 'route'
}
