import type { Db } from '../../db/open-database.ts'
import type { RoutingGroup } from '../../groups/decide-group.ts'
import { listRoutingGroups } from '../../groups/group-store.ts'
import { listBarredGroups, listPassedGroups } from '../tip.ts'
import { openRouting } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { TipRow } from '../tip-store.ts'
import { chooseGroup } from './choose-group.ts'
import { readTipFacts } from './tip-facts.ts'

type Deps = Pick<TipDeps, 'keyring' | 'directory'>

/** More buttons than that nobody reads. */
const targetsAtMost = 20

/**
 * Every group that a supervisor may name: those that answer for the place, and those of the neighbouring townships, for a
 * tip whose place turned out to be another. They count as answering for the place; what else the rules say still holds.
 */
export async function listReachable(tx: Db, deps: Deps, tip: TipRow): Promise<RoutingGroup[]> {
  const { tree } = await deps.directory.current(tx)
  const chain = tree.chain(tip.areaId)
  const county = chain.find(({ level }) => level === 'county')
  const near = county ? tree.children(county.id).map(({ id }) => id) : []
  const own = chain.map(({ id }) => id)
  const groups = await listRoutingGroups(tx, [...own, ...near])
  return groups.map((group) =>
    group.areaIds.some((id) => own.includes(id))
      ? group
      : { ...group, areaIds: [...group.areaIds, tip.areaId] },
  )
}

/**
 * The groups that this tip may be handed to now, those above first. One that passed it on before, or let the time go by,
 * only when there is no other: else two groups could hand it to and fro. Says nothing about those that may not have it.
 */
export async function listTargets(tx: Db, deps: Deps, tip: TipRow): Promise<RoutingGroup[]> {
  const facts = await readTipFacts(tx, deps, tip)
  const earlier = openRouting(deps.keyring, tip)
  const barred = [...listBarredGroups(earlier), ...(tip.groupId === null ? [] : [tip.groupId])]
  const groups = await listReachable(tx, deps, tip)
  const allowed = groups.filter(({ id }) => {
    const named = { barredGroupIds: barred, passedGroupIds: [], targetId: id }
    return chooseGroup({ facts, groups, ...named }).outcome === 'routed'
  })
  const passed = listPassedGroups(earlier)
  const fresh = allowed.filter(({ id }) => !passed.includes(id))
  const order = { county: 0, city: 1, township: 2 }
  return (fresh.length > 0 ? fresh : allowed)
    .sort((a, b) => order[a.level] - order[b.level] || (a.code < b.code ? -1 : 1))
    .slice(0, targetsAtMost)
}
