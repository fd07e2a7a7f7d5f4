import { describe, expect, it } from 'vitest'
import {
  daysToElectionIn,
  findPhase,
  phaseKeys,
  phaseOn,
  phases,
} from '../../src/calendar/phases.ts'

describe('phases', () => {
  it('follow each other without gap or overlap, in the order of their keys', () => {
    expect(phases.map(({ key }) => key)).toEqual([...phaseKeys])
    for (const [at, { from, to }] of phases.entries()) {
      expect(from).toBeLessThanOrEqual(to)
      const next = phases[at + 1]
      if (next) expect(next.from).toBe(to + 1)
    }
  })

  it('begin where the law sets a day', () => {
    const starts = Object.fromEntries(phases.map(({ key, from }) => [key, from]))
    // The roll hangs at least 20 days before; names hang 5 days before; a proxy is asked for 3 days before.
    expect(starts).toMatchObject({ roll: -20, candidates: -5, vote: 0, result: 1, handover: 10 })
    expect(findPhase('proxy')).toMatchObject({ from: -4 })
    expect(findPhase('nominate')?.from).toBeLessThan(-10)
  })

  it('each name the article they come from', () => {
    for (const { anchors } of phases) expect(anchors.length).toBeGreaterThan(0)
  })

  it('remind at an hour that is not quiet', () => {
    for (const { remindAt } of phases) {
      expect(remindAt).toBeGreaterThanOrEqual(7 * 60 + 30)
      expect(remindAt).toBeLessThan(21 * 60)
    }
  })

  it.each([
    [-26, null],
    [-25, 'register'],
    [-21, 'register'],
    [-20, 'roll'],
    [-1, 'eve'],
    [0, 'vote'],
    [9, 'result'],
    [10, 'handover'],
    [11, null],
  ])('%i days from the vote is %s', (offset, key) => {
    expect(phaseOn(offset)?.key ?? null).toBe(key)
  })

  it('are counted the other way round by an audience', () => {
    const counted = phases.map((phase) => daysToElectionIn(phase))
    expect(counted.at(0)).toEqual({ from: 21, to: 25 })
    expect(counted.at(6)).toEqual({ from: 0, to: 0 })
    expect(counted.at(-1)).toEqual({ from: -10, to: -10 })
  })
})
