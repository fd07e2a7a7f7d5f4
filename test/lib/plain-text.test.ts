import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, cutText, splitText } from '../../src/lib/plain-text.ts'

const withoutSpace = (text: string) => text.replace(/\s/gu, '')

describe('splitText', () => {
  it('loses nothing but white space and keeps every part short and whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 12 }), (text, max) => {
        const parts = splitText(text, max)
        expect(withoutSpace(parts.join(''))).toBe(withoutSpace(text))
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(max)
          expect(part.isWellFormed()).toBe(true)
        }
      }),
    )
  })

  it('cuts at a line break when there is one near the end', () => {
    expect(splitText('一二三四\n五六七', 6)).toEqual(['一二三四', '五六七'])
  })
})

describe('cleanText', () => {
  it('removes what cannot be seen and keeps line breaks', () => {
    expect(cleanText(' a\u202eb\u0007\r\nc\u200b\n\n\n\nd\ud800 ')).toBe('ab\nc\n\nd\ufffd')
  })
})

describe('cutText', () => {
  it('counts an emoji as one', () => {
    expect(cutText('😀😀a', 2)).toEqual({ head: '😀😀', rest: 'a' })
  })
})
