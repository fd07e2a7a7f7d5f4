import { describe, expect, it } from 'vitest'
import { createMessages } from '../../../src/messages/messages.ts'
import { detailsMaxLength } from '../../../src/tips/interview/interview.ts'
import { renderScreen } from '../../../src/tips/interview/render-screen.ts'
import { play, playFrom, press, say, toReview } from './draft-events.ts'

const t = (await createMessages()).in('zh-CN')
const textsOf = (...events: Parameters<typeof play>) =>
  renderScreen(t, play(...events).screen).map(({ text }) => text)

describe('words of a villager', () => {
  it('are shown as they are, even when they look like our own placeholders', () => {
    const odd = '{{n}} $t(tips:nav.back) <b>&amp; *戴*'
    const result = playFrom(play(...toReview).draft, press('review', 'who'), say(odd))
    expect(renderScreen(t, result.screen)[0]?.text).toContain(`是谁：${odd}`)
  })

  it('too long for one message are shown in several, with the buttons under the last', () => {
    const story = '每户都送了两百块钱。'.repeat(600).slice(0, detailsMaxLength)
    const result = playFrom(play(...toReview).draft, press('review', 'details'), say(story))
    const review = playFrom(result.draft, press('details', 'done'))
    const messages = renderScreen(t, review.screen)
    expect(messages.length).toBeGreaterThan(1)
    expect(messages.map(({ keyboard }) => keyboard !== undefined)).toEqual([
      ...messages.slice(1).map(() => false),
      true,
    ])
    expect(messages.map(({ text }) => text).join('')).toContain(story.slice(0, 3_000))
  })
})

describe('the safety notice', () => {
  it('names 110, 12380 and 12388, and promises no more than can be kept', () => {
    const [notice = ''] = textsOf(say('什么'))
    for (const said of ['110', '12380', '12388', '保密', 'Telegram']) expect(notice).toContain(said)
    expect(notice).not.toContain('匿名')
  })
})
