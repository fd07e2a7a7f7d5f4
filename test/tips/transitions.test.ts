import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoutingGroup } from '../../src/groups/decide-group.ts'
import { aftercareDays, countDue } from '../../src/tips/handling/aftercare.ts'
import { canReopen, reopenDays } from '../../src/tips/handling/reopen-days.ts'
import { chooseGroup } from '../../src/tips/routing/choose-group.ts'
import {
  listBarredGroups,
  listPassedGroups,
  type RoutingCause,
  type RoutingEntry,
  routingCauses,
  type TipEvent,
  type TipState,
  tipResults,
  tipStateAfter,
  tipStates,
  tipStatesBefore,
  tipTransitions,
} from '../../src/tips/tip.ts'

const events = Object.keys(tipTransitions) as TipEvent[]
const possible = (state: TipState) =>
  events.filter((event) => tipStatesBefore(event).includes(state))

describe('the table of transitions', () => {
  it('gives every state that is not closed somebody who can act, and a way to the end', () => {
    for (const state of tipStates.filter((one) => one !== 'closed')) {
      expect(possible(state).flatMap((event) => tipTransitions[event].by)).not.toEqual([])
      expect(reachable(state)).toContain('closed')
    }
  })

  it('does not leave a tip to one person alone: the clock can always move it on', () => {
    for (const state of ['held', 'waiting', 'acknowledged'] as const) {
      const clock = possible(state).filter((event) =>
        tipTransitions[event].by.some((actor) => actor === 'clock'),
      )
      expect(clock).not.toEqual([])
    }
  })

  it('lets a closed tip out only by who may: its reporter, its group, or the clock for a duplicate', () => {
    expect(possible('closed').sort()).toEqual([
      'reopen',
      'reopen-held',
      'resume',
      'withdraw-linked',
    ])
  })

  it('never strands a tip, whatever happens to it in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), (happened) => {
        let state: TipState = 'held'
        // What the condition of the update does not allow changes nothing.
        for (const event of happened)
          if (tipStatesBefore(event).includes(state)) state = tipStateAfter(event)
        expect(state === 'closed' || reachable(state).includes('closed')).toBe(true)
      }),
    )
  })
})

function reachable(from: TipState): TipState[] {
  const found = new Set<TipState>([from])
  for (const state of found) for (const event of possible(state)) found.add(tipStateAfter(event))
  return [...found]
}

/** A small world: what can happen to a tip, and to the groups, in any order; the decisions are those of the service. */
const groupIds = [1, 2, 3, 4]
const levels = { 1: 'city', 2: 'county', 3: 'township', 4: 'township' } as const
type Model = { state: TipState; groupId: number | null; cards: number[]; entries: RoutingEntry[] }
type Happening =
  | { kind: 'move'; cause: Exclude<RoutingCause, 'filed' | 'retry'> }
  | { kind: 'retry' }
  | { kind: 'inbox'; groupId: number; works: boolean }
  | { kind: 'act'; event: 'acknowledge' | 'take-over' | 'give-back' | 'conclude' | 'resume' }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constant('move' as const),
    cause: fc.constantFrom(
      ...routingCauses.filter((cause) => cause !== 'filed' && cause !== 'retry'),
    ),
  }),
  fc.constant({ kind: 'retry' as const }),
  fc.record({
    kind: fc.constant('inbox' as const),
    groupId: fc.constantFrom(...groupIds),
    works: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('act' as const),
    event: fc.constantFrom('acknowledge', 'take-over', 'give-back', 'conclude', 'resume'),
  }),
)

