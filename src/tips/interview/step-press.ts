import type { Text } from './answer-text.ts'
import { type Asking, createDraft, type Draft, type DraftEvent, voicesOf } from './draft.ts'
import { findChoice, findStep, getStep, isAnswerable } from './interview.ts'
import type { Step, StepKind } from './interview-schema.ts'
import { button, labelOf, remark } from './screen.ts'
import {
  answer,
  ask,
  askAgain,
  goOn,
  goTo,
  jumpTo,
  type Move,
  revise,
  type StepResult,
  toReview,
} from './step-result.ts'
import { chooseVoice } from './step-voice.ts'
import { voiceButton } from './voice-wish.ts'
import { behindGroup, canSkip, findMissing, isAsked, openGroupSteps } from './walk.ts'

export type PressEvent = Extract<DraftEvent, { kind: 'press' }>
/** Null: no button of this question has that value. */
type Press = (move: Move, event: PressEvent, step: Step) => StepResult | null

/** An unsure finger presses twice, and so does a slow phone. */
const samePressMs = 5_000

/** A button. One that does not belong to the present question is old: the question is asked again. */
export function press(move: Move, event: PressEvent): StepResult {
  const { interview, draft } = move
  if (isSamePress(draft, event)) return { draft, screen: remark(), next: 'save' }
  if (event.step === draft.asking) return answerAsking(move, draft.asking, event.value)
  // Whoever wants to stop may use any old message for it: there is a second question before anything goes.
  if (event.value === 'cancel' && findStep(interview, event.step)) return stop(move)
  if (event.step === voiceButton) return chooseVoice(move, event.value)
  if (event.step !== draft.step) return askAgain(move)
  const answered: Move = { ...move, draft: { ...draft, asking: null } }
  const step = getStep(interview, draft.step)
  return (
    navigate(answered, event.value, step) ??
    pressOf[step.kind](answered, event, step) ??
    askAgain(move)
  )
}

/** Asks whether what was written is to go. */
export function stop(move: Move): StepResult {
  return ask(move, { ...move.draft, asking: 'cancel' })
}

/** Only where the button has had its effect: “back” pressed twice may mean two steps. */
function isSamePress(draft: Draft, event: PressEvent): boolean {
  const { pressed } = draft
  if (!pressed || event.at === undefined || pressed.button !== nameOfPress(event)) return false
  if (event.at - pressed.at >= samePressMs) return false
  const isCurrent = event.step === (draft.asking ?? draft.step)
  return !isCurrent || (event.value === 'cancel' && draft.asking === 'cancel')
}

export const nameOfPress = ({ step, value }: PressEvent): string => `${step}:${value}`

function answerAsking(move: Move, asking: Asking, value: string): StepResult {
  const going: Draft = { ...move.draft, asking: null }
  if (asking === 'resume' && value === 'anew')
    return { ...ask(move, createDraft(move.interview)), next: 'anew' }
  if (asking === 'cancel' && value === 'yes') return { ...ask(move, going), next: 'cancel' }
  if (asking === 'cancel' && value === 'no') return putAside(going)
  if (asking === 'clear' && value === 'yes') return clear({ ...move, draft: going })
  return ask(move, going)
}

/** Until it is taken up again, words and presses are not meant for it. */
function putAside(draft: Draft): StepResult {
  const onward = button('resume', 'continue', { key: 'tips:asking.resume.continue' })
  const screen = { ...remark({ key: 'tips:draft.kept' }), keyboard: [[onward]] }
  return { draft: { ...draft, asking: 'resume', isAside: true }, screen, next: 'save' }
}

function clear(move: Move): StepResult {
  const { draft, interview } = move
  if (getStep(interview, draft.step).kind === 'files')
    return { ...ask(move, withoutFiles(draft)), files: 'drop' }
  const { [draft.step]: _gone, ...answers } = draft.answers
  return ask(move, { ...draft, answers })
}

/** Voice notes are files too: an answer that was only spoken goes with them. */
function withoutFiles(draft: Draft): Draft {
  const kept = Object.entries(draft.answers).flatMap(([name, given]) => {
    if (!given || !('text' in given) || voicesOf(given).length === 0) return [[name, given]]
    return given.text === '' ? [] : [[name, { text: given.text, on: given.on }]]
  })
  return { ...draft, files: [], passedOn: [], album: undefined, answers: Object.fromEntries(kept) }
}

