import { describe, expect, it } from 'vitest'
import { type DayChange, planDays } from '../../src/calendar/plan-days.ts'
import { previewMoves } from '../../src/reminders/preview-move.ts'
import type { Reminder, Rule } from '../../src/reminders/reminder.ts'
import { calendarTree } from '../calendar/calendar-tree.ts'

const rules: Record<string, Rule> = {
  roll: { offsetDays: -20, atMinute: 540 },
  candidates: { offsetDays: -5, atMinute: 540 },
  eve: { offsetDays: -1, atMinute: 1110 },
  weekly: { cron: '0 9 * * 1' },
}
const reminders = Object.entries(rules).map(
  ([name, rule], at): Reminder => ({
    ...{ id: at + 1, code: name, name, rule, audience: {}, missed: 'late', state: 'active' },
    ...{ matter: { contentId: 1 }, nextAt: null },
  }),
)

/** On 24 November at ten. Each line as “name effect from to villages”. */
function preview(
  days: Record<number, string>,
  change: DayChange,
  {
    told = [],
    clock = '10:00',
    given = reminders,
  }: {
    clock?: string
    told?: [name: string, areaId: number, day: string][]
    given?: Reminder[]
  } = {},
): string[] {
  const plan = planDays(calendarTree(days), [change])
  const marks = told.map(([name, areaId, electionDay]) => ({
    ...{ areaId, electionDay, runId: 1, state: 'had' as const },
    reminderId: given.find((one) => one.name === name)?.id ?? 0,
  }))
  const now = new Date(`2026-11-24T${clock}:00+08:00`)
  const deps = { tree: plan.tree, now, timezone: 'Asia/Shanghai' }
  return previewMoves(given, plan.moved, marks, deps).map(
    ({ reminder, effect, from, to, villages }) =>
      [reminder.name, effect, from?.slice(5) ?? '-', to?.slice(5) ?? '-', villages].join(' '),
  )
}

describe('what a new election day does to the reminders', () => {
  it('moves those that are still to come', () => {
    expect(preview({ 3: '2026-12-20' }, { areaId: 3, day: '2026-12-24' })).toEqual([
      'roll moved 11-30 12-04 2',
      'candidates moved 12-15 12-19 2',
      'eve moved 12-19 12-23 2',
    ])
  })

  it('groups villages by the day from which they move', () => {
    const days = { 3: '2026-12-20', 7: '2026-12-21' }
    expect(preview(days, { areaId: 2, day: '2026-12-24' })).toEqual([
      'roll moved - 12-04 1',
      'candidates moved - 12-19 1',
      'eve moved - 12-23 1',
    ])
  })

  it('sends again nothing that was sent, and says what is over for the new day', () => {
    const told: [string, number, string][] = [['roll', 4, '2026-12-14']]
    expect(preview({ 3: '2026-12-14' }, { areaId: 3, day: '2026-11-29' }, { told })).toEqual([
      'roll sent 11-24 11-09 1',
      'roll missed 11-24 11-09 1',
      'candidates now 12-09 11-24 2',
      'eve moved 12-13 11-28 2',
    ])
  })

  it('does not mention what was over before as well', () => {
    expect(preview({ 3: '2026-12-10' }, { areaId: 3, day: '2026-12-08' })).toEqual([
      'candidates moved 12-05 12-03 2',
      'eve moved 12-09 12-07 2',
    ])
  })

  it('ends them where there is no day any more', () => {
    expect(preview({ 3: '2026-11-29' }, { areaId: 3, day: null })).toEqual([
      'candidates gone 11-24 - 2',
      'eve gone 11-28 - 2',
    ])
  })

  it('leaves out whom a reminder is not for, and skips what may not be late', () => {
    const given = reminders.map((one) => ({ ...one, audience: { areas: [4] } }))
    const skipping = given.map((one) => ({ ...one, missed: 'skip' as const }))
    const change = { areaId: 3, day: '2026-11-29' }
    expect(preview({}, change, { given })).toContain('candidates now - 11-24 1')
    expect(preview({}, change, { given, clock: '21:00' })).toContain('candidates missed - 11-24 1')
    expect(preview({}, change, { given: skipping })).toContain('candidates missed - 11-24 1')
  })
})
