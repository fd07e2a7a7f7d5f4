import type { Answers, Draft } from './draft.ts'
import { findStep, getStep, type Interview, isAnswerable } from './interview.ts'
import type { Condition, Severity, Step } from './interview-schema.ts'

type Said = Pick<Draft, 'answers' | 'files'>

/** Whether the question is asked, after what was answered so far. */
export function isAsked(interview: Interview, step: Step, answers: Answers): boolean {
  return holds(interview, step, answers)
}

function holds(
  interview: Interview,
  rule: { if?: Condition | undefined; unless?: Condition | undefined },
  answers: Answers,
): boolean {
  const isSo = ([name, codes]: [string, string[]]) =>
    codes.includes(codeOf(interview, name, answers) ?? '')
  return Object.entries(rule.if ?? {}).every(isSo) && !Object.entries(rule.unless ?? {}).some(isSo)
}

/** An answer counts as long as its question is asked: after a change of mind it may be left over. */
function codeOf(interview: Interview, name: string, answers: Answers): string | undefined {
  const answer = answers[name]
  if (!answer || !('choice' in answer)) return undefined
  const step = findStep(interview, name)
  return step && isAsked(interview, step, answers) ? answer.choice : undefined
}

/** The first question from here on that is asked. The last, the review, always is. */
export function askedFrom(interview: Interview, name: string, answers: Answers): string {
  const at = interview.steps.indexOf(getStep(interview, name))
  const found = interview.steps.slice(at).find((step) => isAsked(interview, step, answers))
  return found?.name ?? name
}

/** The question after this one; the review is followed by itself. */
export function nextStep(interview: Interview, name: string, answers: Answers): string {
  const at = interview.steps.indexOf(getStep(interview, name))
  const next = interview.steps[at + 1]
  return next ? askedFrom(interview, next.name, answers) : name
}

/** The first question behind the group that this one belongs to. */
export function behindGroup(interview: Interview, name: string, answers: Answers): string {
  const { group } = getStep(interview, name)
  const at = interview.steps.indexOf(getStep(interview, name))
  const next = interview.steps.slice(at).find((step) => step.group !== group)
  return next ? askedFrom(interview, next.name, answers) : name
}

/** Questions of groups that are asked and still open, such as may be offered once more. */
export function openGroupSteps(interview: Interview, { answers }: Said): string[] {
  const open = interview.steps.filter(
    (step) =>
      step.group !== undefined &&
      answers[step.name] === undefined &&
      isAsked(interview, step, answers),
  )
  return open.map(({ name }) => name)
}

/**
 * What is asked since an answer changed and was not asked before, with the notices among it. Questions of groups are
 * not: they are offered, and nobody who passed them over is led through them.
 */
export function newlyAsked(interview: Interview, before: Answers, after: Answers): string[] {
  const found = interview.steps.filter(
    (step) =>
      !isAsked(interview, step, before) &&
      isAsked(interview, step, after) &&
      step.kind !== 'fork' &&
      step.group === undefined &&
      after[step.name] === undefined,
  )
  return found.map(({ name }) => name)
}

/** A name, words or a voice: one of them is needed to look into the tip at all. */
function isDescribed({ answers, files }: Said): boolean {
  return answers.who !== undefined || answers.details !== undefined || files.includes('voice')
}

/** A question may be left open, but not the last one that could describe the person. */
export function canSkip(step: Step, said: Said): boolean {
  return step.optional && (step.name !== 'details' || isDescribed(said))
}

/** The first question that must still be answered before the tip can be filed. */
export function findMissing(interview: Interview, said: Said): string | null {
  const missing = interview.steps.find(
    (step) =>
      isAnswerable(step) &&
      !step.optional &&
      said.answers[step.name] === undefined &&
      isAsked(interview, step, said.answers),
  )
  return missing?.name ?? (isDescribed(said) ? null : 'details')
}

/** How much haste the answers ask for, by the first rule that holds. */
export function severityOf(interview: Interview, answers: Answers): Severity {
  return interview.severity.find((rule) => holds(interview, rule, answers))?.level ?? 'normal'
}