function navigate(move: Move, value: string, step: Step): StepResult | null {
  if (value === 'back') return goBack(move, step)
  if (value === 'skip') return skip(move, step)
  if (value === 'rest' && step.group !== undefined) return skipGroup(move, step)
  return null
}

function goBack(move: Move, { kind }: Step): StepResult {
  const { draft, interview } = move
  const { path } = draft.browse
  if (kind === 'place' && path.length > 0)
    return ask(move, { ...draft, browse: { path: path.slice(0, -1), page: 0 } })
  if (draft.isRevising) return ask(move, toReview(interview, draft))
  // A question on the way may be asked no more, after an answer before it was changed.
  const at = draft.trail.findLastIndex((name) => {
    const before = findStep(interview, name)
    return before !== undefined && isAsked(interview, before, draft.answers)
  })
  const before = draft.trail[at] ?? draft.step
  return ask(move, { ...goTo(draft, before), trail: draft.trail.slice(0, Math.max(0, at)) })
}

function skip(move: Move, step: Step): StepResult {
  const { draft } = move
  if (draft.answers[step.name] !== undefined || canSkip(step, draft)) return goOn(move)
  return ask(move, draft, {
    key: step.name === 'details' ? 'tips:remark.describe' : 'tips:remark.needed',
  })
}

function skipGroup(move: Move, step: Step): StepResult {
  const { draft, interview } = move
  if (draft.isRevising) return ask(move, toReview(interview, draft))
  return jumpTo(move, behindGroup(interview, step.name, draft.answers))
}

const pressOf: Record<StepKind, Press> = {
  notice: (move, { value }) => (value === 'continue' ? goOn(move) : null),
  choice: pressChoice,
  'choice-or-text': pressChoice,
  fork: (move, { value }, step) => {
    const to = findChoice(step, value)?.to
    return to === undefined ? null : jumpTo(move, to)
  },
  place: pressPlace,
  text: () => null,
  story: (move, { value }, step) => {
    if (value === 'done') return skip(move, step)
    const hasAny = move.draft.answers[step.name] !== undefined
    return value === 'clear' && hasAny ? ask(move, { ...move.draft, asking: 'clear' }) : null
  },
  files: (move, { value }) => {
    if (value === 'done') return goOn(move)
    const hasAny = move.draft.files.length > 0
    return value === 'clear' && hasAny ? ask(move, { ...move.draft, asking: 'clear' }) : null
  },
  review: pressReview,
}

function pressChoice(move: Move, { value }: PressEvent, step: Step): StepResult | null {
  const choice = findChoice(step, value)
  if (!choice) return null
  const remarks: Text[] = choice.remark ? [{ words: choice.remark }] : []
  return answer(move, step.name, { choice: value, on: move.today }, ...remarks)
}

/** `a7` opens or takes a place, `w` takes the one that is open, `p2` turns to the third page of the list. */
function pressPlace(move: Move, { value, place }: PressEvent, { name }: Step): StepResult | null {
  const { draft } = move
  if (/^p\d{1,3}$/.test(value))
    return ask(move, { ...draft, browse: { ...draft.browse, page: Number(value.slice(1)) } })
  if (value !== 'w' && !/^a\d+$/.test(value)) return null
  if (!place) return ask(move, draft, { key: 'tips:remark.place-gone' })
  if (!place.isLeaf && value !== 'w')
    return ask(move, { ...draft, browse: { path: [...place.above, place.id], page: 0 } })
  const taken: Text = { key: 'tips:remark.place', params: { place: place.path } }
  return answer(move, name, { placeId: place.id, path: place.path }, taken)
}

function pressReview(move: Move, { value }: PressEvent): StepResult | null {
  const { draft, interview } = move
  if (value === 'submit') {
    const missing = findMissing(interview, draft)
    if (missing === null) return { ...ask(move, draft), next: 'submit' }
    return ask(move, revise(draft, missing), missingRemark(getStep(interview, missing)))
  }
  if (value === '+') {
    const [first, ...queue] = openGroupSteps(interview, draft)
    return first === undefined ? null : ask(move, revise(draft, first, queue))
  }
  const step = findStep(interview, value)
  return step && isAnswerable(step) ? ask(move, revise(draft, value)) : null
}

function missingRemark(step: Step): Text {
  if (step.name === 'details') return { key: 'tips:remark.missing-details' }
  return { key: 'interview:missing', params: { name: labelOf(step) } }
}
