import { expect, test } from 'vitest'
import { splitEntities } from '../../../src/sandbox/page/chat/split-entities.ts'

test('a text without entities is one piece', () => {
  expect(splitEntities('山底村')).toEqual([{ at: 0, text: '山底村', entities: [] }])
})

test('nested entities cover the inner piece together', () => {
  const bold = { type: 'bold', offset: 0, length: 4 }
  const italic = { type: 'italic', offset: 2, length: 2 }
  expect(splitEntities('严格保密。', [bold, italic])).toEqual([
    { at: 0, text: '严格', entities: [bold] },
    { at: 2, text: '保密', entities: [bold, italic] },
    { at: 4, text: '。', entities: [] },
  ])
})

test('offsets count UTF-16 units, so that text behind an emoji is cut in the right place', () => {
  const code = { type: 'code', offset: 3, length: 2 }
  const pieces = splitEntities('🆕 QF', [code])
  expect(pieces.map(({ text }) => text)).toEqual(['🆕 ', 'QF'])
})

test('an entity that reaches beyond the text ends with it', () => {
  const bold = { type: 'bold', offset: 0, length: 99 }
  expect(splitEntities('村', [bold])).toEqual([{ at: 0, text: '村', entities: [bold] }])
})
