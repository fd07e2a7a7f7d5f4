import type { Interview } from './interview.ts'
import type { VoiceWish } from './voice-wish.ts'

/**
 * `on` is the day of the answer: “yesterday” means another day in a draft that is continued a week later. `voices` are
 * the numbers of voice notes that say it, beside the words or instead of them.
 */
export type Answer =
  | { choice: string; on: string }
  | { text: string; on: string; voices?: number[] | undefined }
  | { placeId: number; path: string }

export type Answers = { [step: string]: Answer | undefined }

/** What a tip that is being written consists of. Plain data, sealed as a whole when it is stored. */
export type Draft = {
  /** The version of the questions that it was begun with, and is finished with. */
  interview: string
  step: string
  /** The questions that led here, for “back”. */
  trail: string[]
  /** A question about the draft itself that stands in front of the step's. */
  asking: Asking | null
  /** The villager turned to something else; typed words are not meant for the draft until it is taken up again. */
  isAside: boolean
  /** One answer is being changed from the review: after it, and after those in `queue`, back to the review. */
  isRevising: boolean
  queue: string[]
  /** How far down the tree of places the villager has gone, and the page of the list there. */
  browse: { path: number[]; page: number }
  answers: Answers
  /** What was taken in, whether it could be opened or not, in its order: the first has the number 1. */
  files: FileKind[]
  /** The album whose first file was answered: the others bring nothing. */
  album?: string | undefined
  /** The numbers of the voice notes that were forwarded: not the reporter's own voice. */
  passedOn?: number[] | undefined
  /** Whether voices are changed before the group hears them. */
  voice?: VoiceWish | undefined
  /** That a picture can be sent as a file, and what becomes of a voice, is said once. */
  isPhotoAdvised?: boolean | undefined
  isVoiceAdvised?: boolean | undefined
  isRecordingAdvised?: boolean | undefined
  /** The last button and when: pressed again at once, it is the same press. */
  pressed?: { button: string; at: number } | undefined
}

/** Names that no question may have: a button tells by them what it belongs to. */
export const askings = ['resume', 'cancel', 'clear'] as const
export type Asking = (typeof askings)[number]

/**
 * `above`: what it belongs to, from the county down, as the villager would have opened it. `label` tells it from its
 * namesakes on a button.
 */
export type Place = {
  id: number
  above: number[]
  name: string
  label: string
  path: string
  isLeaf: boolean
}

export const refusedKinds = [
  'sticker',
  'contact',
  'location',
  'too-big',
  'edited',
  'other',
] as const
export type RefusedKind = (typeof refusedKinds)[number]

/** How Telegram carries a file. A picture may come as `photo`, made small by Telegram, or as `document`, as it was. */
export const fileKinds = ['photo', 'document', 'voice', 'audio', 'video'] as const
export type FileKind = (typeof fileKinds)[number]

export type DraftEvent =
  /** The villager asked for the interview and there is a draft. */
  | { kind: 'open' }
  /** The villager turned to something else, such as choosing the village to subscribe to. */
  | { kind: 'leave' }
  /** The villager wants to stop, without any button. */
  | { kind: 'stop' }
  /** A button, with the step it belongs to. `place` is what its value names, if it names a place. */
  | {
      kind: 'press'
      step: string
      value: string
      place?: Place | undefined
      at?: number | undefined
    }
  /** `places` is what the text may mean, when a place is asked for. */
  | { kind: 'text'; text: string; isForwarded?: boolean; places?: PlaceMatch[] | undefined }
  | {
      kind: 'file'
      what: FileKind
      caption?: string | undefined
      album?: string | undefined
      isForwarded?: boolean | undefined
    }
  | { kind: 'refused'; what: RefusedKind }

export type PlaceMatch = { place: Place; isExact: boolean }

export function createDraft(interview: Interview): Draft {
  const [first] = interview.steps
  if (!first) throw new Error('An interview has at least one step')
  return {
    interview: interview.id,
    step: first.name,
    trail: [],
    asking: null,
    isAside: false,
    isRevising: false,
    queue: [],
    browse: { path: [], page: 0 },
    answers: {},
    files: [],
  }
}

export function isEmptyDraft({ answers, files }: Draft): boolean {
  return Object.keys(answers).length === 0 && files.length === 0
}

/** The text of an answer given in own words; empty when there is none. */
export function textOf(answer: Answer | undefined): string {
  return answer && 'text' in answer ? answer.text : ''
}

/** The numbers of the voice notes that belong to an answer. */
export function voicesOf(answer: Answer | undefined): number[] {
  return answer && 'text' in answer ? (answer.voices ?? []) : []
}
