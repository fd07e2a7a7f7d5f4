import {
  decideGroup,
  type RoutingDecision,
  type RoutingGroup,
  type TipFacts,
} from '../../groups/decide-group.ts'

type Options = {
  facts: Omit<TipFacts, 'excludedGroupIds'>
  groups: readonly RoutingGroup[]
  /** Never again. */
  barredGroupIds: readonly number[]
  /** Not if anybody else can take it. */
  passedGroupIds: readonly number[]
  /** This one or none. It must be one that the rules allow. */
  targetId?: number | undefined
}

/** A decision, and the groups that it left out because of the tip's history. */
export type Choice = RoutingDecision & {
  excludedGroupIds: number[]
  /** There are groups for the place, and every one must not see it: no inbox that works would change that. */
  isForNobody: boolean
}

const mustNotSee = ['skipped-rank', 'skipped-named', 'skipped-excluded']
/** These say nothing about what would happen if the group's inbox worked. */
const noMatter = ['skipped-kind', 'skipped-category', 'none-left']

/**
 * Chooses a group by the rules of `decideGroup`, best first: one that has not had the tip, then one that passed it on;
 * for a quarrel a mediation group, then a supervision group. Only what nobody may take is held.
 */
export function chooseGroup(options: Options): Choice {
  const { facts, barredGroupIds, passedGroupIds, targetId } = options
  const groups =
    targetId === undefined ? options.groups : options.groups.filter(({ id }) => id === targetId)
  // Whoever names a group has seen that a quarrel is none, or that what looked like a bribe is a quarrel.
  const other = facts.kind === 'mediation' ? ('supervision' as const) : ('mediation' as const)
  const mayBeOther = targetId !== undefined || facts.kind === 'mediation'
  const kinds = mayBeOther ? [facts.kind, other] : [facts.kind]
  const excluded = [[...new Set([...barredGroupIds, ...passedGroupIds])], [...barredGroupIds]]
  const tries = excluded.flatMap((excludedGroupIds) =>
    kinds.map((kind) => ({
      ...decideGroup({ ...facts, kind, excludedGroupIds }, groups),
      excludedGroupIds,
    })),
  )
  const routed = tries.find(({ outcome }) => outcome === 'routed')
  const last = tries.slice(kinds.length).flatMap(({ reasons }) => reasons.map(({ code }) => code))
  const why = last.filter((code) => !noMatter.includes(code))
  const isForNobody = why.length > 0 && why.every((code) => mustNotSee.includes(code))
  const [first] = tries
  if (!first) throw new Error('No kind of group was tried')
  return routed ? { ...routed, isForNobody: false } : { ...first, isForNobody }
}
