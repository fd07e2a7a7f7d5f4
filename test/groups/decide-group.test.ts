import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accusedRoles, isAboveAccused } from '../../src/groups/accused-rank.ts'
import {
  decideGroup,
  type RoutingDecision,
  type RoutingGroup,
  type TipFacts,
} from '../../src/groups/decide-group.ts'
import { groupKinds, groupLevels } from '../../src/groups/group.ts'

/** 山底村 in 龙洲街道 in 龙游县 in 衢州市; another township of the county; another county. */
const village = 4
const township = 3
const county = 2
const city = 1
const otherTownship = 13
const otherCounty = 12
const areaChain = [village, township, county, city]

function group(code: string, changes: Partial<RoutingGroup> = {}): RoutingGroup {
  return {
    id: [...code].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7),
    code,
    kind: 'supervision',
    level: 'township',
    areaIds: [township],
    categories: [],
    description: '',
    inboxState: 'bound',
    rosterNames: [],
    enrolled: 1,
    openTips: 0,
    ...changes,
  }
}
const townshipGroup = group('LY-01')
const countyGroup = group('LY', { level: 'county', areaIds: [county] })
const cityGroup = group('QZ', { level: 'city', areaIds: [city] })
const all = [townshipGroup, countyGroup, cityGroup]

function facts(changes: Partial<TipFacts> = {}): TipFacts {
  return {
    areaChain,
    kind: 'supervision',
    category: 'cash',
    accused: { role: 'candidate' },
    excludedGroupIds: [],
    ...changes,
  }
}

function codeOf(decision: RoutingDecision, groups: readonly RoutingGroup[]): string {
  if (decision.outcome === 'held') return 'held'
  return groups.find(({ id }) => id === decision.groupId)?.code ?? 'nobody'
}

describe('who gets a tip', () => {
  const unbound = { inboxState: 'unbound' } as const
  it.each<[string, Partial<TipFacts>, RoutingGroup[], string]>([
    ['the nearest group', {}, all, 'LY-01'],
    ['the nearest, in whatever order they come', {}, [...all].reverse(), 'LY-01'],
    [
      'a group for the village alone before that of the township',
      {},
      [...all, group('V', { areaIds: [village] })],
      'V',
    ],
    [
      'the county when no township group answers for the place',
      {},
      [group('X', { areaIds: [otherTownship] }), countyGroup, cityGroup],
      'LY',
    ],
    [
      'nobody outside the chain',
      {},
      [group('X', { areaIds: [otherTownship, otherCounty] })],
      'held',
    ],
    [
      'the township for a village official',
      { accused: { role: 'village_official' } },
      all,
      'LY-01',
    ],
    ['the township for an unknown role', { accused: { role: 'unknown' } }, all, 'LY-01'],
    ['the county for a township official', { accused: { role: 'township_official' } }, all, 'LY'],
    ['the city for a county official', { accused: { role: 'county_official' } }, all, 'QZ'],
    ['nobody for a city official', { accused: { role: 'city_official' } }, all, 'held'],
    [
      'the county when the accused is on the roster',
      { accused: { role: 'candidate', name: '张三' } },
      [group('LY-01', { rosterNames: ['李四', '张 三'] }), countyGroup],
      'LY',
    ],
    [
      'the county when the description names the accused',
      { accused: { role: 'candidate', name: '张三' } },
      [group('LY-01', { description: '联系人：张三（组长）' }), countyGroup],
      'LY',
    ],
    [
      'the county after the township group declared a conflict',
      { excludedGroupIds: [townshipGroup.id] },
      all,
      'LY',
    ],
    [
      'the county while the township group has no inbox',
      {},
      [group('LY-01', unbound), countyGroup],
      'LY',
    ],
    [
      'the city while the inboxes below are broken',
      {},
      [
        group('LY-01', { inboxState: 'broken' }),
        group('LY', { ...unbound, level: 'county', areaIds: [county] }),
        cityGroup,
      ],
      'QZ',
    ],
    [
      'the county while nobody of the township group is enrolled',
      {},
      [group('LY-01', { enrolled: 0 }), countyGroup],
      'LY',
    ],
    ['nobody while nobody is enrolled', {}, all.map((one) => ({ ...one, enrolled: 0 })), 'held'],
    ['nobody while no inbox is bound', {}, all.map((one) => ({ ...one, ...unbound })), 'held'],
    [
      'a group that takes the category',
      {},
      [group('LY-01', { categories: ['travel'] }), countyGroup],
      'LY',
    ],
    [
      'a mediation group for a quarrel',
      { kind: 'mediation' },
      [...all, group('M', { kind: 'mediation', level: 'county', areaIds: [county] })],
      'M',
    ],
    [
      'the less busy of two equally near groups',
      {},
      [group('A', { openTips: 2 }), group('B', { openTips: 1 })],
      'B',
    ],
    ['the first by code when both are as busy', {}, [group('B'), group('A')], 'A'],
    ['the nearest even when it is busier', {}, [group('A', { openTips: 99 }), countyGroup], 'A'],
    ['nobody when there are no groups', {}, [], 'held'],
  ])('is %s', (_, changes, groups, expected) => {
    expect(codeOf(decideGroup(facts(changes), groups), groups)).toBe(expected)
  })
})