describe('moves and decisions together', () => {
  it('keep every open tip in exactly one inbox or held, and away from groups that must not have it', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happened) => {
        const works = new Map(groupIds.map((id) => [id, true]))
        let model: Model = { state: 'held', groupId: null, cards: [], entries: [] }
        model = place(model, works, 'filed', [])
        for (const one of happened) {
          if (one.kind === 'inbox') works.set(one.groupId, one.works)
          else model = happen(model, works, one)
          expect(model.state === 'held').toBe(model.groupId === null)
          if (model.state !== 'closed')
            expect(model.cards).toEqual(model.groupId === null ? [] : [model.groupId])
          const conflicts = model.entries
            .filter(({ cause }) => cause === 'conflict' || cause === 'aftercare')
            .flatMap(({ excludedGroupIds }) => excludedGroupIds)
          expect(conflicts).not.toContain(model.groupId)
        }
        // When every inbox works, the clock finds a group for what is held, unless all declared a conflict.
        for (const id of groupIds) works.set(id, true)
        if (model.state === 'held') model = happen(model, works, { kind: 'retry' })
        const barred = new Set(listBarredGroups(model.entries))
        expect(model.state === 'held').toBe(
          model.state !== 'closed' && barred.size === groupIds.length,
        )
      }),
      { numRuns: 500 },
    )
  })
})

function happen(model: Model, works: Map<number, boolean>, one: Happening): Model {
  if (one.kind === 'inbox') return model
  if (one.kind === 'act') {
    if (!tipStatesBefore(one.event).includes(model.state)) return model
    return { ...model, state: tipStateAfter(one.event) }
  }
  if (one.kind === 'retry') return model.state === 'held' ? place(model, works, 'retry', []) : model
  const isReopening = ['reopen', 'aftercare', 'released'].includes(one.cause)
  if ((model.state === 'closed') !== isReopening) return model
  const excluded = one.cause === 'released' || model.groupId === null ? [] : [model.groupId]
  return place(model, works, one.cause, excluded)
}

function place(
  model: Model,
  works: Map<number, boolean>,
  cause: RoutingCause,
  excludedGroupIds: number[],
): Model {
  const groups: RoutingGroup[] = groupIds.map((id) => ({
    id,
    code: `G${id}`,
    kind: 'supervision',
    level: levels[id as 1 | 2 | 3 | 4],
    areaIds: [id <= 2 ? 10 * id : 30],
    categories: [],
    description: '',
    inboxState: works.get(id) ? 'bound' : 'broken',
    rosterNames: [],
    enrolled: 1,
    openTips: 0,
  }))
  const facts = {
    areaChain: [30, 20, 10],
    kind: 'supervision' as const,
    category: 'cash',
    accused: { role: 'candidate' as const },
  }
  const history = {
    facts,
    groups,
    passedGroupIds: listPassedGroups(model.entries),
    barredGroupIds: listBarredGroups(model.entries),
  }
  const barredGroupIds = [...history.barredGroupIds, ...excludedGroupIds]
  let choice = chooseGroup({ ...history, barredGroupIds })
  const mayStay = ['transfer', 'deadline'].includes(cause)
  if (choice.outcome === 'held' && mayStay) return model
  let excluded = excludedGroupIds
  if (choice.outcome === 'held' && model.state === 'closed' && cause !== 'aftercare') {
    choice = chooseGroup(history)
    excluded = []
  }
  const groupId = choice.outcome === 'routed' ? choice.groupId : null
  const entry: RoutingEntry = {
    at: '',
    outcome: choice.outcome,
    groupId,
    excludedGroupIds: excluded,
    reasons: [],
    cause,
  }
  return {
    state: groupId === null ? 'held' : 'waiting',
    groupId,
    cards: groupId === null ? [] : [groupId],
    entries: [...model.entries, entry],
  }
}

describe('time after closing', () => {
  it('lets a reporter contest a result for fifteen days, and never what they withdrew', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tipResults),
        fc.integer({ min: 0, max: 40 }),
        (result, days) => {
          const closedAt = new Date(0)
          const now = new Date(days * 86_400_000)
          const expected = days <= reopenDays && result !== 'withdrawn'
          expect(canReopen({ state: 'closed', result, closedAt }, now)).toBe(expected)
          expect(canReopen({ state: 'waiting', result: null, closedAt: null }, now)).toBe(false)
        },
      ),
    )
  })

  it('asks once at each of its days, and only the last after a standstill', () => {
    const after = (days: number) => countDue(new Date(0), new Date(days * 86_400_000))
    expect([0, 6.9, 7, 29, 30, 300].map(after)).toEqual([0, 0, 1, 1, 2, 2])
    expect(aftercareDays).toEqual([7, 30])
  })
})
