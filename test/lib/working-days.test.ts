import { afterEach, describe, expect, it } from 'vitest'
import { createWorkingDays } from '../../src/lib/working-days.ts'

const zone = process.env.TZ
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

describe('working days', () => {
  const { isWorkingDay } = createWorkingDays({ onUnknownYear: () => {} })

  it.each([
    ['2017-01-22', true, 'a Sunday before the Spring Festival that makes up for it'],
    ['2017-01-27', false, 'the Spring Festival'],
    ['2017-04-01', true, 'the Saturday before Qingming'],
    ['2017-04-08', false, 'a usual Saturday'],
    ['2017-04-10', true, 'a usual Monday'],
    ['2026-02-17', false, 'the Spring Festival'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-10', true, 'the Saturday after it'],
    ['2026-11-23', true, 'a usual Monday'],
  ])('know %s', (day, isWorking, _what) => {
    expect(isWorkingDay(day)).toBe(isWorking)
  })

  it.each(['America/Los_Angeles', 'UTC', 'Pacific/Kiritimati'])(
    'are the same on a server in %s',
    (timezone) => {
      process.env.TZ = timezone
      expect(['2017-04-01', '2017-04-07', '2017-04-08', '2017-04-10'].map(isWorkingDay)).toEqual([
        true,
        true,
        false,
        true,
      ])
    },
  )

  it('are five a week in a year without known holidays, and that is told once for the year', () => {
    const told: number[] = []
    const days = createWorkingDays({ onUnknownYear: (year) => told.push(year) })
    expect(days.isWorkingDay('2091-10-01')).toBe(true)
    expect(days.isWorkingDay('2091-10-06')).toBe(false)
    days.isWorkingDay('2091-10-08')
    expect(days.isWorkingDay('2090-10-02')).toBe(true)
    days.isWorkingDay('2026-10-02')
    expect(told).toEqual([2091, 2090])
  })
})
