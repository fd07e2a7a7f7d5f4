import { describe, expect, it } from 'vitest'
import { addDays } from '../../src/lib/calendar.ts'
import { type Due, decideDue, type VillageFacts } from '../../src/reminders/decide-due.ts'
import type { MissedPolicy, Reminder, Rule, Run } from '../../src/reminders/reminder.ts'

const timezone = 'Asia/Shanghai'
const today = '2026-11-24'
const at = (clock: string, day = today) => new Date(`${day}T${clock}:00+08:00`)
const nobody: VillageFacts = { dueOn: () => [], had: new Set(), inRun: [] }

function reminder(rule: Rule, more: Partial<Reminder> = {}): Reminder {
  const matter = { contentId: 1 }
  const known = { id: 1, code: 'r', name: '提醒', audience: {}, matter, nextAt: at('09:00') }
  return { ...known, rule, missed: 'late', state: 'active', ...more }
}

function run(key: string, ranAt: Date, more: Partial<Run> = {}): Run {
  const dueAt = at(key.slice(11) || '09:00', key.slice(0, 10))
  const known = { id: 7, reminderId: 1, versionId: 1, queueId: 3, recipients: 2, reason: null }
  return { ...known, key, dueAt, state: 'sent', ranAt, ...more }
}

type Case = {
  now: string
  missed?: MissedPolicy
  nextAt?: Date | null
  runs?: Run[]
  hours?: number[]
}

/** In few words, such as "open 2026-11-24T09:00 null,8". */
function say(due: Due): string {
  switch (due.what) {
    case 'open':
      return `open ${due.key} ${due.slots.map(String)}${due.areaIds ? ` in ${due.areaIds}` : ''}`
    case 'go-on':
      return `go-on ${due.parts.map((part) => `${part.slots.map(String)}${part.areaIds ? ` in ${part.areaIds}` : ''}`).join('; ')}`
    case 'withdraw':
      return `withdraw ${due.areaIds}`
    case 'next':
      return 'next'
    default:
      return `${due.what} ${due.key}`
  }
}

describe('a reminder by the clock', () => {
  const decide = ({ now, missed = 'late', runs = [], hours = [], ...more }: Case) =>
    decideDue(
      reminder({ cron: '0 9 * * *' }, { missed, ...more }),
      runs,
      { now: now.includes('T') ? new Date(now) : at(now), timezone, hours },
      nobody,
    ).map(say)

  it.each<[string, Case, string[]]>([
    ['waits for its time', { now: '08:59' }, []],
    ['comes at its time', { now: '09:00' }, [`open ${today}T09:00 null`, 'next']],
    [
      'is in time some minutes later, whatever its kind',
      { now: '09:15', missed: 'skip' },
      [`open ${today}T09:00 null`, 'next'],
    ],
    [
      'is late on the same day',
      { now: '16:40', missed: 'late' },
      [`open ${today}T09:00 null`, 'next'],
    ],
    [
      'is skipped when that is its way',
      { now: '09:16', missed: 'skip' },
      [`skip ${today}T09:00`, 'next'],
    ],
    ['asks when that is its way', { now: '09:16', missed: 'ask' }, [`ask ${today}T09:00`, 'next']],
    [
      'of yesterday is over, also where it may be late',
      { now: '09:16', nextAt: at('18:00', '2026-11-23') },
      ['skip 2026-11-23T18:00', 'next'],
    ],
    [
      'of last week is one line, and asked about where it is to be',
      { now: '07:30', missed: 'ask', nextAt: at('18:00', '2026-11-17') },
      ['ask 2026-11-17T18:00', 'next'],
    ],
    ['of tomorrow waits', { now: '09:00', nextAt: at('09:00', '2026-11-25') }, []],
    ['without a next time gets one', { now: '09:00', nextAt: null }, ['next']],
    ['says nothing before half past seven', { now: '07:29', nextAt: at('05:00') }, []],
    [
      'of the night is missed, and may be late in the morning',
      { now: '07:30', nextAt: at('05:00') },
      [`open ${today}T05:00 null`, 'next'],
    ],
    [
      'of the night is skipped where it may not be late',
      { now: '07:30', nextAt: at('05:00'), missed: 'skip' },
      [`skip ${today}T05:00`, 'next'],
    ],
    ['says nothing from nine in the evening', { now: '21:00', nextAt: at('20:59') }, []],
    [
      'that ran already only moves on',
      { now: '09:00', runs: [run(`${today}T09:00`, at('09:00'))] },
      ['next'],
    ],
    [
      'that an outage of the morning hid comes once, not for every hour of it',
      { now: '13:10', nextAt: at('10:00') },
      [`open ${today}T10:00 null`, 'next'],
    ],
  ])('%s', (_, given, expected) => {
    expect(decide(given)).toEqual(expected)
  })

  it.each<[string, Case, string[]]>([
    ['early for an early hour', { now: '08:00' }, [`open ${today}T09:00 8`]],
    [
      'at its time for who chose none',
      { now: '09:00', runs: [run(`${today}T09:00`, at('08:00'))] },
      ['go-on null', 'next'],
    ],
    [
      'again at a later hour',
      {
        now: '19:00',
        nextAt: at('09:00', '2026-11-25'),
        runs: [run(`${today}T09:00`, at('09:00'))],
      },
      ['go-on 19'],
    ],
    [
      'not twice in one hour',
      {
        now: '19:01',
        nextAt: at('09:00', '2026-11-25'),
        runs: [run(`${today}T09:00`, at('19:00'))],
      },
      [],
    ],
    [
      'to everybody of a day after an outage',
      { now: '19:30' },
      [`open ${today}T09:00 null,8,19`, 'next'],
    ],
    [
      'not early for a second time of the day',
      {
        now: '08:30',
        nextAt: at('15:00'),
        runs: [run(`${today}T08:00`, at('08:05'))],
      },
      [],
    ],
    [
      'to nobody more when it was skipped',
      {
        now: '19:00',
        nextAt: at('09:00', '2026-11-25'),
        runs: [run(`${today}T09:00`, at('10:00'), { state: 'skipped', queueId: null })],
      },
      [],
    ],
  ])('goes %s', (_, given, expected) => {
    expect(decide({ hours: [8, 19], ...given })).toEqual(expected)
  })

  it.each(['paused', 'ended'] as const)('that is %s does nothing', (state) => {
    const given = { now: at('09:00'), timezone, hours: [] }
    expect(decideDue(reminder({ cron: '0 9 * * *' }, { state }), [], given, nobody)).toEqual([])
  })

  it('is missed where the clock jumps over its time', () => {
    const berlin = 'Europe/Berlin'
    const lost = { nextAt: new Date('2026-03-29T01:30:00Z'), missed: 'skip' as const }
    const given = { now: new Date('2026-03-29T06:00:00Z'), timezone: berlin, hours: [] }
    const dues = decideDue(reminder({ cron: '30 2 * * *' }, lost), [], given, nobody)
    expect(dues.map(say)).toEqual(['skip 2026-03-29T03:30', 'next'])
  })

  it('stays quiet when the clock of the machine is set back', () => {
    const runs = [run(`${today}T09:00`, at('09:00'))]
    expect(decide({ now: '08:00', hours: [8], runs, nextAt: at('09:00', '2026-11-25') })).toEqual(
      [],
    )
  })
})

