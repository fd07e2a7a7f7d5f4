import { type CleanOutcome, heldBack, refused } from '../evidence.ts'
import { cleanImage } from './clean-image.ts'
import { cleanOffice } from './clean-office.ts'
import { cleanPdf } from './clean-pdf.ts'
import { cleanText } from './clean-text.ts'
import { detectFile, isPolyglot } from './detect-file.ts'

/**
 * Cleans what is no sound and no video, by what its bytes say. To be run in a process of its own: what it takes apart
 * was made by strangers.
 */
export async function cleanFile(original: Uint8Array): Promise<CleanOutcome> {
  const type = detectFile(original)
  if (isPolyglot(original, type)) return refused('disguised')
  switch (type.family) {
    case 'image':
      return cleanImage(original)
    case 'pdf':
      return cleanPdf(original)
    case 'zip':
      return cleanOffice(original)
    case 'text':
      return cleanText(original)
    case 'heic':
      return heldBack('heic', 'photo')
    case 'ole':
      return heldBack('old-office')
    case 'archive':
      return heldBack('archive')
    case 'program':
      return refused('disguised')
    case 'media':
      return heldBack('cannot-clean', type.claim)
    case 'unknown':
      return original.length === 0 ? refused('unreadable') : heldBack('unknown-format')
  }
}
