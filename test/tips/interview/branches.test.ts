import { describe, expect, it } from 'vitest'
import { accusedRoles } from '../../../src/groups/accused-rank.ts'
import type { DraftEvent } from '../../../src/tips/interview/draft.ts'
import { step } from '../../../src/tips/interview/step.ts'
import { severityOf } from '../../../src/tips/interview/walk.ts'
import { play, playFrom, press, say, shipped, today, toReview, village } from './draft-events.ts'

const begin: DraftEvent[] = [press('safety', 'continue')]
const toMore = toReview.slice(0, 6)
const dataOf = ({ screen }: ReturnType<typeof play>) =>
  screen.keyboard.flat().map(({ data }) => data)
const stepsAsked = (...events: DraftEvent[]) =>
  events.map((_, count) => play(...events.slice(0, count + 1)).draft.step)
const severity = (...events: DraftEvent[]) => severityOf(shipped, play(...events).draft.answers)

describe('violence and acts at the ballot box', () => {
  it.each(['violence', 'ballot'])('such as %s show 110 before anything else', (code) => {
    const result = play(...begin, press('what', code))
    expect(result.draft.step).toBe('danger')
    expect(JSON.stringify(result.screen.lines)).toContain('110')
  })

  it('are asked whether they are happening now, and then not when', () => {
    const asked = stepsAsked(
      ...begin,
      press('what', 'violence'),
      press('danger', 'continue'),
      press('ongoing', 'yes'),
      press('where', 'a30', village),
      say('戴某'),
      press('role', 'candidate'),
    )
    expect(asked).toEqual(['what', 'danger', 'ongoing', 'where', 'who', 'role', 'more'])
  })

  it('keep what is typed while the notice is shown', () => {
    const { draft } = play(...begin, press('what', 'violence'), say('他们在打人'))
    expect(draft).toMatchObject({ step: 'danger', answers: { details: { text: '他们在打人' } } })
  })

  it('show 110 also when it turns out at the review', () => {
    const changed = play(...toReview, press('review', 'what'), press('what', 'ballot'))
    expect(changed.draft.step).toBe('danger')
    const asked = playFrom(changed.draft, press('danger', 'continue'))
    expect(asked.draft.step).toBe('ongoing')
    expect(playFrom(asked.draft, press('ongoing', 'no')).draft.step).toBe('review')
  })
})

describe('haste', () => {
  it('is greatest where somebody is in danger now', () => {
    const violence = [...begin, press('what', 'violence'), press('danger', 'continue')]
    expect(severity(...violence, press('ongoing', 'yes'))).toBe('urgent')
    expect(severity(...violence, press('ongoing', 'no'))).toBe('high')
  })

  it('is high for what happens now, and for false votes', () => {
    expect(severity(...toReview.slice(0, 5), press('when', 'now'))).toBe('high')
    expect(severity(...begin, press('what', 'fraud'))).toBe('high')
    expect(severity(...toReview)).toBe('normal')
  })

  it('follows the last answer: what is not asked any more counts no longer', () => {
    const danger = [press('what', 'violence'), press('danger', 'continue'), press('ongoing', 'yes')]
    const back = [press('where', 'back'), press('ongoing', 'back'), press('danger', 'back')]
    const result = play(...begin, ...danger, ...back, press('what', 'cash'))
    expect(result.draft.answers.ongoing).toBeDefined()
    expect(severityOf(shipped, result.draft.answers)).toBe('normal')
  })
})

describe('the questions that help', () => {
  it('can be passed over, one by one or all that are left', () => {
    const first = play(...toMore, press('more', 'more'))
    expect(first.draft.step).toBe('item')
    const second = playFrom(first.draft, press('item', 'skip'), press('amount', 'to-500'))
    expect(second.draft.step).toBe('total')
    expect(dataOf(second)).toContain('d:total:rest')
    expect(playFrom(second.draft, press('total', 'rest')).draft.step).toBe('details')
  })

  it('are only those that fit: nobody is asked how much a quarrel cost', () => {
    const quarrel = play(
      ...begin,
      press('what', 'dispute'),
      ...toReview.slice(2, 6),
      press('more', 'more'),
    )
    expect(quarrel.draft.step).toBe('person')
  })

  it('are offered once more at the review, and lead back to it', () => {
    const review = play(...toMore, press('more', 'enough'))
    expect(review.draft.step).toBe('review')
    expect(dataOf(review)).not.toContain('d:review:item')
    const asked = playFrom(review.draft, press('review', '+'))
    expect(asked.draft.step).toBe('item')
    const next = playFrom(asked.draft, say('香烟'))
    expect(next.draft.step).toBe('amount')
    const back = playFrom(next.draft, press('amount', 'rest'))
    expect(back.draft.step).toBe('review')
    expect(dataOf(back)).toContain('d:review:item')
  })

  it('need not be asked: whoever types the story instead has begun it', () => {
    const { draft } = play(...toMore, say('他昨天晚上挨家挨户送香烟'))
    expect(draft).toMatchObject({ step: 'details', trail: expect.arrayContaining(['more']) })
    expect(playFrom(draft, press('details', 'back')).draft.step).toBe('more')
  })
})

describe('an answer that is no longer asked for', () => {
  it('stays, and stands in the review', () => {
    const asked = [press('more', 'more'), say('香烟'), press('amount', 'rest')]
    const review = play(...toMore, ...asked, press('details', 'skip'), press('files', 'skip'))
    const changed = playFrom(review.draft, press('review', 'what'), press('what', 'dispute'))
    expect(changed.draft.step).toBe('review')
    expect(JSON.stringify(changed.screen.lines)).toContain('香烟')
  })
})

describe('a draft whose own questions are lost', () => {
  it('goes on with those that there are, and keeps its answers', () => {
    const { draft } = play(...toMore)
    const old = { ...draft, interview: 'lost', step: 'gone', trail: ['gone-too'] }
    const result = step(shipped, old, { kind: 'open' }, today)
    expect(result.draft).toMatchObject({ interview: shipped.id, step: 'review', asking: 'resume' })
    expect(result.draft.answers).toEqual(draft.answers)
  })
})

it('offers every standing that the choice of a group knows, so that who only presses can say it', () => {
  const roles = shipped.steps.find(({ name }) => name === 'role')
  const codes = roles && 'choices' in roles ? (roles.choices ?? []).map(({ code }) => code) : []
  expect(codes.toSorted()).toEqual([...accusedRoles].toSorted())
})
