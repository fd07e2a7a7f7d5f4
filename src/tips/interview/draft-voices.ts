import type { Text } from './answer-text.ts'
import type { Draft, FileKind } from './draft.ts'
import {
  nameOfOther,
  nameOfWish,
  originOf,
  type VoiceOrigin,
  voiceButton,
  voiceOrigins,
} from './voice-wish.ts'

const sounding: readonly FileKind[] = ['voice', 'audio', 'video']

export const hasSound = (what: FileKind): boolean => sounding.includes(what)

/** The numbers of the files whose voices are of this origin. A file that has no sound is among the recorded. */
export function filesOf({ files, passedOn = [] }: Draft, origin: VoiceOrigin): number[] {
  return files.flatMap((what, index) => {
    const isForwarded = passedOn.includes(index + 1)
    return originOf({ what, isForwarded }) === origin ? [index + 1] : []
  })
}

/** The button for what is not so now. */
export function otherButton(draft: Draft, origin: VoiceOrigin): { label: Text; data: string } {
  const name = nameOfOther(draft.voice, origin)
  const label = { key: `interview:voice-wish.button.${name}` }
  return { label, data: `d:${voiceButton}:${name}` }
}

/** What becomes of the voices that are there, for the review, and the buttons that change it. */
export function reviewVoices(draft: Draft) {
  const origins = voiceOrigins.filter((origin) => isToldOf(draft, origin))
  const names = origins.map((origin) => nameOfWish(draft.voice, origin))
  const lines = names.map((name): Text => ({ key: `interview:voice-wish.now.${name}` }))
  return { lines, keyboard: origins.map((origin) => [otherButton(draft, origin)]) }
}

/** Also of what was wished for a file that does not tell by its kind that it has sound. */
function isToldOf(draft: Draft, origin: VoiceOrigin): boolean {
  if (draft.files.length > 0 && draft.voice?.[origin] !== undefined) return true
  return filesOf(draft, origin).some((n) => hasSound(draft.files[n - 1] ?? 'photo'))
}
