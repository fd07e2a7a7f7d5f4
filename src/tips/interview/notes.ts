import { countCharacters, cutText } from '../../lib/plain-text.ts'
import type { Text } from './answer-text.ts'
import { type Draft, textOf, voicesOf } from './draft.ts'
import { detailsMaxLength } from './interview.ts'

/** How much is shown of what found no room, so that the villager knows from where to send it again. */
const quoteLength = 20

/** Puts words behind the story. Takes in what fits and says where it stopped. */
export function addToDetails(
  draft: Draft,
  text: string,
  today: string,
): { draft: Draft; remarks: Text[] } {
  if (text === '') return { draft, remarks: [] }
  const before = textOf(draft.answers.details)
  const prefix = before === '' ? '' : `${before}\n`
  const room = Math.max(0, detailsMaxLength - countCharacters(prefix))
  const { head, rest } = cutText(text, room)
  const noted = head === '' ? draft : withDetails(draft, `${prefix}${head}`.trimEnd(), today)
  if (rest === '') return { draft: noted, remarks: [] }
  const quote = cutText(rest.trimStart(), quoteLength).head
  const full = { key: 'tips:remark.details-full', params: { max: detailsMaxLength, quote } }
  return { draft: noted, remarks: [full] }
}

/** Puts a voice note, by its number among the files, behind the story. */
export function addVoiceToDetails(draft: Draft, voice: number, today: string): Draft {
  const { details } = draft.answers
  const voices = [...voicesOf(details), voice]
  const answers = { ...draft.answers, details: { text: textOf(details), on: today, voices } }
  return { ...draft, answers }
}

function withDetails(draft: Draft, text: string, today: string): Draft {
  const voices = voicesOf(draft.answers.details)
  const details = { text, on: today, ...(voices.length > 0 ? { voices } : {}) }
  return { ...draft, answers: { ...draft.answers, details } }
}
