import { describe, expect, it } from 'vitest'
import type { RoutingGroup, TipFacts } from '../../../src/groups/decide-group.ts'
import { type Choice, chooseGroup } from '../../../src/tips/routing/choose-group.ts'

/** 山底村 in 龙洲街道 in 龙游县 in 衢州市, with the groups that answer for it. */
const chain = [4, 3, 2, 1]
const made = (
  id: number,
  code: string,
  level: RoutingGroup['level'],
  areaId: number,
  more: Partial<RoutingGroup> = {},
): RoutingGroup => ({
  ...{ id, code, level, areaIds: [areaId], kind: 'supervision', categories: [], description: '' },
  ...{ inboxState: 'bound', rosterNames: [], enrolled: 1, openTips: 0, ...more },
})
const groups = {
  'LY-01': made(1, 'LY-01', 'township', 3, { rosterNames: ['李建国', '李书记'] }),
  'LY-02': made(2, 'LY-02', 'township', 3, { openTips: 5, rosterNames: ['周明', '周组长'] }),
  LY: made(3, 'LY', 'county', 2, { rosterNames: ['陈芳'], description: '联系人：县纪委 何庆' }),
  QZ: made(4, 'QZ', 'city', 1, { rosterNames: ['郑重'] }),
  'TJ-01': made(5, 'TJ-01', 'township', 3, { kind: 'mediation' }),
}
type Code = keyof typeof groups
const ids = (...codes: Code[]) => codes.map((code) => groups[code].id)

type Case = {
  facts?: Partial<TipFacts>
  /** What is different about the groups. */
  change?: Partial<Record<Code, Partial<RoutingGroup>>>
  without?: Code[]
  barred?: Code[]
  passed?: Code[]
  target?: Code
}

function decide({ facts = {}, change = {}, without = [], barred = [], passed = [], target }: Case) {
  const known = (Object.keys(groups) as Code[])
    .filter((code) => !without.includes(code))
    .map((code) => ({ ...groups[code], ...change[code] }))
  return chooseGroup({
    facts: {
      ...{ areaChain: chain, kind: 'supervision', category: 'cash' },
      accused: { role: 'candidate' },
      ...facts,
    },
    groups: known,
    barredGroupIds: ids(...barred),
    passedGroupIds: ids(...passed),
    targetId: target && groups[target].id,
  })
}

/** “skipped-rank LY-01, nearest LY”. A group of the other kind is no news. */
function explain({ reasons }: Choice): string {
  return reasons
    .filter(({ code }) => code !== 'skipped-kind')
    .map(({ code, params }) => ('group' in params ? `${code} ${params.group}` : code))
    .join(', ')
}

const codeOf = (choice: Choice) =>
  choice.outcome === 'held'
    ? 'held'
    : (Object.values(groups).find(({ id }) => id === choice.groupId)?.code ?? '?')

const who = (name: string, role: TipFacts['accused']['role'] = 'unknown') => ({
  facts: { accused: { role, name } },
})
const told = (story: string) => ({ facts: { accused: { role: 'unknown' as const, told: story } } })
const role = (of: TipFacts['accused']['role']) => ({ facts: { accused: { role: of } } })
const broken = { inboxState: 'broken' } as const
const unbound = { inboxState: 'unbound' } as const
const bothTownship = 'LY-01 LY-02'
const skipped = (why: string, codes: string) =>
  codes
    .split(' ')
    .map((code) => `skipped-${why} ${code}`)
    .join(', ')

