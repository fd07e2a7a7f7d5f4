import { describe, expect, it } from 'vitest'
import { createOneTimeCode, foldCode } from '../../src/lib/one-time-code.ts'

describe('one-time codes', () => {
  it('are eight characters that nobody confuses, and are valid for seven days', () => {
    for (let round = 0; round < 200; round++) {
      const { code, untilAt } = createOneTimeCode(new Date('2017-03-01T00:00:00Z'))
      expect(code).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{8}$/)
      expect(untilAt).toEqual(new Date('2017-03-08T00:00:00Z'))
    }
  })

  it('are understood as people type them', () => {
    expect(foldCode(' acde-fgｈｊ ')).toBe('ACDEFGHJ')
  })
})
