import { describe, expect, it } from 'vitest'
import { isAboutDays, parseOffset } from '../../src/reminders/parse-offset.ts'

const nine = 9 * 60

describe('days from the election day, as people type them', () => {
  it.each([
    ['前 10 天 9:00', -10, nine],
    ['前10天', -10, nine],
    ['选举日前十天 上午9点', -10, nine],
    ['选举前一天 晚上6点半', -1, 1_110],
    ['提前两天，18:30', -2, 1_110],
    ['10天前的 8点', -10, 480],
    ['十五天以前 8:05', -15, 485],
    ['当天 7:30', 0, 450],
    ['选举日当天 7:30', 0, 450],
    ['投票日后 3 天 18:30', 3, 1_110],
    ['３天后 ９：００', 3, nine],
    ['-10 9:00', -10, nine],
    ['+3', 3, nine],
    ['10 days before election day at 9:00', -10, nine],
    ['1 day after 6pm', 1, 1_080],
    ['on the day 7:30', 0, 450],
    ['0 days before', 0, nine],
  ])('%s', (typed, offsetDays, atMinute) => {
    expect(isAboutDays(typed)).toBe(true)
    expect(parseOffset(typed, nine)).toEqual({ offsetDays, atMinute })
  })

  it.each([
    ['前 10 天 23:00', 'quiet'],
    ['当天 7:29', 'quiet'],
    ['前 300 天 9:00', 'too-far'],
    ['前几天', 'unreadable'],
    ['前 10 天 25:00', 'unreadable'],
    ['前 10 天 9', 'unreadable'],
    ['10 天 9:00', 'unreadable'],
    ['', 'unreadable'],
  ])('%s is refused: %s', (typed, problem) => {
    expect(parseOffset(typed, nine)).toEqual({ problem })
  })

  it('without a time it stays at the hour that was', () => {
    expect(parseOffset('前 3 天', 1_110)).toEqual({ offsetDays: -3, atMinute: 1_110 })
  })

  it('a time of the clock is not about days', () => {
    for (const typed of ['0 9 * * 1', '*/5 * * * *', '18:30', '每天', 'every day'])
      expect(isAboutDays(typed)).toBe(false)
  })
})
