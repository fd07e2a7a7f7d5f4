import { accusedRoles } from '../../groups/accused-rank.ts'
import { categories, dangerCategories } from '../tip.ts'
import { atStep, type InterviewProblem } from './interview-problem.ts'
import type { InterviewFile, Step, StepKind } from './interview-schema.ts'

type Known = {
  kinds: readonly StepKind[]
  why: string
  codes?: readonly string[]
  /** It must be answered, or at least always be asked. */
  isRequired?: boolean
  isUnconditional?: boolean
}

/** Questions that the rest of the service reads: routing, cards, the list, the audit. */
const known: Record<string, Known> = {
  what: {
    kinds: ['choice'],
    why: 'what happened decides which group gets the tip',
    codes: categories,
    isRequired: true,
    isUnconditional: true,
  },
  where: {
    kinds: ['place'],
    why: 'the village decides which group gets the tip',
    isRequired: true,
    isUnconditional: true,
  },
  who: { kinds: ['text'], why: 'a name or a description is needed', isUnconditional: true },
  role: {
    kinds: ['choice'],
    why: 'the office of the accused decides which group must not get the tip',
    codes: accusedRoles,
  },
  when: {
    kinds: ['choice', 'choice-or-text', 'text'],
    why: 'the time is needed',
    isRequired: true,
  },
  details: { kinds: ['story'], why: 'what finds no other place goes there', isUnconditional: true },
  files: { kinds: ['files'], why: 'photos and voice notes go there', isUnconditional: true },
  review: {
    kinds: ['review'],
    why: 'nothing is filed that was not looked at',
    isUnconditional: true,
  },
}
/** Kinds of which there is one, under its name. */
const single: Partial<Record<StepKind, string>> = {
  place: 'where',
  story: 'details',
  files: 'files',
  review: 'review',
}

/** Every interview has them; what they are called besides, and what stands between them, is the office's business. */
export function checkKnownSteps(file: InterviewFile): InterviewProblem[] {
  const { steps } = file
  return [
    ...Object.entries(known).flatMap(([name, wanted]) => {
      const step = steps.find((candidate) => candidate.name === name)
      return step
        ? checkKnown(step, wanted)
        : [{ at: 'steps', text: `The step “${name}” is missing: ${wanted.why}.` }]
    }),
    ...steps.flatMap((step) => {
      const name = single[step.kind]
      return name === undefined || step.name === name
        ? []
        : [{ at: atStep(step), text: `A step of kind ${step.kind} must be named “${name}”.` }]
    }),
    ...checkOrder(steps),
    ...checkWayOut(steps),
    ...checkTime(steps),
    ...checkDanger(steps),
  ]
}

function checkKnown(step: Step, wanted: Known): InterviewProblem[] {
  const at = atStep(step)
  const has = (is: boolean, text: string) => (is ? [{ at, text }] : [])
  const foreign = (step.choices ?? []).filter(
    ({ code }) => wanted.codes && !wanted.codes.includes(code),
  )
  const hasCondition = step.if !== undefined || step.unless !== undefined
  return [
    ...has(
      !wanted.kinds.includes(step.kind),
      `It must be of kind ${wanted.kinds.join(' or ')}, because ${wanted.why}.`,
    ),
    ...has(wanted.isRequired === true && step.optional, `It cannot be optional: ${wanted.why}.`),
    ...has(
      wanted.isUnconditional === true && hasCondition,
      `It must be asked of everybody, so remove its condition: ${wanted.why}.`,
    ),
    ...foreign.map(({ code }) => ({
      at: `${at}, choice “${code}”`,
      text: `The service does not know “${code}”. Known are: ${wanted.codes?.join(', ')}.`,
    })),
  ]
}

function checkOrder(steps: Step[]): InterviewProblem[] {
  const [first] = steps
  const last = steps.at(-1)
  return [
    ...(first && (first.kind !== 'notice' || first.if || first.unless)
      ? [
          {
            at: 'steps[0]',
            text: 'The first step must be a notice without condition: what is kept and what is not is said before anything is kept.',
          },
        ]
      : []),
    ...(last && last.kind !== 'review'
      ? [{ at: `steps[${steps.length - 1}]`, text: 'The last step must be the review.' }]
      : []),
  ]
}

/** Whoever finds nothing that fits must not be stuck. */
function checkWayOut(steps: Step[]): InterviewProblem[] {
  const what = steps.find(({ name }) => name === 'what')
  const codes = what?.choices?.map(({ code }) => code) ?? []
  if (!what || codes.includes('other') || codes.includes('unknown')) return []
  const text = 'It needs the choice “other” or “unknown”, for whom nothing else fits.'
  return [{ at: atStep(what), text }]
}

/** “When” may be left out only for what is happening now. */
function checkTime(steps: Step[]): InterviewProblem[] {
  const when = steps.find(({ name }) => name === 'when')
  if (!when) return []
  const isNow = (codes: string[]) => codes.length === 1 && codes[0] === 'yes'
  const unless = Object.entries(when.unless ?? {})
  const isFine = !when.if && unless.every(([name, codes]) => name === 'ongoing' && isNow(codes))
  const text =
    'It must be asked of everybody but those who said that it is happening now: the only condition that it may have is "unless": {"ongoing": ["yes"]}.'
  return isFine ? [] : [{ at: atStep(when), text }]
}

/** Where people are in danger, the police come first. */
function checkDanger(steps: Step[]): InterviewProblem[] {
  const at = steps.findIndex(({ name }) => name === 'what')
  const what = steps[at]
  const codes = what?.choices?.map(({ code }) => code) ?? []
  return dangerCategories
    .filter((code) => codes.includes(code))
    .filter((code) => !names110(steps[at + 1], code))
    .map((code) => ({
      at: `step “what”, choice “${code}”`,
      text: `The next step must be a notice that names 110, with the condition "if": {"what": ["${code}", …]}.`,
    }))
}

function names110(step: Step | undefined, code: string): boolean {
  if (step?.kind !== 'notice' || step.unless) return false
  const conditions = Object.entries(step.if ?? {})
  const isShown = conditions.every(([name, codes]) => name === 'what' && codes.includes(code))
  return isShown && Object.values(step.text).every((text) => text.includes('110'))
}
