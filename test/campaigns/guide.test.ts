import { describe, expect, it } from 'vitest'
import {
  mayChange,
  type Step,
  stepAfter,
  stepBefore,
  stepsOf,
  stepToOpen,
} from '../../src/campaigns/guide.ts'

const written = { texts: { 'zh-CN': { title: '', body: '明天停电' } } }

describe('the way through writing a campaign', () => {
  it('leads through every step to the review and back', () => {
    const way: Step[] = ['words']
    for (let next = stepAfter('words', written); next; next = stepAfter(next, written))
      way.push(next)
    expect(way).toEqual(['words', 'buttons', 'audience', 'time', 'review'])
    expect(way.map(stepBefore)).toEqual([null, ...way.slice(0, -1)])
  })

  it('goes no further without words', () => {
    expect(stepAfter('words', null)).toBe('words')
    expect(stepAfter('words', { texts: {} })).toBe('words')
  })

  it('opens at what is missing', () => {
    expect([null, { texts: {} }, written].map(stepToOpen)).toEqual(['words', 'words', 'review'])
  })

  it.each([
    ['broadcast', ['words', 'buttons', 'audience', 'time', 'review']],
    ['resend', ['time', 'review']],
    ['correction', ['words', 'review']],
    ['recall', ['review']],
  ] as const)('has for a %s the steps that make sense', (kind, expected) => {
    expect(stepsOf({ kind })).toEqual(expected)
  })

  it('belongs to its author until it starts', () => {
    const of = (state: 'asked' | 'running', staffId: number) =>
      mayChange({ state, createdById: 1 }, staffId)
    expect([of('asked', 1), of('asked', 2), of('running', 1)]).toEqual([true, false, false])
  })
})
