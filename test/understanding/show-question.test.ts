import { describe, expect, it } from 'vitest'
import { createMessages } from '../../src/messages/messages.ts'
import { showAnswer, showQuestion } from '../../src/understanding/show-question.ts'

const t = (await createMessages()).in('zh-CN')
const quiz = {
  question: '有人送你一条烟，请你投他一票，能收吗？',
  options: ['不能收', '能收', '收了不投他'],
  right: 0,
  explanation: '不论多少，都是贿选。',
}
const question = { contentId: 999_999_999, number: 12, quiz, tries: 0 }
const labels = (tries: number) =>
  showQuestion({ ...question, tries }).keyboard.map(([button]) => button?.text)

describe('a question', () => {
  it('has a button for each answer, each time in another order, that carries which answer it is', () => {
    expect(labels(0)).toEqual(['不能收', '能收', '收了不投他'])
    expect(labels(1)).toEqual(['能收', '收了不投他', '不能收'])
    expect(labels(3)).toEqual(labels(0))
    expect(showQuestion({ ...question, tries: 1 }).keyboard.flat()).toContainEqual({
      text: '不能收',
      data: 'r:quiz:999999999:12:0:1',
    })
  })

  it('puts answers that a button would cut off into the text, with numbers to press', () => {
    const options = ['不能收，谁送的都不能收，收了要退回去', '能收']
    const view = showQuestion({ ...question, quiz: { ...quiz, options }, tries: 1 })
    expect(view.text).toBe(`${quiz.question}\n\n1. 能收\n\n2. ${options[0]}`)
    expect(view.keyboard).toEqual([
      [
        { text: '1', data: 'r:quiz:999999999:12:1:1' },
        { text: '2', data: 'r:quiz:999999999:12:0:1' },
      ],
    ])
  })
})

describe('an answer', () => {
  it('is explained when it is right', () => {
    const text = showAnswer({ quiz, option: 0, isRight: true, comesBack: true }, t)
    expect(text).toContain('您选的是：不能收\n✅ 答对了！')
    expect(text).toContain('都是贿选')
    expect(text).not.toContain('再问您')
  })

  it('is explained kindly when it is wrong, and says that the question comes back only if it does', () => {
    const text = showAnswer({ quiz, option: 1, isRight: false, comesBack: true }, t)
    expect(text).toContain('不要紧。应该是：不能收')
    expect(text).toContain('过几天我再问您一次')
    const last = showAnswer({ quiz, option: 1, isRight: false, comesBack: false }, t)
    expect(last).not.toContain('再问您')
  })
})
