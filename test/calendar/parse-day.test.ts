import { describe, expect, it } from 'vitest'
import { parseElectionDay } from '../../src/calendar/parse-day.ts'

const today = '2026-11-24'

describe('an election day', () => {
  it.each([
    ['2026-12-05', '2026-12-05'],
    ['2026/12/5', '2026-12-05'],
    ['2026.12.5', '2026-12-05'],
    [' 2026年12月5日 ', '2026-12-05'],
    ['２０２６年１２月５日', '2026-12-05'],
    ['12月5日', '2026-12-05'],
    ['12月5号', '2026-12-05'],
    ['12.5', '2026-12-05'],
    // The next one: this year's is over.
    ['3月1日', '2027-03-01'],
    ['11月24日', today],
    [today, today],
    ['2028-02-29', '2028-02-29'],
  ])('written as %s is %s', (text, day) => {
    expect(parseElectionDay(text, today)).toEqual({ day })
  })

  it.each([
    ['', 'not-a-day'],
    ['下个月', 'not-a-day'],
    ['2026-02-30', 'not-a-day'],
    ['2027-02-29', 'not-a-day'],
    ['13月1日', 'not-a-day'],
    ['2026-12-05 09:00', 'not-a-day'],
    ['2026-11-23', 'past'],
    ['2017-03-31', 'past'],
    ['2029-01-01', 'too-far'],
    ['2206-12-05', 'too-far'],
  ])('is not taken from “%s”: %s', (text, problem) => {
    expect(parseElectionDay(text, today)).toEqual({ problem })
  })
})
