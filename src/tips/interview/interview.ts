import type { Choice, InterviewFile, Step } from './interview-schema.ts'

/**
 * The questions of a tip, as an office wrote them: data, not code. `id` follows from what the file says, so that a
 * draft and a tip can name the version that they were asked with.
 */
export type Interview = InterviewFile & { id: string }

/** The story may be long: a villager who writes everything into it must not be stopped. */
export const detailsMaxLength = 6_000
export const filesMaxCount = 30
/** Of an answer in own words, where the file says nothing. */
const answerMaxLength = 120

export function findStep(interview: Interview, name: string): Step | undefined {
  return interview.steps.find((candidate) => candidate.name === name)
}

/** @throws when the interview has no question of that name. */
export function getStep(interview: Interview, name: string): Step {
  const step = findStep(interview, name)
  if (!step) throw new Error(`There is no step ${name}`)
  return step
}

export function findChoice(step: Step, code: string): Choice | undefined {
  return step.choices?.find((candidate) => candidate.code === code)
}

/** The notice at the beginning: nothing is kept before it was read. */
export function isFirstStep(interview: Interview, name: string): boolean {
  return interview.steps[0]?.name === name
}

export function maxLengthOf({ kind, maxLength = answerMaxLength }: Step): number {
  return kind === 'story' ? detailsMaxLength : maxLength
}

/** Whether it has an answer that can be shown; of files their number is the answer. */
export function isAnswerable({ kind }: Step): boolean {
  return kind !== 'notice' && kind !== 'fork' && kind !== 'review'
}
