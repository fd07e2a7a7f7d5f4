import { describe, expect, it } from 'vitest'
import { parseLink } from '../../src/campaigns/parse-link.ts'

describe('a button that opens a page', () => {
  it.each([
    [
      '看全文 https://example.org/a',
      { texts: { 'zh-CN': '看全文' }, url: 'https://example.org/a' },
    ],
    [
      '看全文 | Read more https://example.org',
      { texts: { 'zh-CN': '看全文', en: 'Read more' }, url: 'https://example.org' },
    ],
    ['看全文https://example.org', { texts: { 'zh-CN': '看全文' }, url: 'https://example.org' }],
    ['|Read more http://example.org', { texts: { en: 'Read more' }, url: 'http://example.org' }],
  ])('%s', (typed, expected) => {
    expect(parseLink(typed)).toEqual(expected)
  })

  it.each([
    'https://example.org',
    '看全文',
    '看 ftp://example.org',
    '看 javascript:alert(1)',
    `${'长'.repeat(41)} https://example.org`,
  ])('%s is none', (typed) => {
    expect(parseLink(typed)).toBeNull()
  })
})
