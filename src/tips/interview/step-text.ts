import { cleanText, countCharacters } from '../../lib/plain-text.ts'
import type { Text } from './answer-text.ts'
import { type DraftEvent, type PlaceMatch, textOf } from './draft.ts'
import { getStep, isFirstStep, maxLengthOf } from './interview.ts'
import { addToDetails } from './notes.ts'
import { present, presentMatches } from './screen.ts'
import { answer, ask, jumpTo, type Move, type StepResult } from './step-result.ts'

type TextEvent = Extract<DraftEvent, { kind: 'text' }>

/** Words that answer nothing are kept with the details from this length on; shorter ones say nothing. */
const noteMinLength = 2
/** What was typed for a village and is none: a slip of the keyboard is no detail. */
const noteInsteadOfPlaceMinLength = 8

/** Words at any question. What does not answer it is kept with the details rather than lost. */
export function takeText(move: Move, event: TextEvent): StepResult {
  const text = cleanText(event.text)
  if (text === '') return ask(move, move.draft, { key: 'tips:remark.empty' })
  const remarks: Text[] = event.isForwarded ? [{ key: 'tips:remark.forwarded' }] : []
  const pressed: Text[] = [...remarks, { key: 'tips:remark.press-button' }]
  switch (getStep(move.interview, move.draft.step).kind) {
    case 'notice':
      return isFirstStep(move.interview, move.draft.step)
        ? ask(move, move.draft, { key: 'tips:remark.continue-first' })
        : takeNote(move, text, pressed)
    case 'choice':
    case 'files':
    case 'review':
      return takeNote(move, text, pressed)
    case 'place':
      return takePlaceName(move, text, event.places ?? [])
    case 'choice-or-text':
    case 'text':
      return takeAnswer(move, text, remarks)
    case 'fork':
      return takeStory(toStory(move), text, remarks)
    case 'story':
      return takeStory(move, text, remarks)
  }
}

/** Who is asked how to go on and simply tells the story has chosen. */
export function toStory(move: Move): Move {
  return { ...move, draft: jumpTo(move, 'details').draft }
}

function takeAnswer(move: Move, text: string, remarks: Text[]): StepResult {
  const step = getStep(move.interview, move.draft.step)
  const max = maxLengthOf(step)
  if (countCharacters(text) <= max)
    return answer(move, step.name, { text, on: move.today }, ...remarks)
  return takeNote(move, text, [...remarks, { key: 'tips:remark.too-long', params: { max } }])
}

function takePlaceName(move: Move, text: string, matches: readonly PlaceMatch[]): StepResult {
  const { draft, interview } = move
  const [only, ...others] = matches
  if (!only) return takeNote(move, text, [{ key: 'tips:remark.no-place' }])
  if (others.length === 0 && only.isExact) {
    const { id, path } = only.place
    const taken: Text = { key: 'tips:remark.place', params: { place: path } }
    return answer(move, draft.step, { placeId: id, path }, taken)
  }
  const places = matches.map(({ place }) => place)
  const isOne = others.length === 0
  const which: Text = { key: isOne ? 'tips:remark.this-place' : 'tips:remark.which-place' }
  return { draft, screen: presentMatches(interview, draft, places, which), next: 'save' }
}

/** More may follow, so the question is not repeated and the story not shown again. */
function takeStory(move: Move, text: string, said: Text[]): StepResult {
  const { draft: told, remarks } = addToDetails(move.draft, text, move.today)
  const count = countCharacters(textOf(told.answers.details))
  const added: Text = { key: 'tips:remark.added', params: { n: count } }
  const { keyboard } = present(move.interview, told)
  const lines = [...said, ...(remarks.length > 0 ? remarks : [added])]
  return { draft: told, screen: { lines, keyboard }, next: 'save' }
}

function takeNote(move: Move, text: string, said: Text[]): StepResult {
  const { kind } = getStep(move.interview, move.draft.step)
  const minLength = kind === 'place' ? noteInsteadOfPlaceMinLength : noteMinLength
  if (countCharacters(text) < minLength) return ask(move, move.draft, ...said)
  const { draft: noted, remarks } = addToDetails(move.draft, text, move.today)
  const told: Text[] = remarks.length > 0 ? remarks : [{ key: 'tips:remark.noted' }]
  return ask(move, noted, ...told, ...said)
}
