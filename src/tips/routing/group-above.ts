import type { Db } from '../../db/open-database.ts'
import type { Group } from '../../groups/group.ts'
import { findGroup, listRoutingGroups } from '../../groups/group-store.ts'
import { listBarredGroups } from '../tip.ts'
import { openRouting } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { TipRow } from '../tip-store.ts'
import { chooseGroup } from './choose-group.ts'
import { readTipFacts } from './tip-facts.ts'

/** The group to which this tip would go from the one that has it, if it had to go up; null when there is none. */
export async function findGroupAbove(
  tx: Db,
  deps: Pick<TipDeps, 'keyring' | 'directory'>,
  tip: TipRow,
): Promise<Group | null> {
  const has = tip.groupId === null ? null : await findGroup(tx, tip.groupId)
  if (!has || !tip.dataKey) return null
  const facts = { ...(await readTipFacts(tx, deps, tip)), above: has.level }
  const choice = chooseGroup({
    facts,
    groups: await listRoutingGroups(tx, facts.areaChain),
    barredGroupIds: [...listBarredGroups(openRouting(deps.keyring, tip)), has.id],
    passedGroupIds: [],
  })
  return choice.outcome === 'routed' ? findGroup(tx, choice.groupId) : null
}
