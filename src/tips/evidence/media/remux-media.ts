import * as formats from 'mediabunny'
import { BufferSource, type InputFormat } from 'mediabunny'
import { disguiseTrack, disguiseWav } from './disguise-track.ts'
import { losesMuch } from './measure-loss.ts'
import { chooseContainer } from './media-container.ts'
import type { RemuxOutcome, RemuxRequest, UndecodedSound } from './media-outcome.ts'
import { type ChosenTrack, chooseTracks } from './media-tracks.ts'
import { isAmr, stripAmr } from './strip-amr.ts'
import { writeMedia } from './write-media.ts'

/** HLS, the other format that mediabunny reads, fetches further files. */
const readable: InputFormat[] = [
  ...[formats.MP4, formats.QTFF, formats.WEBM, formats.MATROSKA],
  ...[formats.OGG, formats.MP3, formats.WAVE, formats.FLAC, formats.ADTS],
]

/**
 * The sound and the pictures, packed anew without anything that was said about them. Runs in a process of its own,
 * because a hostile file may make it run for ever or ask for more memory than there is.
 */
export async function remuxMedia(request: RemuxRequest): Promise<RemuxOutcome> {
  const source = new BufferSource(request.bytes)
  const input = new formats.Input({ formats: readable, source })
  try {
    if (isAmr(request.bytes)) return await remuxAmr(request)
    if (!(await input.canRead())) return { ok: false, reason: 'unreadable' }
    const isMatroska = (await input.getFormat()) instanceof formats.MatroskaInputFormat
    const chosen = await chooseTracks(input)
    if (!chosen.ok) return chosen
    if (await losesMuch(input, request.bytes)) return { ok: false, reason: 'unsupported' }
    const disguised = request.disguiseVoice
      ? await disguiseAll(chosen.tracks, request).catch(() => cannotDisguise)
      : { ok: true as const, tracks: chosen.tracks }
    if (!disguised.ok) return disguised
    const container = chooseContainer(disguised.tracks, isMatroska)
    if (!container) return { ok: false, reason: 'unsupported' }
    const bytes = await writeMedia(disguised.tracks, container.format)
    if (!bytes) return { ok: false, reason: 'unreadable' }
    // Telegram takes an MP3 as a voice message too, and what came as one should look like one.
    const as = isVoice(chosen.tracks) ? 'voice' : container.as
    return { ok: true, bytes, extension: container.extension, as }
  } catch {
    // Whatever the reader stumbles over: to the reporter it is a recording that cannot be opened.
    return { ok: false, reason: 'unreadable' }
  } finally {
    input.dispose()
  }
}

/** Telegram records voice messages as one track of Opus. */
function isVoice(tracks: readonly ChosenTrack[]): boolean {
  return tracks.length === 1 && tracks[0]?.codec === 'opus'
}

async function remuxAmr({ bytes, disguiseVoice, decoded }: RemuxRequest): Promise<RemuxOutcome> {
  const clean = stripAmr(bytes)
  if (!clean) return { ok: false, reason: 'unreadable' }
  if (!disguiseVoice) return { ok: true, bytes: clean, extension: 'amr', as: 'audio' }
  const wav = decoded[0]?.wav
  if (!wav) {
    const sounds: UndecodedSound[] = [{ trackNumber: 1, format: 'amr', bytes: clean }]
    return { ok: false, reason: 'needs-decoder', sounds }
  }
  const disguised = await disguiseWav(wav).catch(() => null)
  const mp3 = disguised && (await writeMedia([disguised], new formats.Mp3OutputFormat()))
  if (!mp3) return cannotDisguise
  return { ok: true, bytes: mp3, extension: 'mp3', as: 'audio' }
}

type Refused = Exclude<RemuxOutcome, { ok: true }>
/** Also when something breaks on the way: the file itself could be read, and is to be kept. */
const cannotDisguise: Refused = { ok: false, reason: 'cannot-disguise' }

/** Every track of sound or none: one voice that is left as it is gives its owner away. */
async function disguiseAll(
  tracks: readonly ChosenTrack[],
  { decoded }: RemuxRequest,
): Promise<{ ok: true; tracks: ChosenTrack[] } | Refused> {
  const disguised: ChosenTrack[] = []
  const sounds: UndecodedSound[] = []
  for (const track of tracks) {
    const wav = decoded.find(({ trackNumber }) => trackNumber === track.number)?.wav
    const result = track.type === 'video' ? track : await disguiseTrack(track, wav)
    if (result !== null) {
      disguised.push(result)
      continue
    }
    const format = new formats.Mp4OutputFormat({ fastStart: 'in-memory' })
    const bytes = await writeMedia([track], format)
    if (!bytes || wav) return cannotDisguise
    sounds.push({ trackNumber: track.number, format: 'mp4', bytes })
  }
  return sounds.length > 0
    ? { ok: false, reason: 'needs-decoder', sounds }
    : { ok: true, tracks: disguised }
}
