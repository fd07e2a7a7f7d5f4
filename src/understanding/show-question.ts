import type { Quiz } from '../content/content.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import type { Translate } from '../messages/messages.ts'
import type { Question } from './question.ts'

/** What a button on an old phone shows in one line, a Chinese character counting two. */
const buttonWidth = 32

export type QuestionView = { text: string; keyboard: Keyboard }

/**
 * The question with a button for each answer. Answers that a button would cut off stand in the text, with numbers to press.
 * Each time they stand in another order, so that nobody learns the place of the right one by heart.
 */
export function showQuestion({ contentId, number, quiz, tries }: Question): QuestionView {
  const { options } = quiz
  const order = options.map((_, at) => (at + tries) % options.length)
  const data = (option: number) => `r:quiz:${contentId}:${number}:${option}:${tries}`
  if (options.every((option) => widthOf(option) <= buttonWidth))
    return {
      text: quiz.question,
      keyboard: order.map((option) => [{ text: options[option] ?? '', data: data(option) }]),
    }
  const lines = order.map((option, at) => `${at + 1}. ${options[option]}`)
  return {
    text: [quiz.question, ...lines].join('\n\n'),
    keyboard: [order.map((option, at) => ({ text: String(at + 1), data: data(option) }))],
  }
}

/** What stands in the place of the question once it was answered. */
export function showAnswer(
  { quiz, option, isRight, comesBack }: ShownAnswer,
  t: Translate,
): string {
  const chosen = quiz.options[option] ?? ''
  const right = quiz.options[quiz.right] ?? ''
  return [
    quiz.question,
    isRight
      ? t('understanding:answer.right', { chosen })
      : t('understanding:answer.wrong', { chosen, right }),
    quiz.explanation,
    ...(comesBack && !isRight ? [t('understanding:answer.comesBack')] : []),
  ].join('\n\n')
}

type ShownAnswer = { quiz: Quiz; option: number; isRight: boolean; comesBack: boolean }

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2e7f' ? 2 : 1), 0)
}
