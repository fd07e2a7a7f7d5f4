import type { Db } from '../../db/open-database.ts'
import { listRoutingGroups } from '../../groups/group-store.ts'
import { tellReporter } from '../reporter/tell-reporter.ts'
import { listBarredGroups, listPassedGroups, type RoutingCause } from '../tip.ts'
import { openRouting } from '../tip-content.ts'
import { lockTip } from '../tip-store.ts'
import { chooseGroup } from './choose-group.ts'
import { type PlaceDeps, placeTip } from './place-tip.ts'
import { readTipFacts } from './tip-facts.ts'

export type RouteDeps = PlaceDeps

export type RouteOutcome =
  | { outcome: 'routed'; groupId: number }
  | { outcome: 'held' }
  /** It stays held as it was, or its state allows no other group any more. */
  | { outcome: 'unchanged' }

/**
 * Chooses a group for a tip that was filed or is held and puts it into its inbox; holds it and alarms the admins when no
 * group can take it. A tip that a group has leaves it by `moveTip`.
 */
export async function routeTip(
  tx: Db,
  deps: RouteDeps,
  tipId: number,
  cause: Extract<RoutingCause, 'filed' | 'retry'> = 'filed',
): Promise<RouteOutcome> {
  // Two who try at once, such as the clock and a group that was just bound, must not put it into two inboxes.
  const tip = await lockTip(tx, tipId)
  if (!tip) throw new Error(`There is no tip ${tipId}`)
  if (tip.state !== 'held') return { outcome: 'unchanged' }
  const earlier = openRouting(deps.keyring, tip)
  const facts = await readTipFacts(tx, deps, tip, { isNew: cause === 'filed' })
  const choice = chooseGroup({
    facts,
    groups: await listRoutingGroups(tx, facts.areaChain),
    barredGroupIds: listBarredGroups(earlier),
    passedGroupIds: listPassedGroups(earlier),
  })
  // Tried again every few minutes: neither the tip nor the admins gain from hearing it each time.
  if (choice.outcome === 'held' && earlier.length > 0) return { outcome: 'unchanged' }
  if (!(await placeTip(tx, deps, tip, { choice, cause, actor: 'system' })))
    return { outcome: 'unchanged' }
  // Waiting would be in vain: better they know who else may be told.
  if (choice.isForNobody)
    await tellReporter(tx, deps, tipId, 'handling:notice.apart', { number: tip.number })
  return choice.outcome === 'held'
    ? { outcome: 'held' }
    : { outcome: 'routed', groupId: choice.groupId }
}
