import type { Language } from '../../messages/messages.ts'
import { type Answer, type Draft, type FileKind, fileKinds, voicesOf } from './draft.ts'
import { findChoice, findStep, type Interview } from './interview.ts'

type Params = Record<string, string | number | Text>

/**
 * Words to be found later, in the reader's language: a key with parameters, words of the interview, words as they are,
 * or several of these with something between them.
 */
export type Text =
  | string
  | { key: string; params?: Params }
  | { words: Record<Language, string>; params?: Params }
  | { lines: Text[]; between?: Text }

/** An answer as it is shown again, in the words of the interview that asked; null when there is none. */
export function answerText(
  interview: Interview,
  said: Pick<Draft, 'answers' | 'files'>,
  name: string,
): Text | null {
  const step = findStep(interview, name)
  if (step?.kind === 'files') return filesText(said.files)
  const answer = said.answers[name]
  if (!answer) return null
  if ('placeId' in answer) return answer.path
  if ('text' in answer) return ownWords(answer)
  const choice = step && findChoice(step, answer.choice)
  // Only an interview that is lost altogether does not know its own code.
  if (!choice) return answer.choice
  const date = dateText(answer.on, choice.daysAgo ?? 0)
  return { words: choice.shown ?? choice.label, params: { date } }
}

function ownWords(answer: Extract<Answer, { text: string }>): Text {
  const voices = voicesOf(answer).map((n): Text => ({ key: 'interview:voice', params: { n } }))
  const lines = answer.text === '' ? voices : [answer.text, ...voices]
  return lines.length === 1 ? (lines[0] ?? '') : { lines }
}

function filesText(files: readonly FileKind[]): Text | null {
  const counts = fileKinds
    .map((kind) => ({ kind, n: files.filter((file) => file === kind).length }))
    .filter(({ n }) => n > 0)
  if (counts.length === 0) return null
  const lines = counts.map(
    ({ kind, n }): Text => ({ key: `interview:files.${kind}`, params: { n } }),
  )
  return { lines, between: { key: 'interview:files.between' } }
}

/** “Yesterday” with the day that it was: the tip may be read days later. */
function dateText(on: string, daysAgo: number): Text {
  const { month, day } = Temporal.PlainDate.from(on).subtract({ days: daysAgo })
  return { key: 'tips:date', params: { month: { key: `tips:month.${month}` }, day } }
}
