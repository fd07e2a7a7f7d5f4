import type { RoutingReason } from '../groups/decide-group.ts'

/**
 * What a tip is about: the forms of vote-buying, what else the law on village elections forbids (Organic Law of
 * Villagers' Committees, art. 17; Zhejiang's rules, art. 40), quarrels, and something for who finds none or cannot tell.
 */
export const categories = [
  'cash',
  'treat',
  'charity',
  'deposit',
  'promise',
  'collective',
  'rival',
  'staff',
  'violence',
  'ballot',
  'fraud',
  'dispute',
  'other',
  'unknown',
] as const

/** Somebody may be hurt, or the vote itself destroyed: the police come before any tip. */
export const dangerCategories: readonly string[] = ['violence', 'ballot']

/**
 * held: no group can take it, admins are alarmed. waiting: with a group in which nobody has taken it. acknowledged: a
 * supervisor handles it. closed: it has a result.
 */
export const tipStates = ['held', 'waiting', 'acknowledged', 'closed'] as const
export type TipState = (typeof tipStates)[number]

/** How a tip ended. passed-on: to the body that the law names. duplicate: another tip is handled in its place. */
export const tipResults = ['verified', 'unfounded', 'passed-on', 'duplicate', 'withdrawn'] as const
export type TipResult = (typeof tipResults)[number]

type Actor = 'supervisor' | 'reporter' | 'clock'
type Transition = { from: readonly TipState[]; to: TipState; by: readonly Actor[] }

const openStates = ['held', 'waiting', 'acknowledged'] as const

/**
 * Everything that can happen to a tip's state, and nothing else can. Every change is an update on the condition that the
 * tip is in one of `from`.
 */
export const tipTransitions = {
  /** A group gets it: the first, or another after an outage, a transfer, a conflict or a missed deadline. */
  route: { from: openStates, to: 'waiting', by: ['clock', 'supervisor', 'reporter'] },
  /** No group may have it for now. It is tried again by the clock and whenever a group is bound. */
  hold: { from: openStates, to: 'held', by: ['clock', 'supervisor', 'reporter'] },
  acknowledge: { from: ['waiting'], to: 'acknowledged', by: ['supervisor'] },
  'take-over': { from: ['acknowledged'], to: 'acknowledged', by: ['supervisor'] },
  /** Back to all of its group: given back, or who had it may act no more. */
  'give-back': { from: ['acknowledged'], to: 'waiting', by: ['supervisor', 'clock'] },
  conclude: { from: ['acknowledged'], to: 'closed', by: ['supervisor'] },
  withdraw: { from: openStates, to: 'closed', by: ['reporter'] },
  /** Closed as a duplicate of one that has no result yet: to its reporter it is as open as that one. */
  'withdraw-linked': { from: ['closed'], to: 'closed', by: ['reporter'] },
  /** The reporter is not content, or the tip that was handled instead was withdrawn. */
  reopen: { from: ['closed'], to: 'waiting', by: ['reporter', 'clock'] },
  'reopen-held': { from: ['closed'], to: 'held', by: ['reporter', 'clock'] },
  /** Closed by mistake. */
  resume: { from: ['closed'], to: 'acknowledged', by: ['supervisor'] },
} as const satisfies Record<string, Transition>

export type TipEvent = keyof typeof tipTransitions

/** The states in which this may happen to a tip; the condition of every update. */
export function tipStatesBefore(event: TipEvent): TipState[] {
  return [...tipTransitions[event].from]
}

/** The state that this leads to. */
export function tipStateAfter(event: TipEvent): TipState {
  return tipTransitions[event].to
}

/** QF-000123: what people call a tip. Says nothing about its reporter. */
export function numberOfTip(id: number): string {
  return `QF-${String(id).padStart(6, '0')}`
}

/** Why it was decided where a tip goes. */
export const routingCauses = [
  'filed',
  'retry',
  'outage',
  'transfer',
  'conflict',
  'deadline',
  'reopen',
  'aftercare',
  'released',
] as const
export type RoutingCause = (typeof routingCauses)[number]

/** One decision about where a tip goes, kept with it for admins. */
export type RoutingEntry = {
  at: string
  outcome: 'routed' | 'held'
  groupId: number | null
  excludedGroupIds: number[]
  reasons: RoutingReason[]
  /** Missing in entries of the first version. */
  cause?: RoutingCause
  fromGroupId?: number | null
  /** What the supervisor wrote who handed it on. */
  note?: string
}

/** Groups that must never have it again: somebody in them is involved, or their result was contested. */
export function listBarredGroups(entries: readonly RoutingEntry[]): number[] {
  return listExcluded(entries, ['conflict', 'reopen', 'aftercare'])
}

/** Groups that had it and passed it on or let the time go by: only when there is nobody else. */
export function listPassedGroups(entries: readonly RoutingEntry[]): number[] {
  return listExcluded(entries, ['transfer', 'deadline'])
}

function listExcluded(entries: readonly RoutingEntry[], causes: readonly RoutingCause[]): number[] {
  const ids = entries
    .filter(({ cause }) => cause && causes.includes(cause))
    .flatMap(({ excludedGroupIds }) => excludedGroupIds)
  return [...new Set(ids)]
}
