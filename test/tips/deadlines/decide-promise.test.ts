import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { riskClasses } from '../../../src/areas/area.ts'
import { countWorkingMinutes } from '../../../src/lib/working-time.ts'
import {
  deadlineTable,
  parseSeverity,
  severities,
} from '../../../src/tips/deadlines/deadline-table.ts'
import { decidePromise, type TipCircumstances } from '../../../src/tips/deadlines/decide-promise.ts'
import { createTipCalendar } from '../../../src/tips/deadlines/tip-calendar.ts'
import { officeHours as office } from '../../support/office-hours.ts'

const at = (local: string) => new Date(`${local}:00+08:00`)
const promise = (filed: string, more: Partial<TipCircumstances> = {}) =>
  decidePromise(
    office,
    { riskClass: 'watch', electionDay: null, severity: 'normal', ...more },
    at(filed),
  )

describe('the promise of a tip', () => {
  it('is two working hours, and an answer within seven days, at the end of a working half-day', () => {
    expect(promise('2017-03-28T09:00')).toEqual({
      acknowledgeBy: at('2017-03-28T11:00'),
      answerBy: at('2017-04-01T17:30'),
    })
    expect(promise('2017-03-13T09:00').answerBy).toEqual(at('2017-03-17T17:30'))
    expect(promise('2017-03-13T13:00').answerBy).toEqual(at('2017-03-20T12:00'))
  })

  it('does not give away the minute of filing', () => {
    expect(promise('2017-03-28T09:07').acknowledgeBy).toEqual(at('2017-03-28T11:15'))
  })

  it('is 30 minutes on election day, also on a Sunday and in the evening', () => {
    const electionDay = '2017-04-16'
    expect(promise('2017-04-16T19:00', { electionDay })).toEqual({
      acknowledgeBy: at('2017-04-16T19:30'),
      answerBy: at('2017-04-16T22:00'),
    })
    expect(promise('2017-04-16T03:00', { electionDay }).acknowledgeBy).toEqual(
      at('2017-04-16T06:30'),
    )
    expect(promise('2017-04-15T23:00', { electionDay }).acknowledgeBy).toEqual(
      at('2017-04-16T06:30'),
    )
  })

  it('is 30 minutes when it is urgent', () => {
    expect(promise('2017-03-28T09:00', { severity: 'urgent' }).acknowledgeBy).toEqual(
      at('2017-03-28T09:30'),
    )
  })

  it('is an answer before the ballot when that is nearer', () => {
    expect(promise('2017-03-28T09:00', { electionDay: '2017-03-31' }).answerBy).toEqual(
      at('2017-03-30T17:30'),
    )
    expect(promise('2017-03-28T09:00', { electionDay: '2017-04-20' }).answerBy).toEqual(
      at('2017-04-01T17:30'),
    )
    expect(promise('2017-03-28T09:00', { electionDay: '2017-03-01' }).answerBy).toEqual(
      at('2017-04-01T17:30'),
    )
  })

  it('is an answer on the evening of election day when before it there is no time', () => {
    expect(promise('2017-03-30T17:20', { electionDay: '2017-03-31' })).toEqual({
      acknowledgeBy: at('2017-03-31T08:00'),
      answerBy: at('2017-03-31T22:00'),
    })
  })

  it('waits for the end of a long holiday', () => {
    const urgent = { severity: 'urgent', riskClass: 'complex' } as const
    const { acknowledgeBy, answerBy } = promise('2026-10-01T10:00', urgent)
    expect(acknowledgeBy).toEqual(at('2026-10-08T09:00'))
    expect(answerBy).toEqual(at('2026-10-08T17:30'))
  })

  it('is never longer in a more complex place or for a more pressing tip', () => {
    for (const severity of severities) {
      const rows = riskClasses.map((riskClass) => deadlineTable[riskClass][severity])
      for (const name of ['acknowledgeMinutes', 'answerDays', 'lateAnswerMinutes'] as const)
        expect(rows.map((row) => row[name])).toEqual(rows.map((row) => row[name]).sort(ascending))
    }
    for (const riskClass of riskClasses)
      for (const name of ['acknowledgeMinutes', 'answerDays'] as const) {
        const values = severities.map((severity) => deadlineTable[riskClass][severity][name])
        expect(values).toEqual([...values].sort(ascending).reverse())
      }
  })

  it('always lies ahead, first taken and then answered, within working hours', () => {
    const day = fc
      .integer({ min: 0, max: 730 })
      .map((n) => Temporal.PlainDate.from('2025-06-01').add({ days: n }).toString())
    const filed = fc
      .integer({ min: Date.UTC(2025, 5, 1), max: Date.UTC(2027, 4, 1) })
      .map((ms) => new Date(ms))
    const circumstances = fc.record({
      riskClass: fc.constantFrom(...riskClasses, null),
      electionDay: fc.option(day),
      severity: fc.constantFrom(...severities),
    })
    fc.assert(
      fc.property(circumstances, filed, (facts, filedAt) => {
        const { acknowledgeBy, answerBy } = decidePromise(office, facts, filedAt)
        const calendar = createTipCalendar(office, facts.electionDay)
        expect(acknowledgeBy.getTime()).toBeGreaterThan(filedAt.getTime())
        expect(answerBy.getTime()).toBeGreaterThan(acknowledgeBy.getTime())
        expect(countWorkingMinutes(filedAt, answerBy, calendar)).toBeGreaterThanOrEqual(60)
        const before = new Date(answerBy.getTime() - 60_000)
        expect(countWorkingMinutes(before, answerBy, calendar)).toBeCloseTo(1, 6)
      }),
      { numRuns: 300 },
    )
  })

  it('takes a severity it does not know for normal', () => {
    expect(['urgent', 'high', 'odd', null, undefined].map(parseSeverity)).toEqual([
      'urgent',
      'high',
      'normal',
      'normal',
      'normal',
    ])
  })
})

function ascending(a: number, b: number): number {
  return a - b
}
