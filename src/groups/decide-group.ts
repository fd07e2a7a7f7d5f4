import { namesAccused, namesRoster } from './accused-name.ts'
import { type AccusedRole, isAboveAccused } from './accused-rank.ts'
import { type Group, type GroupKind, type GroupLevel, groupLevels } from './group.ts'

export type TipFacts = {
  /** Ids of the place and of what it belongs to, up to the city. */
  areaChain: readonly number[]
  kind: GroupKind
  category: string
  /** `told`: what else was written, in which a name of a roster may stand. */
  accused: { role: AccusedRole; name?: string | undefined; told?: string | undefined }
  /** Groups that must not have it (again): they left, were removed, or declared a conflict. */
  excludedGroupIds: readonly number[]
  /** Only groups of a higher level than this. */
  above?: GroupLevel | undefined
}

export type RoutingGroup = Pick<
  Group,
  'id' | 'code' | 'kind' | 'level' | 'areaIds' | 'categories' | 'description' | 'inboxState'
> & {
  /** Who is on the roster or ever was, also as people say it: who left may still read in the chat. */
  rosterNames: readonly string[]
  rosterTitles?: readonly string[]
  /** People who may act there now. */
  enrolled: number
  /** Tips that are not closed. */
  openTips: number
}

/** In the order in which they are tested: the first that holds is the reason given. */
const skipReasons = [
  'kind',
  'category',
  'excluded',
  'not-above',
  'rank',
  'named',
  'unbound',
  'broken',
  'nobody',
] as const
type SkipReason = (typeof skipReasons)[number]

/**
 * One step of the decision, for admins only: `skipped-…` tells that a group may know the accused. `steps` is how far
 * above the place the group's territory lies.
 */
export type RoutingReason =
  | { code: `skipped-${SkipReason}`; params: { group: string; steps: number } }
  | { code: 'busier'; params: { group: string; steps: number; openTips: number } }
  | { code: 'nearest'; params: { group: string; steps: number; openTips: number } }
  | { code: 'none-left'; params: Record<string, never> }

export type RoutingDecision =
  | { outcome: 'routed'; groupId: number; reasons: RoutingReason[] }
  | { outcome: 'held'; reasons: RoutingReason[] }

/**
 * Chooses the group that gets a tip: the nearest up the tree that fits and may see it, among equally near ones the
 * least busy. Groups that do not answer for the place play no part. Nothing is dropped: what nobody can take is held.
 */
export function decideGroup(facts: TipFacts, groups: readonly RoutingGroup[]): RoutingDecision {
  const near = groups
    .map((group) => ({ group, steps: stepsUp(facts, group) }))
    .filter(({ steps }) => steps >= 0)
    .sort(byNearness)
  const reasons: RoutingReason[] = []
  const fitting = near.filter(({ group, steps }) => {
    const skipped = findSkipReason(facts, group)
    if (skipped) reasons.push({ code: `skipped-${skipped}`, params: { group: group.code, steps } })
    return !skipped
  })
  const [chosen, ...others] = fitting
  if (!chosen) return { outcome: 'held', reasons: [...reasons, { code: 'none-left', params: {} }] }

  // Why a group further up was skipped says nothing about this choice.
  const nearer = reasons.filter((reason) => (reason.params.steps ?? 0) <= chosen.steps)
  const busier = others
    .filter(({ steps }) => steps === chosen.steps)
    .map((other): RoutingReason => ({ code: 'busier', params: paramsOf(other) }))
  const nearest: RoutingReason = { code: 'nearest', params: paramsOf(chosen) }
  return {
    outcome: 'routed',
    groupId: chosen.group.id,
    reasons: [...nearer, ...busier, nearest],
  }
}

/** Why a group must not see this tip, whatever else is the case; null when it may. Pure. */
export function findInvolvement(
  { accused }: Pick<TipFacts, 'accused'>,
  group: Pick<RoutingGroup, 'level' | 'rosterNames' | 'rosterTitles' | 'description'>,
): 'rank' | 'named' | null {
  if (!isAboveAccused(group.level, accused.role)) return 'rank'
  return namesAccused(group, accused.name) || isToldOf(group, accused.told) ? 'named' : null
}

type Candidate = { group: RoutingGroup; steps: number }

function findSkipReason(facts: TipFacts, group: RoutingGroup): SkipReason | undefined {
  const involved = findInvolvement(facts, group)
  const holds: Record<SkipReason, boolean> = {
    kind: group.kind !== facts.kind,
    category: group.categories.length > 0 && !group.categories.includes(facts.category),
    excluded: facts.excludedGroupIds.includes(group.id),
    'not-above': facts.above !== undefined && !isHigher(group.level, facts.above),
    rank: involved === 'rank',
    named: involved === 'named',
    unbound: group.inboxState === 'unbound',
    broken: group.inboxState === 'broken',
    // A card under which nobody may press a button is as good as none.
    nobody: group.enrolled === 0,
  }
  return skipReasons.find((reason) => holds[reason])
}

function isHigher(level: GroupLevel, than: GroupLevel): boolean {
  return groupLevels.indexOf(level) < groupLevels.indexOf(than)
}

/** A name of the roster stands somewhere in the story: whoever it is, this group is too near. */
function isToldOf(
  { rosterNames }: Pick<RoutingGroup, 'rosterNames'>,
  told: string | undefined,
): boolean {
  return namesRoster(rosterNames, told)
}

/** 0: its territory names the place itself; -1: it does not hold the place. */
function stepsUp(facts: TipFacts, group: RoutingGroup): number {
  return facts.areaChain.findIndex((areaId) => group.areaIds.includes(areaId))
}

function byNearness(a: Candidate, b: Candidate): number {
  // The code settles a draw, so that the order in which the rows came decides nothing.
  const byCode = a.group.code < b.group.code ? -1 : 1
  return a.steps - b.steps || a.group.openTips - b.group.openTips || byCode
}

function paramsOf({ group, steps }: Candidate) {
  return { group: group.code, steps, openTips: group.openTips }
}
