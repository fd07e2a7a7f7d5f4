import { describe, expect, it } from 'vitest'
import { parsePastDay, parseTime } from '../../src/campaigns/parse-time.ts'

const timezone = 'Asia/Shanghai'
/** Thursday, 6 April 2017, 14:00. */
const clock = { now: new Date('2017-04-06T06:00:00Z'), timezone }
const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16)

describe('a time that somebody types', () => {
  it.each([
    ['15:30', '2017-04-06T15:30'],
    ['１５：３０', '2017-04-06T15:30'],
    ['下午3点半', '2017-04-06T15:30'],
    ['今天 18:00', '2017-04-06T18:00'],
    ['今晚7点', '2017-04-06T19:00'],
    ['明天 8:00', '2017-04-07T08:00'],
    ['明天8点', '2017-04-07T08:00'],
    ['明天 上午 9点', '2017-04-07T09:00'],
    ['后天晚上8点', '2017-04-08T20:00'],
    ['4月10日 9:05', '2017-04-10T09:05'],
    ['4月10日9点', '2017-04-10T09:00'],
    ['4月10号 下午2点', '2017-04-10T14:00'],
    ['4-10 9:05', '2017-04-10T09:05'],
    ['2017-04-10 09:05', '2017-04-10T09:05'],
    ['2018年1月2日 7:30', '2018-01-02T07:30'],
    ['tomorrow 8pm', '2017-04-07T20:00'],
    ['3月1日 9:00', '2018-03-01T09:00'],
  ])('%s', (typed, expected) => {
    const parsed = parseTime(typed, clock)
    expect(parsed.kind === 'at' ? local(parsed.at) : parsed.kind).toBe(expected)
  })

  it.each(['9:00', '今天 14:00', '2017-04-05 9:00'])('%s is over', (typed) => {
    expect(parseTime(typed, clock)).toEqual({ kind: 'past' })
  })

  it.each(['', '明天', '10', '25:00', '4月31日 9:00', '13月1日 9:00', '尽快', '9:75'])(
    '%s is not understood',
    (typed) => {
      expect(parseTime(typed, clock)).toEqual({ kind: 'unreadable' })
    },
  )
})

describe('a day since which people joined', () => {
  it.each([
    ['4月1日', '2017-04-01'],
    ['2017-03-20', '2017-03-20'],
    ['4.6', '2017-04-06'],
    ['12月31日', '2016-12-31'],
    ['2017-04-07', null],
    ['4月31日', null],
    ['上周', null],
  ])('%s is %s', (typed, day) => {
    expect(parsePastDay(typed, clock)).toBe(day)
  })
})
