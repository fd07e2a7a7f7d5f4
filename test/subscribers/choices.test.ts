import { describe, expect, it } from 'vitest'
import { contentKinds } from '../../src/content/content.ts'
import { isPickableHour, pickableHours } from '../../src/subscribers/hours.ts'
import { lastDayOfPause, pauseOf } from '../../src/subscribers/pause.ts'
import { topics } from '../../src/subscribers/subscriber.ts'

describe('what a subscriber can choose', () => {
  it('are the kinds of content, all of them', () => {
    expect([...topics].sort()).toEqual([...contentKinds].sort())
  })

  it('are hours outside of 21:00 to 07:30', () => {
    expect(pickableHours).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
    expect([7, 21, 0, 8.5, -1, Number.NaN].filter(isPickableHour)).toEqual([])
  })
})

describe('a pause', () => {
  it.each([
    ['2017-03-28', 7, '2017-04-04'],
    ['2016-12-31', 30, '2017-01-30'],
  ] as const)('that begins on %s for %i days lasts to %s', (today, length, last) => {
    expect(lastDayOfPause(today, length)).toBe(last)
  })

  it('is over on the day after its last one', () => {
    const subscriber = { pausedUntil: lastDayOfPause('2017-03-28', 7) }
    expect(pauseOf(subscriber, '2017-04-04')).toBe('2017-04-04')
    expect(pauseOf(subscriber, '2017-04-05')).toBeNull()
    expect(pauseOf({ pausedUntil: null }, '2017-04-05')).toBeNull()
  })

  it('without an end lasts as long as it must', () => {
    const subscriber = { pausedUntil: lastDayOfPause('2017-03-28', 'open') }
    expect(pauseOf(subscriber, '2099-12-31')).toBe('open')
  })
})