const cases: [string, Case, string, string][] = [
  [
    'a candidate: the nearest, and of two the less busy',
    {},
    'LY-01',
    'busier LY-02, nearest LY-01',
  ],
  [
    'equally busy: the order of the codes',
    { change: { 'LY-02': { openTips: 0 } } },
    'LY-01',
    'busier LY-02, nearest LY-01',
  ],
  [
    'busier: the other one',
    { change: { 'LY-01': { openTips: 9 } } },
    'LY-02',
    'busier LY-01, nearest LY-02',
  ],
  [
    'a village cadre stands below every group',
    role('village_official'),
    'LY-01',
    'busier LY-02, nearest LY-01',
  ],
  [
    'a township official: no group of any township',
    role('township_official'),
    'LY',
    `${skipped('rank', bothTownship)}, nearest LY`,
  ],
  [
    'a county official: the city',
    role('county_official'),
    'QZ',
    `${skipped('rank', 'LY-01 LY-02 LY')}, nearest QZ`,
  ],
  [
    'a city official: nobody here may look',
    role('city_official'),
    'held',
    `${skipped('rank', 'LY-01 LY-02 LY QZ')}, none-left`,
  ],
  ['a supervisor by full name', who('李建国'), 'LY-02', 'skipped-named LY-01, nearest LY-02'],
  [
    'a supervisor as people call them: surname and title',
    who('李书记'),
    'LY-02',
    'skipped-named LY-01, nearest LY-02',
  ],
  [
    'the name inside what was typed',
    who('街道的李建国主任'),
    'LY-02',
    'skipped-named LY-01, nearest LY-02',
  ],
  [
    'spaces and full-width letters in the name',
    who(' 李 建 国 '),
    'LY-02',
    'skipped-named LY-01, nearest LY-02',
  ],
  [
    'a supervisor written as the name sounds',
    {
      ...who('郑众明'),
      change: { QZ: { rosterNames: ['郑重明'] } },
      without: ['LY-01', 'LY-02', 'LY'],
    },
    'held',
    'skipped-named QZ, none-left',
  ],
  [
    'an office that a supervisor holds, and no name',
    { ...who('纪委书记'), change: { 'LY-01': { rosterTitles: ['纪委书记'] } } },
    'LY-02',
    'skipped-named LY-01, nearest LY-02',
  ],
  [
    'an office of the village that sounds like one above it',
    { ...who('村主任'), change: { 'LY-01': { rosterTitles: ['主任'] } } },
    'LY-01',
    'busier LY-02, nearest LY-01',
  ],
  ['a surname alone rules nobody out', who('李'), 'LY-01', 'busier LY-02, nearest LY-01'],
  [
    'a name of the county group: that one never, though it is not the nearest',
    { ...who('陈芳'), without: ['LY-01', 'LY-02'] },
    'QZ',
    'skipped-named LY, nearest QZ',
  ],
  [
    'a name in a description',
    { ...who('何庆'), without: ['LY-01', 'LY-02'] },
    'QZ',
    'skipped-named LY, nearest QZ',
  ],
  [
    'nobody named, but a supervisor in the story',
    told('钱是李建国叫人送的'),
    'LY-02',
    'skipped-named LY-01, nearest LY-02',
  ],
  [
    'two supervisors of two groups in the story',
    told('李建国和周明都在场'),
    'LY',
    `${skipped('named', bothTownship)}, nearest LY`,
  ],
  [
    'somebody of every group in the story',
    told('李建国、周明、陈芳、郑重都有份'),
    'held',
    `${skipped('named', 'LY-01 LY-02 LY QZ')}, none-left`,
  ],
  [
    'role and name together: both rule out',
    who('陈芳', 'township_official'),
    'QZ',
    `${skipped('rank', bothTownship)}, skipped-named LY, nearest QZ`,
  ],
  [
    'a category that the nearest does not take',
    { change: { 'LY-01': { categories: ['treat'] } } },
    'LY-02',
    'skipped-category LY-01, nearest LY-02',
  ],
  [
    'no inbox yet',
    { change: { 'LY-01': unbound, 'LY-02': unbound } },
    'LY',
    `${skipped('unbound', bothTownship)}, nearest LY`,
  ],
  [
    'a broken inbox',
    { change: { 'LY-01': broken } },
    'LY-02',
    'skipped-broken LY-01, nearest LY-02',
  ],
  [
    'all inboxes broken: held',
    { change: { 'LY-01': broken, 'LY-02': broken, LY: broken, QZ: broken } },
    'held',
    `${skipped('broken', 'LY-01 LY-02 LY QZ')}, none-left`,
  ],
  [
    'broken below and involved above',
    { ...who('陈芳'), change: { 'LY-01': broken, 'LY-02': broken } },
    'QZ',
    `${skipped('broken', bothTownship)}, skipped-named LY, nearest QZ`,
  ],
  [
    'a quarrel: the mediation group',
    { facts: { kind: 'mediation', category: 'dispute' } },
    'TJ-01',
    `nearest TJ-01`,
  ],
  [
    'a quarrel without a mediation group: supervision rather than nobody',
    { facts: { kind: 'mediation', category: 'dispute' }, without: ['TJ-01'] },
    'LY-01',
    'busier LY-02, nearest LY-01',
  ],
  [
    'a quarrel with a township official: neither mediator nor supervisor of the township',
    { facts: { kind: 'mediation', category: 'dispute', accused: { role: 'township_official' } } },
    'LY',
    `${skipped('rank', bothTownship)}, nearest LY`,
  ],
  [
    'a declared conflict: never that group again',
    { barred: ['LY-01'] },
    'LY-02',
    'skipped-excluded LY-01, nearest LY-02',
  ],
  [
    'conflicts everywhere: held rather than read by who is involved',
    { barred: ['LY-01', 'LY-02', 'LY', 'QZ'] },
    'held',
    `${skipped('excluded', 'LY-01 LY-02 LY QZ')}, none-left`,
  ],
  [
    'passed on by one: somebody else first',
    { passed: ['LY-01'] },
    'LY-02',
    'skipped-excluded LY-01, nearest LY-02',
  ],
  [
    'passed on by all: the nearest gets it again rather than nobody',
    { passed: ['LY-01', 'LY-02', 'LY', 'QZ'] },
    'LY-01',
    'busier LY-02, nearest LY-01',
  ],
  [
    'upward from a township: no other group of a township',
    { facts: { above: 'township' }, passed: ['LY-01'] },
    'LY',
    'skipped-excluded LY-01, skipped-not-above LY-02, nearest LY',
  ],
  [
    'upward from the city: nobody',
    { facts: { above: 'city' } },
    'held',
    `${skipped('not-above', 'LY-01 LY-02 LY QZ')}, none-left`,
  ],
  [
    'a named group that is involved: refused, though a supervisor asks for it',
    { ...who('陈芳'), target: 'LY' },
    'held',
    'skipped-named LY, none-left',
  ],
  [
    'a place whose only group lies elsewhere: held',
    { facts: { areaChain: [99, 98] } },
    'held',
    'none-left',
  ],
]

describe('a hard case', () => {
  it.each(cases)('%s', (_name, hard, expected, why) => {
    const choice = decide(hard)
    expect(codeOf(choice)).toBe(expected)
    expect(explain(choice)).toBe(why)
  })

  it.each([
    ['every group ranks too low', role('city_official'), true],
    ['everybody is named', told('李建国、周明、陈芳、郑重都有份'), true],
    ['all declared a conflict', { barred: ['LY-01', 'LY-02', 'LY', 'QZ'] as Code[] }, true],
    ['one inbox is only broken', { ...role('county_official'), change: { QZ: broken } }, false],
    ['no group answers for the place', { facts: { areaChain: [99, 98] } }, false],
    ['somebody may have it', {}, false],
  ])('is for nobody at all, or may go out later: %s', (_why, hard: Case, isForNobody) => {
    expect(decide(hard).isForNobody).toBe(isForNobody)
  })

  it('is one of at least thirty', () => {
    expect(cases.length).toBeGreaterThanOrEqual(30)
  })
})
