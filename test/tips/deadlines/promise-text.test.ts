import { describe, expect, it } from 'vitest'
import { createMessages } from '../../../src/messages/messages.ts'
import {
  cardDeadlineText,
  promiseText,
  statusPromiseText,
} from '../../../src/tips/deadlines/promise-text.ts'

const messages = await createMessages()
const t = messages.in('zh-CN')
const timezone = 'Asia/Shanghai'
const at = (local: string) => new Date(`${local}:00+08:00`)
const tip = {
  state: 'waiting',
  acknowledgeBy: at('2017-03-28T11:00'),
  answerBy: at('2017-04-01T12:00'),
  escalations: 0,
} as const
const status = (more: object, now: string) =>
  statusPromiseText(t, { ...tip, ...more }, { now: at(now), timezone })

describe('the promise', () => {
  it('names day and part of the day; noon ends the morning', () => {
    expect(promiseText(t, tip, timezone)).toBe(
      '最晚 3月28日 上午 有人接手，最晚 4月1日 上午 给您答复。',
    )
    expect(promiseText(messages.in('en'), tip, timezone)).toContain('1 April, in the morning')
  })

  it('is not made up for a tip that was promised nothing', () => {
    expect(promiseText(t, { acknowledgeBy: null, answerBy: null }, timezone)).toBe('')
  })
})

describe('/status', () => {
  it('tells what is promised still', () => {
    expect(status({}, '2017-03-28T10:00')).toContain('有人接手')
    expect(status({ state: 'acknowledged' }, '2017-03-28T10:00')).toBe(
      '最晚 4月1日 上午 给您答复。',
    )
    expect(status({ state: 'closed' }, '2017-03-28T10:00')).toBe('')
  })

  it('tells that a promise is broken, and where the tip is', () => {
    expect(status({}, '2017-03-28T12:00')).toMatch(/3月28日 上午 有人接手，时间已经过了.*在催/)
    expect(status({ state: 'held' }, '2017-03-28T12:00')).toMatch(/还没有督导组能办.*12380/)
    expect(status({ escalations: 1 }, '2017-03-28T12:00')).toMatch(/交给上一级[\s\S]*4月1日/)
    expect(status({ state: 'acknowledged' }, '2017-04-02T12:00')).toMatch(
      /4月1日 上午 给您答复，时间已经过了/,
    )
  })
})

describe('the card', () => {
  it('tells until when to take it, then until when to answer, then nothing', () => {
    const card = (more: object) => cardDeadlineText(t, { ...tip, ...more }, timezone)
    expect(card({})).toBe('最晚 3月28日 上午 要有人接手，最晚 4月1日 上午 要有结果。')
    expect(card({ state: 'acknowledged' })).toBe('最晚 4月1日 上午 要有结果。')
    expect(card({ escalations: 1 })).toBe('最晚 4月1日 上午 要有结果。')
    expect(card({ state: 'closed' })).toBe('')
    expect(card({ answerBy: null })).toBe('')
  })
})
