import { describe, expect, it } from 'vitest'
import { createMessages } from '../../../src/messages/messages.ts'
import { createDraft, type Draft } from '../../../src/tips/interview/draft.ts'
import { getStep } from '../../../src/tips/interview/interview.ts'
import { matchButton } from '../../../src/tips/interview/match-button.ts'
import { present } from '../../../src/tips/interview/screen.ts'
import { shipped } from './draft-events.ts'

const t = (await createMessages()).in('zh-CN')
const match = (step: string, text: string, draft: Partial<Draft> = {}) =>
  matchButton(
    t,
    present(shipped, { ...createDraft(shipped), step, ...draft }),
    getStep(shipped, step).kind,
    text,
  )

describe('typed words', () => {
  it('name a button by its number, its words or a part that no other has', () => {
    expect(match('what', '1')).toBe('d:what:cash')
    expect(match('what', '２.')).toBe('d:what:treat')
    expect(match('role', '村干部')).toBe('d:role:village_official')
    expect(match('what', '请吃饭')).toBe('d:what:treat')
  })

  it('name none when two would fit or none does', () => {
    expect(match('role', '干部')).toBeNull()
    expect(match('what', '送花')).toBeNull()
    expect(match('what', '!')).toBeNull()
  })

  it('are own words where those are asked for, unless they are a whole label', () => {
    expect(match('when', '昨天晚上在村口')).toBeNull()
    expect(match('when', '昨天')).toBe('d:when:yesterday')
    expect(match('who', '跳过')).toBe('d:who:skip')
  })

  it('answer a second question too', () => {
    expect(match('review', '先不写，留着', { asking: 'cancel' })).toBe('d:cancel:no')
  })
})
