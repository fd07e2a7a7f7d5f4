import { describe, expect, it } from 'vitest'
import { decideNext, isInTime, isWaiting } from '../../src/understanding/spacing.ts'

const start = '2017-03-01'

/** The days from one answer to the next question, each answered on the day on which it comes; null: it does not. */
function play(...answers: boolean[]): (number | null)[] {
  let step = 0
  let today = start
  return answers.map((isRight) => {
    const next = decideNext(step, isRight, today)
    const days = next.askOn === null ? null : Temporal.PlainDate.from(today).until(next.askOn).days
    step = next.step
    today = next.askOn ?? today
    return days
  })
}

describe('a question comes back', () => {
  it.each([
    [
      'after 1, 3 and 7 days while it is answered wrongly, and then every week',
      [false, false, false, false],
      [1, 3, 7, 7],
    ],
    [
      'after 7 and 30 days when it was answered rightly, and then never',
      [true, true, true],
      [7, 30, null],
    ],
    [
      'as for the first time after a wrong answer was put right',
      [false, false, true, true, true],
      [1, 3, 7, 30, null],
    ],
    [
      'on the next day when it was known and is known no more',
      [true, true, false, false],
      [7, 30, 1, 3],
    ],
  ])('%s', (_, answers, days) => {
    expect(play(...answers)).toEqual(days)
  })

  it('on the right day at the end of a month and of a year', () => {
    expect(decideNext(0, false, '2017-02-28').askOn).toBe('2017-03-01')
    expect(decideNext(0, true, '2016-12-28').askOn).toBe('2017-01-04')
  })
})

describe('a question waits for an answer', () => {
  it.each([
    ['before the first one', { tries: 0, step: 0, askOn: null }, true],
    ['on its day', { tries: 1, step: -1, askOn: start }, true],
    ['when its day went by', { tries: 1, step: 1, askOn: '2017-02-20' }, true],
    ['when it is out and nobody answered', { tries: 2, step: 2, askOn: null }, true],
  ])('%s', (_, reading, waits) => {
    expect(isWaiting(reading, start)).toBe(waits)
  })

  it('not before its day, nor when it is known for good', () => {
    expect(isWaiting({ tries: 1, step: -1, askOn: '2017-03-02' }, start)).toBe(false)
    expect(isWaiting({ tries: 3, step: 3, askOn: null }, start)).toBe(false)
  })
})

it('is in time up to the election day, and always where there is none', () => {
  expect(isInTime('2017-03-20', '2017-03-20')).toBe(true)
  expect(isInTime('2017-03-21', '2017-03-20')).toBe(false)
  expect(isInTime('2017-03-21', null)).toBe(true)
})
