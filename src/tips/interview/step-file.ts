import { cleanText } from '../../lib/plain-text.ts'
import type { Text } from './answer-text.ts'
import type { Draft, DraftEvent } from './draft.ts'
import { filesMaxCount, getStep, type Interview, isFirstStep } from './interview.ts'
import { addToDetails } from './notes.ts'
import { present, remark } from './screen.ts'
import { ask, type Move, revise, type StepResult } from './step-result.ts'
import { adviseVoice, takeVoice, withButton } from './step-voice.ts'

type FileEvent = Extract<DraftEvent, { kind: 'file' }>

/** A file at any question is evidence; a voice note is an answer besides, wherever words would be one. */
export function takeFile(move: Move, event: FileEvent): StepResult {
  const { interview, draft } = move
  if (isFirstStep(interview, draft.step)) return refuse(move, event)
  const isFull = draft.files.length >= filesMaxCount
  if (event.what === 'voice' && !isFull) return takeVoice(move, event)
  return takeEvidence(move, event, isFull)
}

/** Nothing is kept before the first button was pressed. Said once for an album, as everything is. */
function refuse(move: Move, { album }: FileEvent): StepResult {
  const { draft } = move
  if (album !== undefined && album === draft.album) return { draft, screen: remark(), next: 'save' }
  return ask(move, { ...draft, album }, { key: 'tips:remark.continue-first' })
}

/** One line for an album, however many files it has; at another question that question too. */
function takeEvidence(move: Move, event: FileEvent, isFull: boolean): StepResult {
  const { interview, today } = move
  // More of them may be on the way: the review would show too few.
  const before = atFiles(interview, move.draft)
  const { draft: noted, remarks } = addToDetails(before, cleanText(event.caption ?? ''), today)
  const album = event.album && (isFull ? `full ${event.album}` : event.album)
  const isTold = album !== undefined && album === before.album
  const files = isFull ? before.files : [...before.files, event.what]
  const isSmall = event.what === 'photo' && !isFull && !before.isPhotoAdvised
  const received: Draft = { ...noted, album, files, ...(isSmall ? { isPhotoAdvised: true } : {}) }
  const advised = isFull ? { draft: received, lines: [] } : adviseVoice(received, event)
  const { draft: taken } = advised
  const lines = [
    ...(isTold ? [] : linesOf(interview, taken, event, { isFull, isSmall })),
    ...advised.lines,
    ...remarks,
  ]
  const asked = lines.length === 0 ? remark() : present(interview, taken, ...lines)
  const isAtFiles = getStep(interview, taken.step).kind === 'files'
  const shown = isAtFiles ? { lines, keyboard: asked.keyboard } : asked
  const screen = withButton(shown, advised.button)
  return { draft: taken, screen, next: 'save', ...(isFull ? {} : { files: 'keep' }) }
}

function atFiles(interview: Interview, draft: Draft): Draft {
  const files = interview.steps.find(({ kind }) => kind === 'files')
  const isReview = getStep(interview, draft.step).kind === 'review'
  return isReview && files ? revise(draft, files.name) : draft
}

function linesOf(
  interview: Interview,
  { step }: Draft,
  { what, isForwarded }: FileEvent,
  { isFull, isSmall }: { isFull: boolean; isSmall: boolean },
): Text[] {
  if (isFull) return [{ key: 'interview:files-full', params: { max: filesMaxCount } }]
  const name: Text = { key: `interview:file.${what}` }
  const isAtFiles = getStep(interview, step).kind === 'files'
  return [
    { key: isAtFiles ? 'interview:file-taken' : 'interview:file-kept', params: { name } },
    ...(isSmall ? [{ key: 'interview:photo-small' }] : []),
    ...(isForwarded ? [{ key: 'tips:remark.forwarded' }] : []),
  ]
}
