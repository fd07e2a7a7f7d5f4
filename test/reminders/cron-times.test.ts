import { describe, expect, it } from 'vitest'
import { findNextRun, isTimeOf, listNextRuns, parseCron } from '../../src/reminders/cron-times.ts'

const shanghai = { now: new Date('2026-11-24T02:00:00Z'), timezone: 'Asia/Shanghai' }
const local = (dates: readonly Date[], timezone = shanghai.timezone) =>
  dates.map((date) =>
    Temporal.Instant.fromEpochMilliseconds(date.getTime())
      .toZonedDateTimeISO(timezone)
      .toPlainDateTime()
      .toString(),
  )

describe('a cron expression', () => {
  it('gives its next five times by the local clock', () => {
    const parsed = parseCron('  0 9 * *   1-5 ', shanghai)
    expect(parsed).toMatchObject({ cron: '0 9 * * 1-5' })
    expect('runs' in parsed && local(parsed.runs)).toEqual([
      '2026-11-25T09:00:00',
      '2026-11-26T09:00:00',
      '2026-11-27T09:00:00',
      '2026-11-30T09:00:00',
      '2026-12-01T09:00:00',
    ])
  })

  it.each([
    ['0 9 * * *', '2026-11-25T09:00:00'],
    ['30 18 * * *', '2026-11-24T18:30:00'],
    ['0 9,15 * * *', '2026-11-24T15:00:00'],
    ['0 9 1 * *', '2026-12-01T09:00:00'],
    ['0 9 L * *', '2026-11-30T09:00:00'],
    ['0 9 * * fri#1', '2026-12-04T09:00:00'],
    ['0 9 29 2 *', '2028-02-29T09:00:00'],
    ['0 0 9 * * 7', '2026-11-29T09:00:00'],
    ['０ ９ * * *', '2026-11-25T09:00:00'],
    // Day and weekday must both fit.
    ['0 9 13 * 5', '2027-08-13T09:00:00'],
  ])('“%s” comes next at %s', (cron, next) => {
    const parsed = parseCron(cron, shanghai)
    expect('runs' in parsed && local(parsed.runs)[0]).toBe(next)
  })

  it.each([
    ['', { problem: 'syntax', field: 'expression' }],
    ['每天九点', { problem: 'syntax', field: 'expression' }],
    ['9 *', { problem: 'syntax', field: 'expression' }],
    ['0 25 * * *', { problem: 'syntax', field: 'hour' }],
    ['61 9 * * *', { problem: 'syntax', field: 'minute' }],
    ['0 9 30 2 *', { problem: 'syntax', field: 'dayOfMonth' }],
    ['*/10 * * * * *', { problem: 'too-often' }],
    ['*/30 9 * * *', { problem: 'too-often' }],
    ['0 22 * * *', { problem: 'quiet' }],
    ['@daily', { problem: 'quiet' }],
  ])('“%s” is refused', (cron, problem) => {
    expect(parseCron(cron, shanghai)).toEqual(problem)
  })

  it('may have some of its times at night', () => {
    expect(parseCron('0 */6 * * *', shanghai)).toMatchObject({ cron: '0 */6 * * *' })
  })

  it('never comes twice in the same minute, however often it is asked', () => {
    const next = findNextRun('0 9 * * *', { ...shanghai, now: new Date('2026-11-25T01:00:00Z') })
    expect(next?.toISOString()).toBe('2026-11-26T01:00:00.000Z')
  })
})

describe('when the clock changes', () => {
  const berlin = (now: string) => ({ now: new Date(now), timezone: 'Europe/Berlin' })

  it('back, a time that comes twice counts once', () => {
    const runs = listNextRuns('30 2 * * *', 2, berlin('2026-10-24T12:00:00Z'))
    expect(runs.map((run) => run.toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
    // Between the two half past twos, and after a restart in the second hour.
    for (const now of ['2026-10-25T00:30:00Z', '2026-10-25T01:10:00Z'])
      expect(findNextRun('30 2 * * *', berlin(now))?.toISOString()).toBe('2026-10-26T01:30:00.000Z')
  })

  it('forward, a time that is jumped over is at the end of the jump, and known as such', () => {
    const [run] = listNextRuns('30 2 * * *', 1, berlin('2026-03-28T12:00:00Z'))
    expect(run?.toISOString()).toBe('2026-03-29T01:30:00.000Z')
    expect(run && isTimeOf('30 2 * * *', run, 'Europe/Berlin')).toBe(false)
    const [next] = listNextRuns('30 2 * * *', 1, berlin('2026-03-29T01:30:00Z'))
    expect(next && isTimeOf('30 2 * * *', next, 'Europe/Berlin')).toBe(true)
  })
})