describe('the reasons', () => {
  it('tell for each nearer group why it was skipped, in order, without any name', () => {
    const groups = [
      group('A', { inboxState: 'unbound' }),
      group('B', { rosterNames: ['张三'] }),
      group('C', { level: 'county', areaIds: [county], openTips: 3 }),
      group('D', { level: 'county', areaIds: [county], openTips: 5 }),
      group('E', { level: 'city', areaIds: [city], inboxState: 'broken' }),
    ]
    const accused = { role: 'candidate', name: '张三' } as const
    const decision = decideGroup(facts({ accused }), groups)
    expect(decision.reasons).toEqual([
      { code: 'skipped-unbound', params: { group: 'A', steps: 1 } },
      { code: 'skipped-named', params: { group: 'B', steps: 1 } },
      { code: 'busier', params: { group: 'D', steps: 2, openTips: 5 } },
      { code: 'nearest', params: { group: 'C', steps: 2, openTips: 3 } },
    ])
    expect(JSON.stringify(decision)).not.toContain('张三')
  })

  it('end with the fact that nobody is left when a tip is held', () => {
    const decision = decideGroup(facts({ accused: { role: 'city_official' } }), [cityGroup])
    expect(decision).toEqual({
      outcome: 'held',
      reasons: [
        { code: 'skipped-rank', params: { group: 'QZ', steps: 3 } },
        { code: 'none-left', params: {} },
      ],
    })
  })
})

const names = ['张三', '李四', '王小五', '赵', '']
const anyGroup = fc.record({
  kind: fc.constantFrom(...groupKinds),
  level: fc.constantFrom(...groupLevels),
  areaIds: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 12, 13), { maxLength: 3 }),
  categories: fc.uniqueArray(fc.constantFrom('cash', 'travel'), { maxLength: 2 }),
  description: fc.constantFrom('', '组长张三', '值班：李 四'),
  inboxState: fc.constantFrom('unbound' as const, 'bound' as const, 'broken' as const),
  rosterNames: fc.uniqueArray(fc.constantFrom('张三', '李四', '王小五', '赵六'), { maxLength: 3 }),
  enrolled: fc.nat(1),
  openTips: fc.nat(3),
})
const anyGroups = fc
  .array(anyGroup, { maxLength: 8 })
  .map((list): RoutingGroup[] =>
    list.map((one, at) => ({ ...one, id: at + 1, code: `G${at + 1}` })),
  )
