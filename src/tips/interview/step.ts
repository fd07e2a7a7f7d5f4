import { type Draft, type DraftEvent, isEmptyDraft } from './draft.ts'
import { findStep, type Interview } from './interview.ts'
import { takeFile } from './step-file.ts'
import { nameOfPress, type PressEvent, press, stop } from './step-press.ts'
import { ask, type Move, type StepResult } from './step-result.ts'
import { takeText } from './step-text.ts'
import { findMissing } from './walk.ts'

/**
 * One move of the conversation. Pure: `today` (YYYY-MM-DD) is the day of the answer. Every event in every state has
 * an answer, and none but a confirmed “clear”, “anew” or “cancel” removes anything that was taken in.
 */
export function step(
  interview: Interview,
  before: Draft,
  event: DraftEvent,
  today: string,
): StepResult {
  const draft: Draft = { ...fitDraft(interview, before), isAside: false }
  const move: Move = { interview, draft, today }
  // What a villager sends instead of pressing yes or no is meant for the question behind it.
  const behind: Move = { ...move, draft: { ...draft, asking: null } }
  switch (event.kind) {
    case 'open':
      return open(move)
    case 'leave':
      return ask(move, { ...draft, isAside: true })
    case 'stop':
      return stop(move)
    case 'press':
      return rememberPress(press(move, event), event)
    case 'text':
      return takeText(behind, event)
    case 'file':
      return takeFile(behind, event)
    case 'refused':
      return ask(behind, behind.draft, { key: `tips:refused.${event.what}` })
  }
}

/**
 * A draft whose own questions are lost, as after an old backup was put back, goes on with those that there are. Its
 * answers stay; a question that is gone gives way to the first that is open.
 */
export function fitDraft(interview: Interview, draft: Draft): Draft {
  if (draft.interview === interview.id && findStep(interview, draft.step)) return draft
  const review = interview.steps.at(-1)?.name ?? draft.step
  const isKnown = findStep(interview, draft.step) !== undefined
  const next = isKnown ? draft.step : (findMissing(interview, draft) ?? review)
  return { ...draft, interview: interview.id, step: next, trail: [], isRevising: false, queue: [] }
}

/** Nothing is asked about a draft that holds nothing yet. */
function open(move: Move): StepResult {
  const { draft } = move
  return ask(move, { ...draft, asking: isEmptyDraft(draft) ? null : 'resume' })
}

function rememberPress(result: StepResult, event: PressEvent): StepResult {
  if (event.at === undefined) return result
  const pressed = { button: nameOfPress(event), at: event.at }
  return { ...result, draft: { ...result.draft, pressed } }
}
