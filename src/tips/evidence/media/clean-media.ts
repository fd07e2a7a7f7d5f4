import { decodeWithFfmpeg } from './decode-with-ffmpeg.ts'
import type { Bytes, DecodedSound, MediaOutcome } from './media-outcome.ts'
import { runMediaProcess } from './run-media-process.ts'

const cleanMs = 30_000
/** A disguise takes about a second for a minute of sound, and several times that on a small machine. */
const disguiseMs = 150_000

/**
 * The recording and nothing else: sound and picture as they were, packed anew without names, places, times, devices,
 * pictures of covers, or tracks that are neither. With `disguiseVoice` every voice in it is another, or the file is
 * refused. Done or given up within two and a half minutes. Throws only when the machine, and not the file, is at fault.
 * `searchPath` is where ffmpeg is looked for, which decodes what our libraries do not.
 */
export async function cleanMedia(
  bytes: Uint8Array,
  options: { disguiseVoice: boolean; searchPath?: string },
): Promise<MediaOutcome> {
  const { disguiseVoice } = options
  const signal = AbortSignal.timeout(disguiseVoice ? disguiseMs : cleanMs)
  const request = { bytes: bytes as Bytes, disguiseVoice, decoded: [] }
  const first = await runMediaProcess(request, signal)
  if (!first) return { ok: false, reason: 'too-heavy' }
  if (first.ok || first.reason !== 'needs-decoder') return first as MediaOutcome
  const decoded: DecodedSound[] = []
  for (const sound of first.sounds) {
    const wav = await decodeWithFfmpeg(sound, signal, options.searchPath)
    if (!wav) return { ok: false, reason: 'cannot-disguise' }
    decoded.push({ trackNumber: sound.trackNumber, wav })
  }
  const second = await runMediaProcess({ ...request, decoded }, signal)
  if (!second) return { ok: false, reason: 'too-heavy' }
  if (!second.ok && second.reason === 'needs-decoder')
    return { ok: false, reason: 'cannot-disguise' }
  return second
}
