import { describe, expect, it } from 'vitest'
import { fitAll, fitSize, measure, setLine } from '../../../src/subscribers/poster/text-layout.ts'
import type { Typeface } from '../../../src/subscribers/poster/typeface.ts'

/** Every letter is half as wide as a Chinese character; a space draws nothing. */
const typeface: Typeface = {
  outline: (character) => ({
    d: character === ' ' ? '' : 'M0 0H1V1Z',
    advance: /[\x20-\x7e]/.test(character) ? 500 : 1_000,
  }),
  missing: [],
}
const style = { size: 10, weight: 400, fill: '#000000' }

describe('a line', () => {
  it('is as wide as its letters', () => {
    expect(measure(typeface, '清风 ab', style)).toBe(35)
    expect(measure(typeface, '清风', { ...style, tracking: 0.1 })).toBe(22)
  })

  it('begins, ends or is centred where it should', () => {
    const xs = (align: 'left' | 'center' | 'right') =>
      setLine(typeface, '清 风', style, { x: 100, y: 5, align }).map(({ x }) => x)
    expect(xs('left')).toEqual([100, 115])
    expect(xs('right')).toEqual([75, 90])
    expect(xs('center')).toEqual([87.5, 102.5])
  })

  it('is made smaller until it fits, never larger', () => {
    expect(fitSize(typeface, '清清风风', style, 20).size).toBe(5)
    expect(fitSize(typeface, '清', style, 20)).toBe(style)
    expect(fitAll(typeface, ['清', '清清风风'], style, 20).size).toBe(5)
    expect(fitAll(typeface, [], style, 20).size).toBe(10)
  })
})
