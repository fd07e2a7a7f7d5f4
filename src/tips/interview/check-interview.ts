import { checkConditions } from './check-conditions.ts'
import { checkKnownSteps } from './check-known-steps.ts'
import { checkForks, checkReach } from './check-paths.ts'
import { askings } from './draft.ts'
import { atStep, type InterviewProblem } from './interview-problem.ts'
import type { InterviewFile, Step } from './interview-schema.ts'
import { voiceButton } from './voice-wish.ts'

/** Values of buttons that mean something else at every question. */
const reservedCodes = [
  'back',
  'skip',
  'rest',
  'cancel',
  'done',
  'clear',
  'continue',
  'submit',
  'constructor',
]
const reservedNames: readonly string[] = [...askings, voiceButton, ...reservedCodes]

const withChoices = ['choice', 'choice-or-text', 'fork']
const withLength = ['text', 'choice-or-text']
const withoutLabel = ['notice', 'fork', 'review']

/** Looks at what a well-formed file means: whether every villager can get through it to the end. */
export function checkInterview(file: InterviewFile): InterviewProblem[] {
  const form = [
    ...checkNames(file),
    ...file.steps.flatMap(checkStep),
    ...checkKnownSteps(file),
    ...checkConditions(file),
    ...checkForks(file),
  ]
  // Whether a question can be reached is unclear as long as a condition names something that is not there.
  return form.length > 0 ? form : checkReach(file)
}

function checkNames({ steps }: InterviewFile): InterviewProblem[] {
  return steps.flatMap((step, index) => {
    const first = steps.findIndex(({ name }) => name === step.name)
    const at = `steps[${index}]`
    if (reservedNames.includes(step.name))
      return [{ at, text: `“${step.name}” is a word of ours. Give the step another name.` }]
    return first < index
      ? [{ at, text: `There is a step “${step.name}” already (steps[${first}]). Rename one.` }]
      : []
  })
}

function checkStep(step: Step): InterviewProblem[] {
  const at = atStep(step)
  const { kind, choices = [] } = step
  const has = (is: boolean, text: string) => (is ? [{ at, text }] : [])
  return [
    ...has(
      withChoices.includes(kind) && choices.length === 0,
      `A step of kind ${kind} needs "choices".`,
    ),
    ...has(
      !withChoices.includes(kind) && choices.length > 0,
      `A step of kind ${kind} has no choices. Remove them, or make it a choice.`,
    ),
    ...has(
      !withLength.includes(kind) && step.maxLength !== undefined,
      `"maxLength" is for own words, which a step of kind ${kind} does not take. Remove it.`,
    ),
    ...has(
      !withoutLabel.includes(kind) && !step.label,
      'It needs a "label": how the answer is called in the review and on the card.',
    ),
    ...has(
      step.group !== undefined && !step.optional,
      'It stands in a group that can be skipped as a whole, so it must be "optional": true.',
    ),
    ...has(kind !== 'notice' && step.button !== undefined, '"button" is for a notice. Remove it.'),
    ...checkPlaceholders(at, 'text', step.text, ['max']),
    ...checkChoices(step),
  ]
}

function checkChoices(step: Step): InterviewProblem[] {
  const choices = step.choices ?? []
  return choices.flatMap((choice, index) => {
    const at = `${atStep(step)}, choice “${choice.code}”`
    const has = (is: boolean, text: string) => (is ? [{ at, text }] : [])
    const earlier = choices.slice(0, index)
    const sameLabel = earlier.find((other) =>
      Object.entries(other.label).some(
        ([language, label]) => choice.label[language as keyof typeof choice.label] === label,
      ),
    )
    return [
      ...has(
        reservedCodes.includes(choice.code),
        `“${choice.code}” is a word of ours. Give the choice another code.`,
      ),
      ...has(
        earlier.some(({ code }) => code === choice.code),
        'This step has a choice with that code already. Give one of them another code.',
      ),
      ...has(
        sameLabel !== undefined,
        `Its label is the same as that of “${sameLabel?.code}”: nobody could tell the two buttons apart.`,
      ),
      ...has(
        choice.daysAgo !== undefined && !choice.shown,
        '"daysAgo" is used by "shown" only, which is missing.',
      ),
      ...checkPlaceholders(at, 'label', choice.label, []),
      ...checkPlaceholders(at, 'shown', choice.shown ?? {}, ['date']),
      ...checkPlaceholders(at, 'remark', choice.remark ?? {}, []),
    ]
  })
}

/** A villager must never read `{{…}}`. */
function checkPlaceholders(
  at: string,
  field: string,
  words: Record<string, string>,
  known: readonly string[],
): InterviewProblem[] {
  return Object.entries(words).flatMap(([language, text]) =>
    [...text.matchAll(/\{\{(.*?)\}\}/gs)]
      .filter(([, name = '']) => !known.includes(name))
      .map(([placeholder]) => {
        const allowed = known.length === 0 ? 'There is none here.' : `Known is {{${known}}}.`
        return {
          at: `${at}, ${field} (${language})`,
          text: `${placeholder} is unknown. ${allowed}`,
        }
      }),
  )
}
