import { randomInt } from 'node:crypto'
import { BufferSource, Input, MP3, WAVE } from 'mediabunny'
import { decodeSound } from './decode-sound.ts'
import { disguiseVoice } from './disguise-voice.ts'
import { encodeMp3 } from './encode-mp3.ts'
import type { Bytes } from './media-outcome.ts'
import { chooseTracks, type SoundTrack } from './media-tracks.ts'

/**
 * The same sound in another voice, as MP3. `wav` is what something else made of a track that cannot be decoded here.
 * Null when it cannot be decoded and there is no such.
 */
export async function disguiseTrack(
  track: SoundTrack,
  wav: Bytes | undefined,
): Promise<SoundTrack | null> {
  const disguised = wav ? await disguiseWav(wav) : await disguise(track)
  const offset = await track.input.getFirstTimestamp()
  return disguised && { ...disguised, number: track.number, offset }
}

export async function disguiseWav(wav: Bytes): Promise<SoundTrack | null> {
  const track = await openOnlySound(wav)
  return track && disguise(track)
}

async function disguise(track: SoundTrack): Promise<SoundTrack | null> {
  const sound = decodeSound(track)
  return sound && openOnlySound(await encodeMp3(disguiseVoice(sound, random)))
}

/** From 0 to 1. Math.random can be worked out from a few of its values, and with it the way back. */
function random(): number {
  return randomInt(2 ** 32) / 2 ** 32
}

async function openOnlySound(bytes: Bytes): Promise<SoundTrack | null> {
  const input = new Input({ formats: [WAVE, MP3], source: new BufferSource(bytes) })
  const chosen = await chooseTracks(input)
  const only = chosen.ok ? chosen.tracks[0] : undefined
  return only?.type === 'audio' ? only : null
}
