import type { Text } from './answer-text.ts'
import type { Answer, Draft } from './draft.ts'
import type { Interview } from './interview.ts'
import { present, type Screen } from './screen.ts'
import { askedFrom, newlyAsked, nextStep } from './walk.ts'

/**
 * save: keep the draft and show the screen. anew: throw the stored draft away and begin another. cancel: throw it away.
 * submit: file it.
 */
export type StepResult = {
  draft: Draft
  screen: Screen
  next: 'save' | 'anew' | 'cancel' | 'submit'
  /** What is to happen to files: the one just sent is taken in, or all are thrown away. */
  files?: 'keep' | 'drop'
}

/** What every move is made with. `today` (YYYY-MM-DD) is the day of the answer. */
export type Move = { interview: Interview; draft: Draft; today: string }

/** Shows the question that the draft stands at, after remarks on what was just sent. */
export function ask(
  { interview }: Pick<Move, 'interview'>,
  draft: Draft,
  ...remarks: Text[]
): StepResult {
  return { draft, screen: present(interview, draft, ...remarks), next: 'save' }
}

/** The button was old: the question that the draft stands at comes again. */
export const askAgain = (move: Move): StepResult =>
  ask(move, move.draft, { key: 'tips:remark.stale' })

/** Moves to another question, with the list of places closed. */
export function goTo(draft: Draft, step: string): Draft {
  return { ...draft, step, asking: null, browse: { path: [], page: 0 } }
}

/** From the review to one answer, and after it to those that follow in `queue`, and back. */
export function revise(draft: Draft, step: string, queue: string[] = []): Draft {
  return { ...goTo(draft, step), isRevising: true, queue }
}

/** The question is answered: the answer is kept, and what is asked only because of it is asked too. */
export function answer(move: Move, name: string, given: Answer, ...remarks: Text[]): StepResult {
  const { interview, draft } = move
  const answers = { ...draft.answers, [name]: given }
  const isChange = draft.isRevising && draft.step === name
  const opened = isChange ? newlyAsked(interview, draft.answers, answers) : []
  const queue = [...new Set([...opened, ...draft.queue])]
  return goOn({ ...move, draft: { ...draft, answers, queue } }, ...remarks)
}

/** The question is done: on to the next one, or back to the review that it was changed from. */
export function goOn({ interview, draft }: Move, ...remarks: Text[]): StepResult {
  const { answers, trail, step } = draft
  if (!draft.isRevising) {
    const next = nextStep(interview, step, answers)
    return ask({ interview }, advance(draft, [...trail, step], next), ...remarks)
  }
  const [next, ...queue] = draft.queue
  if (next !== undefined) return ask({ interview }, revise(draft, next, queue), ...remarks)
  return ask({ interview }, toReview(interview, draft), ...remarks)
}

/** Passes over the questions between: by a fork, or to the end of a group. */
export function jumpTo({ interview, draft }: Move, name: string, ...remarks: Text[]): StepResult {
  const target = askedFrom(interview, name, draft.answers)
  return ask({ interview }, advance(draft, [...draft.trail, draft.step], target), ...remarks)
}

function advance(draft: Draft, trail: string[], step: string): Draft {
  return { ...goTo(draft, step), trail }
}

export function toReview(interview: Interview, draft: Draft): Draft {
  const review = interview.steps.at(-1)?.name ?? draft.step
  return { ...goTo(draft, review), isRevising: false, queue: [] }
}
