import { expect, test } from 'vitest'
import { formatText } from '../../src/sandbox/text/format.ts'

test('parses nested HTML with references, links, quotes and code', () => {
  const source =
    '<b>Nine <i>strict</i></b> &lt;rules&gt; <a href="https://x.cn/?a=1&amp;b=2">here</a>\n<blockquote expandable>q</blockquote><pre><code class="language-ts">let a</code></pre><span class="tg-spoiler">s</span>'
  const { text, entities } = formatText(source, 'HTML')
  expect(text).toBe('Nine strict <rules> here\nqlet as')
  expect(entities).toEqual([
    { type: 'bold', offset: 0, length: 11 },
    { type: 'italic', offset: 5, length: 6 },
    { type: 'text_link', offset: 20, length: 4, url: 'https://x.cn/?a=1&b=2' },
    { type: 'expandable_blockquote', offset: 25, length: 1 },
    { type: 'pre', offset: 26, length: 5, language: 'ts' },
    { type: 'spoiler', offset: 31, length: 1 },
  ])
})

test('complains about HTML as Telegram does', () => {
  const complaint = (source: string) => () => formatText(source, 'HTML')
  expect(complaint('<b>风')).toThrow(
    `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
  )
  expect(complaint('风<font>x</font>')).toThrow('Unsupported start tag "font" at byte offset 3')
  expect(complaint('<b>x</i>')).toThrow(
    'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
  )
  expect(complaint('x</b>')).toThrow('Unexpected end tag at byte offset 1')
  expect(complaint('a < b')).toThrow('Unclosed start tag at byte offset 2')
})

test('parses MarkdownV2 and wants reserved characters escaped', () => {
  const { text, entities } = formatText(
    '*bold _both_* __under__ ~gone~ ||spoiler|| `a\\`b` [link](https://x.cn/a\\)) 1\\.',
    'MarkdownV2',
  )
  expect(text).toBe('bold both under gone spoiler a`b link 1.')
  expect(entities.map(({ type, offset, length }) => [type, offset, length])).toEqual([
    ['bold', 0, 9],
    ['italic', 5, 4],
    ['underline', 10, 5],
    ['strikethrough', 16, 4],
    ['spoiler', 21, 7],
    ['code', 29, 3],
    ['text_link', 33, 4],
  ])
  expect(() => formatText('1. rule', 'MarkdownV2')).toThrow(
    "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
  )
  expect(() => formatText('*open', 'MarkdownV2')).toThrow(
    "Can't find end of the entity starting at byte offset 0",
  )
})

test('parses the old Markdown and refuses modes it does not know', () => {
  expect(formatText('*b* _i_ `c` [l](https://x.cn)', 'Markdown').entities).toHaveLength(4)
  expect(() => formatText('x', 'BBCode')).toThrow('Bad Request: unsupported parse_mode')
})

test('finds commands, links, mentions, hashtags and addresses by itself', () => {
  const text = '/bind@clean_bot ABC see https://example.org/a. #清风 @someone a@b.cn 1/2'
  const found = formatText(text).entities.map(({ type, offset, length }) => [
    type,
    text.slice(offset, offset + length),
  ])
  expect(found).toEqual([
    ['bot_command', '/bind@clean_bot'],
    ['url', 'https://example.org/a'],
    ['hashtag', '#清风'],
    ['mention', '@someone'],
    ['email', 'a@b.cn'],
  ])
})

test('moves given entities when spaces at the ends are cut', () => {
  expect(formatText('  ab  ', undefined, [{ type: 'bold', offset: 2, length: 4 }])).toEqual({
    text: 'ab',
    entities: [{ type: 'bold', offset: 0, length: 2 }],
  })
})
