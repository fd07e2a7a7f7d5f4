import { describe, expect, it } from 'vitest'
import { parseWords } from '../../src/content/parse-words.ts'

describe('words that somebody sends', () => {
  it.each([
    ['投票提醒\n{村名}还有{天数}天投票。', { title: '投票提醒', body: '{村名}还有{天数}天投票。' }],
    ['标题\r\n\r\n第一段\n第二段 ', { title: '标题', body: '第一段\n第二段' }],
    ['只有一句话', { title: '', body: '只有一句话' }],
    [`${'长'.repeat(41)}\n正文`, { title: '', body: `${'长'.repeat(41)}\n正文` }],
    ['  \n ', null],
  ])('%j', (typed, expected) => {
    expect(parseWords(typed)).toEqual(expected)
  })
})
