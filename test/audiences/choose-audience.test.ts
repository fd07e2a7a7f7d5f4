import { describe, expect, it } from 'vitest'
import { createAreaTree } from '../../src/areas/area-tree.ts'
import {
  askReading,
  isAboutReading,
  toggleDays,
  togglePlace,
  toggleValue,
} from '../../src/audiences/choose-audience.ts'

const place = (id: number, parentId: number | null, level: 'county' | 'township' | 'village') => ({
  ...{ id, parentId, level, code: String(id), name: String(id) },
  ...{ riskClass: null, electionDay: null, aliases: [], formerCodes: [], retiredAt: null },
})
/** County 1 with townships 11 and 12; villages 111 and 112 in the first. */
const tree = createAreaTree([
  place(1, null, 'county'),
  place(11, 1, 'township'),
  place(12, 1, 'township'),
  place(111, 11, 'village'),
  place(112, 11, 'village'),
])

describe('choosing an audience', () => {
  it.each([
    [[], 111, [111]],
    [[111], 112, [111, 112]],
    [[111], 111, undefined],
    [[111, 112, 12], 11, [12, 11]],
    [[11], 111, [11]],
    [[11, 12], 1, [1]],
  ])('of places %j, then %i, has %j', (areas, areaId, expected) => {
    const before = areas.length > 0 ? { areas } : {}
    expect(togglePlace(before, areaId, tree).areas).toEqual(expected)
  })

  it('switches values on in their own order and off again', () => {
    const one = toggleValue({}, 'risk', 'calm')
    const two = toggleValue(one, 'risk', 'complex')
    expect(two).toEqual({ riskClasses: ['complex', 'calm'] })
    expect(toggleValue(toggleValue(two, 'risk', 'calm'), 'risk', 'complex')).toEqual({})
    expect(toggleValue({ areas: [1] }, 'role', 'mayor')).toEqual({ areas: [1] })
  })

  it('asks for the days of one phase at a time', () => {
    const eve = toggleDays({}, { from: 1, to: 1 })
    expect(toggleDays(eve, { from: 0, to: 0 }).daysToElection).toEqual({ from: 0, to: 0 })
    expect(toggleDays(eve, { from: 1, to: 1 })).toEqual({})
  })

  it('asks for one thing about what was read', () => {
    const unread = askReading({ areas: [1] }, 'notRead', 7)
    expect(askReading(unread, 'notMastered', 8)).toEqual({ areas: [1], notMastered: 8 })
    expect([isAboutReading(unread), isAboutReading({ areas: [1] })]).toEqual([true, false])
  })
})