const anyFacts = fc.record({
  areaChain: fc.constantFrom(areaChain, [township, county, city], [city]),
  kind: fc.constantFrom(...groupKinds),
  category: fc.constantFrom('cash', 'travel', 'feast'),
  accused: fc.record({
    role: fc.constantFrom(...accusedRoles),
    name: fc.constantFrom(undefined, ...names),
  }),
  excludedGroupIds: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
})
const holds = (property: (tip: TipFacts, groups: RoutingGroup[]) => void) =>
  fc.assert(fc.property(anyFacts, anyGroups, property), { numRuns: 500 })
const find = (groups: readonly RoutingGroup[], decision: RoutingDecision) =>
  decision.outcome === 'routed' ? groups.find(({ id }) => id === decision.groupId) : undefined
const stepsOf = (tip: TipFacts, { areaIds }: RoutingGroup) =>
  tip.areaChain.findIndex((id) => areaIds.includes(id))

/** Written again from the rules, without a look at how the function does it. */
function mayTake(tip: TipFacts, one: RoutingGroup): boolean {
  const name = tip.accused.name ?? ''
  const named =
    name.length > 1 &&
    (one.rosterNames.includes(name) || one.description.replaceAll(' ', '').includes(name))
  return (
    one.kind === tip.kind &&
    (one.categories.length === 0 || one.categories.includes(tip.category)) &&
    one.inboxState === 'bound' &&
    one.enrolled > 0 &&
    isAboveAccused(one.level, tip.accused.role) &&
    !named &&
    !tip.excludedGroupIds.includes(one.id) &&
    stepsOf(tip, one) >= 0
  )
}

describe('for any tip and any groups', () => {
  it('every tip is routed or held, and says why', () => {
    holds((tip, groups) => {
      const decision = decideGroup(tip, groups)
      expect(decision.reasons.at(-1)?.code).toBe(
        decision.outcome === 'routed' ? 'nearest' : 'none-left',
      )
      if (decision.outcome === 'held') expect(groups.filter((one) => mayTake(tip, one))).toEqual([])
    })
  })

  it('never a group at or below the level of the accused', () => {
    const level = { township: 2, county: 3, city: 4 }
    const role = { township_official: 2, county_official: 3, city_official: 4 } as Record<
      string,
      number
    >
    holds((tip, groups) => {
      const chosen = find(groups, decideGroup(tip, groups))
      if (chosen) expect(level[chosen.level]).toBeGreaterThan(role[tip.accused.role] ?? 1)
    })
  })

  it('never a group whose roster or description names the accused, nor one that is excluded', () => {
    holds((tip, groups) => {
      const chosen = find(groups, decideGroup(tip, groups))
      if (chosen) expect(mayTake(tip, chosen)).toBe(true)
    })
  })

  it('always the nearest of those that may take it, and the least busy of these', () => {
    holds((tip, groups) => {
      const chosen = find(groups, decideGroup(tip, groups))
      if (!chosen) return
      const fitting = groups.filter((one) => mayTake(tip, one))
      const nearest = Math.min(...fitting.map((one) => stepsOf(tip, one)))
      const near = fitting.filter((one) => stepsOf(tip, one) === nearest)
      expect(stepsOf(tip, chosen)).toBe(nearest)
      expect(chosen.openTips).toBe(Math.min(...near.map(({ openTips }) => openTips)))
    })
  })

  it('a group that does not answer for the place changes nothing', () => {
    fc.assert(
      fc.property(anyFacts, anyGroups, anyGroup, (tip, groups, other) => {
        const unrelated = { ...other, id: 99, code: 'A-unrelated', areaIds: [12, 13] }
        expect(decideGroup(tip, [unrelated, ...groups])).toEqual(decideGroup(tip, groups))
      }),
    )
  })

  it('the order of the groups changes nothing', () => {
    const shuffled = anyGroups.chain((groups) =>
      fc.tuple(fc.constant(groups), fc.shuffledSubarray(groups, { minLength: groups.length })),
    )
    fc.assert(
      fc.property(anyFacts, shuffled, (tip, [groups, others]) => {
        expect(decideGroup(tip, others)).toEqual(decideGroup(tip, groups))
      }),
    )
  })
})
