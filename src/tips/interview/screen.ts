import { answerText, type Text } from './answer-text.ts'
import type { Draft, Place } from './draft.ts'
import { reviewVoices } from './draft-voices.ts'
import { getStep, type Interview, isAnswerable, maxLengthOf } from './interview.ts'
import type { Step } from './interview-schema.ts'
import { canSkip, isAsked, openGroupSteps } from './walk.ts'

export type ScreenButton = { label: Text; data: string }

/**
 * What the villager is to see, in keys and parameters; `renderScreen` turns it into words. `list` asks for the places
 * of the draft's `browse` as further buttons, which only somebody with the directory can name.
 */
export type Screen = { lines: Text[]; keyboard: ScreenButton[][]; list?: Draft['browse'] }

/** The question that the draft stands at, after remarks on what was just sent. */
export function present(interview: Interview, draft: Draft, ...remarks: Text[]): Screen {
  const step = getStep(interview, draft.step)
  if (draft.asking) return presentAsking(draft.asking, step, remarks)
  const screen = bodyOf[step.kind](interview, draft, step)
  return { ...screen, lines: [...remarks, ...screen.lines] }
}

/** Remarks alone, without the question: one of many files gets no more. */
export function remark(...remarks: Text[]): Screen {
  return { lines: remarks, keyboard: [] }
}

/** The places that a typed name may mean. */
export function presentMatches(
  interview: Interview,
  draft: Draft,
  places: readonly Place[],
  ...remarks: Text[]
): Screen {
  const found = places.map((place) => [placeButton(place, place.label)])
  const step = getStep(interview, draft.step)
  return { lines: remarks, keyboard: [...found, ...navigation(interview, draft, step)] }
}

export const placeButton = (place: Place, label: string): ScreenButton =>
  button('where', `a${place.id}`, label)

export const button = (step: string, value: string, label: Text): ScreenButton => ({
  label,
  data: `d:${step}:${value}`,
})

/** How a question is called where it is not asked. */
export const labelOf = ({ name, label }: Step): Text => (label ? { words: label } : name)

function presentAsking(asking: string, { kind }: Step, remarks: Text[]): Screen {
  const choices = asking === 'resume' ? ['continue', 'anew'] : ['yes', 'no']
  const question = asking === 'clear' && kind === 'files' ? 'clear-files' : asking
  return {
    lines: [...remarks, { key: `tips:asking.${question}.question` }],
    keyboard: choices.map((value) => [
      button(asking, value, { key: `tips:asking.${asking}.${value}` }),
    ]),
  }
}

type Body = (interview: Interview, draft: Draft, step: Step) => Screen

const bodyOf: Record<Step['kind'], Body> = {
  notice: (interview, draft, step) => {
    const goOn: Text = step.button ? { words: step.button } : { key: 'tips:nav.continue' }
    return {
      lines: question(interview, draft, step),
      keyboard: [
        [button(step.name, 'continue', goOn)],
        [button(step.name, 'cancel', { key: 'tips:nav.cancel' })],
      ],
    }
  },
  choice: presentChoice,
  'choice-or-text': presentChoice,
  fork: presentChoice,
  place: (interview, draft, step) => ({
    ...presentOpen(interview, draft, step),
    list: draft.browse,
  }),
  text: presentOpen,
  story: (interview, draft, step) =>
    presentCollected(interview, draft, step, draft.answers[step.name] !== undefined),
  files: (interview, draft, step) =>
    presentCollected(interview, draft, step, draft.files.length > 0),
  review: presentReview,
}

function presentOpen(interview: Interview, draft: Draft, step: Step): Screen {
  return { lines: question(interview, draft, step), keyboard: navigation(interview, draft, step) }
}

function presentChoice(interview: Interview, draft: Draft, step: Step): Screen {
  const choices = (step.choices ?? []).map(({ code, label }, index) => {
    const words: Text = { words: label }
    const numbered: Text = { key: 'tips:numbered', params: { n: index + 1, label: words } }
    return [button(step.name, code, step.kind === 'fork' ? words : numbered)]
  })
  const lines = question(interview, draft, step)
  return { lines, keyboard: [...choices, ...navigation(interview, draft, step)] }
}

