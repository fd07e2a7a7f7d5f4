import type { Db } from '../../db/open-database.ts'
import { listTipIds } from '../tip-store.ts'
import { moveTip } from './move-tip.ts'
import { type RouteDeps, routeTip } from './route-tip.ts'

/** Tries again for tips that no group could take. Called when a group is bound, and by the clock. */
export async function rerouteHeldTips(tx: Db, deps: RouteDeps): Promise<number> {
  const outcomes = []
  for (const id of await listTipIds(tx, { state: 'held' }))
    outcomes.push(await routeTip(tx, deps, id, 'retry'))
  return outcomes.filter(({ outcome }) => outcome === 'routed').length
}

/**
 * A group cannot be written to any more: what it has not taken goes one level up, or waits. What somebody has taken
 * stays with them, whose card comes back with the chat; if it does not, the daily look at the inboxes moves it.
 */
export async function rerouteWaitingTips(
  tx: Db,
  deps: RouteDeps,
  groupId: number,
): Promise<number> {
  const ids = await listTipIds(tx, { state: 'waiting', groupId })
  for (const id of ids)
    await moveTip(tx, deps, id, { cause: 'outage', excludedGroupIds: [groupId], notice: null })
  return ids.length
}

/** What somebody of a group has taken goes elsewhere too, or waits. Its reporter hears that. */
export async function rerouteTakenTips(tx: Db, deps: RouteDeps, groupId: number): Promise<number> {
  const ids = await listTipIds(tx, { state: 'acknowledged', groupId })
  for (const id of ids)
    await moveTip(tx, deps, id, { cause: 'outage', excludedGroupIds: [groupId] })
  return ids.length
}
