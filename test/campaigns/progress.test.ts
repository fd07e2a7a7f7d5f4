import { describe, expect, it } from 'vitest'
import { composeProgress } from '../../src/campaigns/compose-progress.ts'
import { measureProgress } from '../../src/campaigns/progress.ts'
import { createMessages } from '../../src/messages/messages.ts'

const startedAt = new Date('2017-03-15T02:00:00Z')
const after = (seconds: number) => new Date(startedAt.getTime() + seconds * 1_000)
const none = { pending: 0, sending: 0, sent: 0, blocked: 0, failed: 0, uncertain: 0, cancelled: 0 }
const moving = (seconds: number) => ({ now: after(seconds), startedAt, isMoving: true })

describe('the progress', () => {
  it('counts the rate since the start, then since the last look, smoothed', () => {
    const first = measureProgress({ ...none, sent: 250, pending: 750 }, null, moving(10))
    expect(first).toMatchObject({ tried: 250, waiting: 750, perSecond: 25, secondsLeft: 30 })
    const last = { at: after(10).toISOString(), done: 250, perSecond: 25 }
    const second = measureProgress({ ...none, sent: 400, pending: 600 }, last, moving(20))
    expect(second).toMatchObject({ perSecond: 20, secondsLeft: 30 })
  })

  it('counts what was blocked, failed and left in doubt as tried', () => {
    const counts = { ...none, sent: 5, blocked: 3, failed: 1, uncertain: 1, pending: 10 }
    expect(measureProgress(counts, null, moving(1))).toMatchObject({ tried: 10, perSecond: 10 })
  })

  it('knows no time while nothing goes out, and none is left at the end', () => {
    const paused = { ...moving(10), isMoving: false }
    expect(measureProgress({ ...none, sent: 5, pending: 5 }, null, paused).secondsLeft).toBeNull()
    expect(measureProgress({ ...none, sent: 5 }, null, paused).secondsLeft).toBe(0)
  })

  it('keeps the rate within the same second, when two processes look', () => {
    const last = { at: after(10).toISOString(), done: 250, perSecond: 25 }
    const counts = { ...none, sent: 251, pending: 1 }
    expect(measureProgress(counts, last, moving(10.2)).perSecond).toBe(25)
  })
})

describe('its message', async () => {
  const t = (await createMessages()).in('zh-CN')
  const campaign = { id: 7, name: '投票提醒', kind: 'broadcast' as const }
  const counts = {
    ...none,
    sent: 300,
    blocked: 4,
    failed: 2,
    uncertain: 1,
    pending: 700,
    sending: 3,
  }
  const show = (state: 'running' | 'paused' | 'cancelled', isNight = false) => {
    const at = { ...moving(10), isMoving: state === 'running' }
    return composeProgress(t, { ...campaign, state }, counts, measureProgress(counts, null, at), {
      isNight,
    })
  }

  it('says everything that an office asks for', () => {
    expect(show('running').text.split('\n')).toEqual([
      '群发：投票提醒',
      '▶️ 正在发',
      '',
      '送到：300',
      '拉黑了机器人：4',
      '没送到：2',
      '说不准：1',
      '还没发：703',
      '每秒 31 条，还要不到一分钟',
    ])
  })

  it('says why nothing moves, and what is on its way all the same', () => {
    expect(show('running', true).text).toContain('现在是夜里，07:30 再接着发')
    expect(show('paused').text).toContain('正在路上：3')
  })

  it('offers what can be done', () => {
    const labels = (state: Parameters<typeof show>[0]) =>
      show(state)
        .keyboard.flat()
        .map(({ text }) => text)
    expect(labels('running')).toEqual(['暂停', '停掉，不再发'])
    expect(labels('paused')).toEqual(['接着发', '停掉，不再发'])
    expect(labels('cancelled')).toEqual(['看结果'])
  })
})