describe('a reminder of days', () => {
  const rule = { offsetDays: -5, atMinute: 540 }
  const decide = (
    now: string,
    {
      days = {},
      had = [],
      inRun = [],
      runs = [],
      hours = [],
      ...more
    }: {
      days?: Record<string, number[]>
      had?: number[]
      inRun?: number[]
      runs?: Run[]
      hours?: number[]
    } & Partial<Reminder> = {},
  ) =>
    decideDue(
      reminder(rule, more),
      runs,
      { now: at(now), timezone, hours },
      { dueOn: (day) => days[day] ?? [], had: new Set(had), inRun },
    ).map(say)

  const due = { days: { [today]: [4, 5] } }
  const yesterday = addDays(today, -1)

  it('goes to the villages whose day it is, at its hour', () => {
    expect(decide('08:59', due)).toEqual([])
    expect(decide('09:00', due)).toEqual([`open ${today} null in 4,5`])
    expect(decide('09:00')).toEqual([])
  })

  it('goes to no village twice', () => {
    expect(decide('09:00', { ...due, had: [4] })).toEqual([`open ${today} null in 5`])
    expect(decide('09:00', { ...due, had: [4, 5] })).toEqual([])
  })

  it('is late on its day, skipped or asked about', () => {
    expect(decide('20:59', due)).toEqual([`open ${today} null in 4,5`])
    expect(decide('20:59', { ...due, missed: 'skip' })).toEqual([`skip ${today}`])
    expect(decide('20:59', { ...due, missed: 'ask' })).toEqual([`ask ${today}`])
    expect(decide('21:00', due)).toEqual([])
  })

  it('that nobody sent yesterday is noted once, or asked about', () => {
    const missed = { days: { [yesterday]: [4] }, nextAt: at('09:00', '2026-11-01') }
    expect(decide('07:30', missed)).toEqual([`skip ${yesterday}`])
    expect(decide('07:30', { ...missed, missed: 'ask' })).toEqual([`ask ${yesterday}`])
    const noted = { runs: [run(yesterday, at('07:30'), { state: 'skipped' })] }
    expect(decide('07:31', { ...missed, ...noted })).toEqual([])
    expect(decide('07:30', { ...missed, had: [4] })).toEqual([])
  })

  it('does not look back before it was made or resumed', () => {
    const missed = { days: { [yesterday]: [4] } }
    expect(decide('07:30', { ...missed, nextAt: at('06:00') })).toEqual([])
    expect(decide('07:30', { ...missed, nextAt: at('20:00', yesterday) })).toEqual([
      `skip ${yesterday}`,
    ])
  })

  describe('that has begun', () => {
    const begun = { runs: [run(today, at('09:00'))], had: [4, 5], inRun: [4, 5], ...due }

    it('goes on at the hours that people chose', () => {
      expect(decide('12:00', { ...begun, hours: [12] })).toEqual(['go-on 12 in 4,5'])
      expect(decide('11:59', { ...begun, hours: [12] })).toEqual([])
    })

    it('takes in a village that gets its day now', () => {
      const days = { [today]: [4, 5, 6] }
      expect(decide('14:00', { ...begun, days })).toEqual(['go-on null in 6'])
      expect(decide('14:00', { ...begun, days, hours: [10, 20] })).toEqual([
        'go-on 10 in 4,5; null,10 in 6',
      ])
      expect(decide('14:00', { ...begun, days, missed: 'skip' })).toEqual([])
    })

    it('leaves out a village whose day has moved away', () => {
      const moved = { ...begun, days: { [today]: [5] }, hours: [12] }
      expect(decide('12:00', moved)).toEqual(['withdraw 4', 'go-on 12 in 5'])
    })

    it('gives a village back that moved away before its hour', () => {
      const early = { runs: [run(today, at('08:00'))], hours: [8], had: [4], inRun: [4, 5] }
      expect(decide('08:30', { ...early, days: { [today]: [4] } })).toEqual(['withdraw 5'])
    })
  })
})
