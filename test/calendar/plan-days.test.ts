import { describe, expect, it } from 'vitest'
import { findPlaces } from '../../src/calendar/find-place.ts'
import { describePlace, planDays } from '../../src/calendar/plan-days.ts'
import { calendarTree } from './calendar-tree.ts'

const [first, second] = ['2026-12-05', '2026-12-12']

describe('a new election day', () => {
  it('of a township moves its villages, but not those with a day of their own', () => {
    const tree = calendarTree({ 3: first, 4: second })
    const { changes, moved, tree: after } = planDays(tree, [{ areaId: 3, day: '2026-12-20' }])
    expect(changes).toEqual([{ areaId: 3, day: '2026-12-20', was: first }])
    expect(moved).toEqual([{ areaId: 5, from: first, to: '2026-12-20' }])
    expect(after.electionDay(4)).toBe(second)
    expect(tree.electionDay(5)).toBe(first)
  })

  it('that is taken away gives back what is inherited, or nothing', () => {
    const tree = calendarTree({ 2: first, 4: second, 11: second })
    const { moved } = planDays(tree, [
      { areaId: 4, day: null },
      { areaId: 11, day: null },
    ])
    expect(moved).toEqual([
      { areaId: 4, from: second, to: first },
      { areaId: 11, from: second, to: null },
    ])
  })

  it('that is the old one changes nothing', () => {
    const tree = calendarTree({ 3: first })
    expect(planDays(tree, [{ areaId: 3, day: first }])).toMatchObject({ changes: [], moved: [] })
  })

  it('that a village has of its own already, as what it inherited, moves nobody', () => {
    const plan = planDays(calendarTree({ 3: first }), [{ areaId: 4, day: first }])
    expect(plan.moved).toEqual([])
    expect(plan.changes).toHaveLength(1)
  })

  it('moves no village that is gone', () => {
    const { moved } = planDays(calendarTree({}, [5]), [{ areaId: 3, day: first }])
    expect(moved.map(({ areaId }) => areaId)).toEqual([4])
  })
})

describe('what is known of a place', () => {
  it('says whose day it is, who below has another and how many have none', () => {
    const tree = calendarTree({ 3: first, 4: second, 9: first }, [8])
    expect(describePlace(tree, 5)).toMatchObject({ day: first, source: { id: 3 }, villages: 1 })
    expect(describePlace(tree, 3)).toMatchObject({ source: { id: 3 }, ownBelow: [{ id: 4 }] })
    expect(describePlace(tree, 2)).toMatchObject({ day: null, source: null, without: 1 })
    expect(describePlace(tree, 1)).toMatchObject({ villages: 4, without: 1 })
  })
})

describe('a place', () => {
  const tree = calendarTree({}, [8])
  it.each([
    ['龙游县', [2]],
    ['龙游', [2]],
    ['湖镇', [6]],
    ['山底村', [4, 7]],
    ['山底', [4, 7]],
    ['龙洲街道 山底村', [4]],
    ['衢州市龙游县湖镇镇山底村', [7]],
    ['龙游县 / 下村', [5]],
    ['下村村民委员会', [5]],
    ['贺村', [11]],
    ['贺村镇', [10]],
    ['330800000007', [7]],
    ['江山市 山底村', []],
    ['大街社区', []],
    ['330800000099', []],
    ['', []],
  ])('is found by “%s”', (text, ids) => {
    expect(findPlaces(tree, text).map(({ id }) => id)).toEqual(ids)
  })
})
