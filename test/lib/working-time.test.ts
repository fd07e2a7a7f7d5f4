import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorkingDays } from '../../src/lib/working-days.ts'
import {
  addWorkingMinutes,
  countWorkingMinutes,
  lastClosingTime,
  nextWorkingMoment,
  parseSpans,
  type WorkingCalendar,
} from '../../src/lib/working-time.ts'

const days = createWorkingDays({ onUnknownYear: () => {} })
const hours = parseSpans('08:30-12:00,14:00-17:30') ?? []
const china: WorkingCalendar = {
  timezone: 'Asia/Shanghai',
  spansOn: (day) => (days.isWorkingDay(day) ? hours : []),
}
const at = (local: string) => new Date(`${local}:00+08:00`)
const add = (local: string, minutes: number) => addWorkingMinutes(at(local), minutes, china)

const moments = fc
  .integer({ min: Date.UTC(2016, 11, 1), max: Date.UTC(2027, 2, 1) })
  .map((ms) => new Date(ms))
const minutes = fc.integer({ min: 0, max: 5_000 })

describe('adding minutes of work', () => {
  it.each([
    ['within the morning', '2017-03-28T09:00', 60, '2017-03-28T10:00'],
    ['over lunch', '2017-03-28T11:30', 60, '2017-03-28T14:30'],
    ['up to the end of the day', '2017-03-28T16:30', 60, '2017-03-28T17:30'],
    ['into the next day', '2017-03-28T17:00', 60, '2017-03-29T09:00'],
    ['over a weekend', '2017-03-24T17:00', 60, '2017-03-27T09:00'],
    ['from the middle of the night', '2017-03-28T03:00', 30, '2017-03-28T09:00'],
    ['over the Qingming holiday', '2017-04-01T17:00', 60, '2017-04-05T09:00'],
    ['on the Saturday that makes up for it', '2017-04-01T09:00', 60, '2017-04-01T10:00'],
    ['over the National Day week of 2026', '2026-09-30T17:00', 60, '2026-10-08T09:00'],
    ['on the Saturday after it', '2026-10-10T09:00', 60, '2026-10-10T10:00'],
  ])('goes %s', (_, from, worked, to) => {
    expect(add(from, worked)).toEqual(at(to))
  })

  it('stops with one sentence for a calendar without work', () => {
    const never = { timezone: 'Asia/Shanghai', spansOn: () => [] }
    expect(() => addWorkingMinutes(at('2017-03-28T09:00'), 1, never)).toThrow('no time to work')
  })

  it('never goes back, and later starts never end sooner', () => {
    fc.assert(
      fc.property(moments, moments, minutes, (a, b, n) => {
        const [first, second] = a < b ? [a, b] : [b, a]
        const [early, late] = [
          addWorkingMinutes(first, n, china),
          addWorkingMinutes(second, n, china),
        ]
        expect(early.getTime()).toBeGreaterThanOrEqual(first.getTime())
        expect(late.getTime()).toBeGreaterThanOrEqual(early.getTime())
      }),
    )
  })

  it('adds up: twice is the sum', () => {
    fc.assert(
      fc.property(moments, minutes, minutes, (from, a, b) => {
        const twice = addWorkingMinutes(addWorkingMinutes(from, a, china), b, china)
        expect(twice).toEqual(addWorkingMinutes(from, a + b, china))
      }),
    )
  })

  it('is undone by counting', () => {
    fc.assert(
      fc.property(moments, minutes, (from, n) => {
        expect(countWorkingMinutes(from, addWorkingMinutes(from, n, china), china)).toBeCloseTo(
          n,
          6,
        )
      }),
    )
  })

  it('always ends while somebody is at work', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 5_000 }), (from, n) => {
        const end = addWorkingMinutes(from, n, china)
        const justBefore = new Date(end.getTime() - 1)
        expect(nextWorkingMoment(justBefore, china)).toEqual(justBefore)
      }),
    )
  })

  it('counts nothing backwards or outside of the hours', () => {
    expect(countWorkingMinutes(at('2017-03-28T10:00'), at('2017-03-28T09:00'), china)).toBe(0)
    expect(countWorkingMinutes(at('2017-03-25T00:00'), at('2017-03-27T00:00'), china)).toBe(0)
    expect(countWorkingMinutes(at('2017-03-28T00:00'), at('2017-03-29T00:00'), china)).toBe(420)
  })

  it('takes a day of 24 hours, and a change of the clocks elsewhere', () => {
    const always = parseSpans('00:00-24:00') ?? []
    const berlin = { timezone: 'Europe/Berlin', spansOn: () => always }
    const from = new Date('2017-03-25T12:00:00+01:00')
    expect(addWorkingMinutes(from, 24 * 60, berlin)).toEqual(new Date('2017-03-26T13:00:00+02:00'))
  })
})

describe('the last closing time', () => {
  it('lies between two moments', () => {
    const after = at('2017-03-24T16:00')
    const until = (local: string) => lastClosingTime({ after, until: at(local) }, china)
    expect(until('2017-03-27T13:00')).toEqual(at('2017-03-27T12:00'))
    expect(until('2017-03-26T23:00')).toEqual(at('2017-03-24T17:30'))
    expect(until('2017-03-24T17:00')).toBeNull()
    expect(until('2017-03-20T17:00')).toBeNull()
  })
})

describe('working hours as they are written in the settings', () => {
  it('are spans of a day in order', () => {
    expect(parseSpans('8:30-12:00, 14:00-17:30')).toEqual([
      { from: 510, to: 720 },
      { from: 840, to: 1050 },
    ])
  })

  it.each([
    '',
    '9-17',
    '12:00-08:00',
    '08:00-12:00,11:00-13:00',
    '08:61-09:00',
    '08:00-24:30',
    'x',
  ])('are nothing when they are “%s”', (text) => {
    expect(parseSpans(text)).toBeNull()
  })
})
