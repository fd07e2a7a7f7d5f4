import { cleanText } from '../../lib/plain-text.ts'
import type { Text } from './answer-text.ts'
import type { Draft, DraftEvent } from './draft.ts'
import { hasSound, otherButton } from './draft-voices.ts'
import { getStep } from './interview.ts'
import { addToDetails, addVoiceToDetails } from './notes.ts'
import { present, type Screen } from './screen.ts'
import { answer, ask, askAgain, type Move, type StepResult } from './step-result.ts'
import { toStory } from './step-text.ts'
import { nameOfWish, originOf, readWish, type VoiceOrigin } from './voice-wish.ts'

type FileEvent = Extract<DraftEvent, { kind: 'file' }>

/** A voice note is an answer wherever words would be one. */
export function takeVoice(move: Move, event: FileEvent): StepResult {
  const n = move.draft.files.length + 1
  const files = [...move.draft.files, event.what]
  const { isForwarded, caption = '' } = event
  const passedOn = [...(move.draft.passedOn ?? []), n]
  const received = { ...move.draft, files, ...(isForwarded ? { passedOn } : {}) }
  const advised = adviseVoice(received, event)
  const { draft, remarks } = addToDetails(advised.draft, cleanText(caption), move.today)
  const result = placeVoice({ ...move, draft }, n, [
    ...advised.lines,
    ...remarks,
    ...(isForwarded ? [{ key: 'tips:remark.forwarded' }] : []),
  ])
  return { ...result, screen: withButton(result.screen, advised.button), files: 'keep' }
}

type Advised = { draft: Draft; lines: Text[]; button?: ReturnType<typeof otherButton> }

/** Says once of each origin what becomes of the voice, with the button for the other. */
export function adviseVoice(draft: Draft, file: FileEvent): Advised {
  const origin = originOf(file)
  const isTold = origin === 'own' ? draft.isVoiceAdvised : draft.isRecordingAdvised
  if (isTold || !hasSound(file.what)) return { draft, lines: [] }
  const told = origin === 'own' ? { isVoiceAdvised: true } : { isRecordingAdvised: true }
  const name = nameOfWish(draft.voice, origin)
  const key = `interview:voice-wish.offer.${name}`
  const button = otherButton(draft, origin)
  return { draft: { ...draft, ...told }, lines: [{ key }], button }
}

/** The reporter says what is to become of a voice. Any such button of this draft may be pressed at any time. */
export function chooseVoice(move: Move, value: string): StepResult {
  const wish = readWish(value)
  if (!wish) return askAgain(move)
  const { origin, form } = wish
  const draft: Draft = { ...move.draft, voice: { ...move.draft.voice, [origin]: form } }
  const chosen = ask(move, draft, { key: `interview:voice-wish.done.${value}` })
  return { ...chosen, screen: withBack(draft, chosen.screen, origin) }
}

/** The review has its own buttons for it. */
function withBack(draft: Draft, screen: Screen, origin: VoiceOrigin): Screen {
  const back = otherButton(draft, origin)
  const isThere = screen.keyboard.flat().some(({ data }) => data === back.data)
  return withButton(screen, isThere ? undefined : back)
}

/** Below the buttons of the question, so that nobody presses it instead of one of them. */
export function withButton(screen: Screen, button: Advised['button']): Screen {
  return button ? { ...screen, keyboard: [...screen.keyboard, [button]] } : screen
}

function placeVoice(move: Move, n: number, remarks: Text[]): StepResult {
  const { interview, today } = move
  const step = getStep(interview, move.draft.step)
  switch (step.kind) {
    case 'text':
    case 'choice-or-text': {
      const taken: Text = { key: 'interview:voice-answer', params: { n } }
      return answer(move, step.name, { text: '', on: today, voices: [n] }, taken, ...remarks)
    }
    case 'fork':
    case 'story': {
      const { draft } = step.kind === 'fork' ? toStory(move) : move
      const told = addVoiceToDetails(draft, n, today)
      const lines: Text[] = [{ key: 'interview:voice-added', params: { n } }, ...remarks]
      const { keyboard } = present(interview, told)
      return { draft: told, screen: { lines, keyboard }, next: 'save' }
    }
    default: {
      const noted = addVoiceToDetails(move.draft, n, today)
      return ask(move, noted, { key: 'interview:voice-noted', params: { n } }, ...remarks)
    }
  }
}
