import { expect, it } from 'vitest'
import { isMeantFor } from '../../../src/tips/reporter/prompt.ts'

const report =
  '昨天晚上八点，村东头的张某挨家挨户送了两百块钱和一条烟，叫大家选他，我亲眼看见的，王家李家都拿了'

it('takes short words for what it asked, and a report for a report', () => {
  for (const kind of ['pin', 'new-pin', 'phone'] as const) {
    expect(isMeantFor(kind, '2580')).toBe(true)
    expect(isMeantFor(kind, '＋８６ 138 1234 5678')).toBe(true)
    expect(isMeantFor(kind, '我没有电话')).toBe(true)
    expect(isMeantFor(kind, '我想问一下督导组的人什么时候来')).toBe(false)
    expect(isMeantFor(kind, report)).toBe(false)
  }
  expect(isMeantFor('name', '周小凤')).toBe(true)
  expect(isMeantFor('name', report)).toBe(false)
  expect(isMeantFor('appeal', report)).toBe(true)
})