/** A question that takes several messages: it ends with a button, and what came in can be thrown away. */
function presentCollected(interview: Interview, draft: Draft, step: Step, hasAny: boolean): Screen {
  const done = [button(step.name, 'done', { key: `interview:nav.done-${step.kind}` })]
  const clear = [button(step.name, 'clear', { key: `interview:nav.clear-${step.kind}` })]
  const own = hasAny ? [done, clear] : []
  const lines = question(interview, draft, step)
  return { lines, keyboard: [...own, ...navigation(interview, draft, step, hasAny)] }
}

/** Every answer there is, also one that is no longer asked for; and of what is open the questions of the short way. */
function presentReview(interview: Interview, draft: Draft, step: Step): Screen {
  const shown = interview.steps.filter(
    (candidate) =>
      isAnswerable(candidate) &&
      (answerText(interview, draft, candidate.name) !== null ||
        (candidate.group === undefined && isAsked(interview, candidate, draft.answers))),
  )
  const lines = shown.map((candidate): Text => reviewLine(interview, draft, candidate))
  const jumps = shown.map((candidate) =>
    button(step.name, candidate.name, {
      key: 'tips:review.change',
      params: { name: labelOf(candidate) },
    }),
  )
  const voices = reviewVoices(draft)
  const more = [button(step.name, '+', { key: 'interview:review.more' })]
  return {
    lines: [
      { words: step.text },
      { lines: [...lines, ...voices.lines] },
      { key: 'tips:review.end' },
    ],
    keyboard: [
      [button(step.name, 'submit', { key: 'tips:nav.submit' })],
      ...inPairs(jumps),
      ...voices.keyboard,
      ...(openGroupSteps(interview, draft).length > 0 ? [more] : []),
      [
        button(step.name, 'back', { key: 'tips:nav.back' }),
        button(step.name, 'cancel', { key: 'tips:nav.cancel' }),
      ],
    ],
  }
}

function reviewLine(interview: Interview, draft: Draft, step: Step): Text {
  const answer = answerText(interview, draft, step.name) ?? { key: 'tips:review.open' }
  return { key: 'tips:review.line', params: { name: labelOf(step), answer } }
}

function question(interview: Interview, draft: Draft, step: Step): Text[] {
  const answer = answerText(interview, draft, step.name)
  const asked: Text = { words: step.text, params: { max: maxLengthOf(step) } }
  return answer ? [asked, { key: 'tips:now', params: { answer } }] : [asked]
}

/** Back, skip where allowed, cancel. Skipping never erases: with an answer there the button says “keep it”. */
function navigation(
  interview: Interview,
  draft: Draft,
  step: Step,
  hasOwnEnd = false,
): ScreenButton[][] {
  const isAnswered = draft.answers[step.name] !== undefined
  const forward = isAnswered
    ? [button(step.name, 'skip', { key: 'tips:nav.keep' })]
    : canSkip(step, draft)
      ? [button(step.name, 'skip', { key: 'tips:nav.skip' })]
      : []
  const hasRest = step.group !== undefined && restOfGroup(interview, draft, step) > 0
  return [
    [
      button(step.name, 'back', { key: 'tips:nav.back' }),
      ...(hasOwnEnd ? [] : forward),
      button(step.name, 'cancel', { key: 'tips:nav.cancel' }),
    ],
    ...(hasRest ? [[button(step.name, 'rest', { key: 'interview:nav.rest' })]] : []),
  ]
}

/** How many questions of its group still follow. */
function restOfGroup(interview: Interview, draft: Draft, step: Step): number {
  const at = interview.steps.indexOf(step)
  const rest = interview.steps.slice(at + 1)
  const end = rest.findIndex(({ group }) => group !== step.group)
  return rest.slice(0, end).filter((candidate) => isAsked(interview, candidate, draft.answers))
    .length
}

export function inPairs<T>(items: T[]): T[][] {
  const rows: T[][] = []
  for (let index = 0; index < items.length; index += 2) rows.push(items.slice(index, index + 2))
  return rows
}
