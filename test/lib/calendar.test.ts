import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, instantAt, minuteOf } from '../../src/lib/calendar.ts'

describe('dayOf', () => {
  it.each([
    ['2017-03-30T15:59:59.999Z', 'Asia/Shanghai', '2017-03-30'],
    ['2017-03-30T16:00:00.000Z', 'Asia/Shanghai', '2017-03-31'],
    ['2017-03-30T16:00:00.000Z', 'UTC', '2017-03-30'],
    ['2017-01-01T02:00:00.000Z', 'America/New_York', '2016-12-31'],
    ['2016-02-29T12:00:00.000Z', 'Asia/Shanghai', '2016-02-29'],
  ])('says on which day %s falls in %s', (instant, timezone, day) => {
    expect(dayOf(new Date(instant), timezone)).toBe(day)
  })
})

describe('a minute of a day', () => {
  it.each([
    ['2026-11-24', 540, 'Asia/Shanghai', '2026-11-24T01:00:00.000Z'],
    ['2026-11-24', 0, 'Asia/Shanghai', '2026-11-23T16:00:00.000Z'],
    // The clock goes from 2:00 to 3:00, so 2:30 is shown by nobody.
    ['2026-03-29', 150, 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    // It goes back from 3:00 to 2:00: 2:30 comes twice, this is the first.
    ['2026-10-25', 150, 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ])('of %s, number %i in %s, is %s', (day, minute, timezone, instant) => {
    expect(instantAt(day, minute, timezone).toISOString()).toBe(instant)
  })

  it('is what the clock on the wall shows', () => {
    expect(minuteOf(new Date('2026-11-24T01:00:59Z'), 'Asia/Shanghai')).toBe(540)
    expect(minuteOf(new Date('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toBe(150)
  })
})

describe('counting days', () => {
  it('goes across months, leap days and clock changes', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(addDays('2026-12-05', -25)).toBe('2026-11-10')
    expect(daysBetween('2026-12-31', '2027-01-02')).toBe(2)
    expect(daysBetween('2027-01-02', '2026-12-31')).toBe(-2)
  })
})
