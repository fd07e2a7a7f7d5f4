import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ClockedTip,
  type DeadlineAct,
  setClock,
  stepClock,
} from '../../../src/tips/deadlines/deadline-clock.ts'
import { decidePromise, ruleFor } from '../../../src/tips/deadlines/decide-promise.ts'
import { officeHours as office } from '../../support/office-hours.ts'

const facts = { riskClass: null, electionDay: null, severity: 'normal' } as const
const at = (local: string) => new Date(`${local}:00+08:00`)
const filedAt = at('2017-03-28T09:00')
const promised = decidePromise(office, facts, filedAt)
const rule = ruleFor(office, facts, filedAt)
const waiting: ClockedTip = { state: 'waiting', filedAt, ...promised, isClocked: false }
const moved: ClockedTip = { ...waiting, isClocked: true }
const taken: ClockedTip = { ...moved, state: 'acknowledged' }

describe('the clock of a waiting tip', () => {
  it('nudges at half time, calls the leader at the deadline, and then moves the tip up', () => {
    const half = setClock(waiting, rule, filedAt)
    expect(half).toEqual({ stage: 'nudge', at: at('2017-03-28T10:00') })
    const nudge = stepClock(waiting, half, rule, at('2017-03-28T10:00'))
    expect(nudge).toMatchObject({
      act: 'nudge',
      isLate: false,
      next: { stage: 'leader', at: promised.acknowledgeBy },
    })
    const leader = stepClock(waiting, nudge?.next ?? half, rule, at('2017-03-28T11:00'))
    expect(leader).toMatchObject({
      act: 'leader',
      next: { stage: 'up', at: at('2017-03-28T15:00') },
    })
    const up = stepClock(waiting, leader?.next ?? half, rule, at('2017-03-28T15:01'))
    // Whoever is above may work again by then.
    expect(up).toEqual({
      act: 'up',
      isLate: false,
      next: { stage: 'top', at: at('2017-03-28T17:01') },
    })
    expect(stepClock(waiting, up?.next ?? half, rule, at('2017-03-28T17:01'))).toMatchObject({
      act: 'top',
      next: { stage: 'top', at: at('2017-03-29T10:01') },
    })
  })

  it('gives a group that gets it later its full time', () => {
    const clock = setClock(moved, rule, at('2017-03-28T16:30'))
    expect(clock).toEqual({ stage: 'nudge', at: at('2017-03-28T17:30') })
    expect(stepClock(moved, clock, rule, at('2017-03-28T17:30'))?.next).toEqual({
      stage: 'leader',
      at: at('2017-03-29T09:30'),
    })
  })

  it('does after an outage only the last of what was missed, says so, and leaves the leader time', () => {
    const half = setClock(waiting, rule, filedAt)
    const monday = at('2017-04-10T09:00')
    expect(stepClock(waiting, half, rule, monday)).toEqual({
      act: 'leader',
      isLate: true,
      next: { stage: 'up', at: at('2017-04-10T11:00') },
    })
  })

  it('does nothing again when the clock of the machine is set back', () => {
    const half = setClock(waiting, rule, filedAt)
    const next = stepClock(waiting, half, rule, at('2017-03-28T10:00'))?.next ?? half
    expect(stepClock(waiting, next, rule, at('2017-03-28T09:00'))).toBeNull()
  })
})

describe('the clock of a tip that somebody has taken', () => {
  it('runs for the answer', () => {
    const half = setClock(taken, rule, at('2017-03-28T09:30'))
    expect(half.stage).toBe('nudge')
    const nudge = stepClock(taken, half, rule, half.at ?? filedAt)
    expect(nudge).toMatchObject({ act: 'nudge', next: { stage: 'leader', at: promised.answerBy } })
    const leader = stepClock(taken, nudge?.next ?? half, rule, promised.answerBy)
    expect(leader).toMatchObject({ act: 'leader', next: { stage: 'late-up' } })
  })

  it('gives who takes it after the promise is broken a working day', () => {
    const late = at('2017-04-06T09:00')
    expect(setClock(taken, rule, late)).toEqual({
      stage: 'late-leader',
      at: at('2017-04-07T09:00'),
    })
  })

  it('goes on when a late tip is handed to and fro in its group, and gains nobody time', () => {
    const before = setClock(taken, rule, at('2017-04-06T09:00'))
    const givenBack = setClock({ ...moved, before }, rule, at('2017-04-06T17:00'))
    expect(givenBack).toEqual(before)
    const again = { ...taken, before: givenBack }
    expect(setClock(again, rule, at('2017-04-06T17:20'))).toEqual(before)
    const call = stepClock(taken, before, rule, at('2017-04-07T09:00'))
    expect(call).toMatchObject({ act: 'leader', next: { stage: 'late-up' } })
    const called = { ...moved, before: call?.next }
    expect(setClock(called, rule, at('2017-04-07T10:00'))).toEqual(call?.next)
    expect(stepClock(moved, call?.next ?? before, rule, at('2017-04-10T09:00'))?.act).toBe('up')
  })

  it('begins anew when it is given back in time', () => {
    const before = setClock(taken, rule, at('2017-03-28T09:30'))
    expect(setClock({ ...moved, before }, rule, at('2017-03-28T10:00'))).toEqual({
      stage: 'nudge',
      at: at('2017-03-28T11:00'),
    })
  })
})

it('stands still for a tip that is closed', () => {
  const closed = { ...moved, state: 'closed' as const }
  expect(setClock(closed, rule, filedAt)).toEqual({ stage: null, at: null })
})

describe('the clock of a tip that is held', () => {
  const held = { ...moved, state: 'held' as const }

  it('runs to the promise, and then says once that nobody could take it', () => {
    const clock = setClock(held, rule, filedAt)
    expect(clock).toEqual({ stage: 'held', at: promised.acknowledgeBy })
    expect(stepClock(held, clock, rule, promised.acknowledgeBy)).toEqual({
      act: 'held',
      isLate: false,
      next: { stage: null, at: null },
    })
  })

  it('leaves time for another group when the promise is over already', () => {
    expect(setClock(held, rule, at('2017-04-06T09:00'))).toEqual({
      stage: 'held',
      at: at('2017-04-06T11:00'),
    })
  })
})

it('never acts early or twice, and always ends, whenever it is looked at', () => {
  const order: DeadlineAct[] = ['nudge', 'leader', 'up']
  const waits = fc.array(fc.integer({ min: -500, max: 5_000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(waits, fc.constantFrom(waiting, taken), (minutes, tip) => {
      let now = filedAt
      let clock = setClock(tip, rule, now)
      const acts: DeadlineAct[] = []
      for (const n of [...minutes, 60_000, 60_000, 60_000]) {
        now = new Date(now.getTime() + n * 60_000)
        const due = clock.at
        const step = stepClock(tip, clock, rule, now)
        if (!step) continue
        expect(due?.getTime()).toBeLessThanOrEqual(now.getTime())
        // Tried again and again, without a word.
        if (step.act !== 'top') acts.push(step.act)
        if (acts.at(-1) === 'up') expect(step.next.stage).toBe('top')
        clock = step.next
      }
      expect(acts).toEqual(order.filter((stage) => acts.includes(stage)))
      expect(acts.slice(-2)).toEqual(['leader', 'up'])
    }),
  )
})
