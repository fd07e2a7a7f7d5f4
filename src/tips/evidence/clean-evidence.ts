import { cleanApart } from './cleaning/clean-apart.ts'
import { detectFile, isPolyglot } from './cleaning/detect-file.ts'
import { type Clean, type CleanOutcome, heldBack, refused } from './evidence.ts'
import { cleanMedia } from './media/clean-media.ts'
import type { MediaRefusal } from './media/media-outcome.ts'

/** Makes the clean copy of whatever came. Everything that takes a file apart runs outside of this process. */
export const cleanEvidence: Clean = async (original, { disguise }) => {
  const type = detectFile(original)
  if (type.family !== 'media') return cleanApart(original)
  if (isPolyglot(original, type)) return refused('disguised')
  const cleaned = await cleanMedia(original, { disguiseVoice: disguise })
  if (!cleaned.ok) return explain(cleaned.reason, type.claim)
  const { as: kind, extension, bytes } = cleaned
  return { ok: true, kind, extension, bytes }
}

function explain(reason: MediaRefusal, claim: 'audio' | 'video'): CleanOutcome {
  switch (reason) {
    case 'unreadable':
      return refused('unreadable')
    case 'unsupported':
      return heldBack('unknown-format', claim)
    case 'too-heavy':
      return heldBack('too-complex', claim)
    case 'cannot-disguise':
      return heldBack('cannot-disguise', claim)
  }
}
