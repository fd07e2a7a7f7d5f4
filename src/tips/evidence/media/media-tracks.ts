import {
  type AudioCodec,
  type EncodedPacket,
  EncodedPacketSink,
  type Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  type TransformationMatrix,
  type VideoCodec,
} from 'mediabunny'
import type { MediaRefusal } from './media-outcome.ts'
import { stripSoundDescription } from './strip-description.ts'
import { stripEncoderName } from './strip-encoder-name.ts'
import { openNalFilter } from './strip-nal-units.ts'

/** A phone makes two or three. */
const maxTracks = 8

type Common = {
  /** Counts all tracks of the file, from 1. */
  number: number
  /** In the order of decoding, without what does not belong to sound or picture. */
  packets: () => AsyncGenerator<EncodedPacket>
  /** Seconds to be added to the time of every packet. */
  offset: number
}
export type SoundTrack = Common & {
  type: 'audio'
  codec: AudioCodec
  config: AudioDecoderConfig
  input: InputAudioTrack
}
export type PictureTrack = Common & {
  type: 'video'
  codec: VideoCodec
  config: VideoDecoderConfig
  matrix: TransformationMatrix
}
export type ChosenTrack = SoundTrack | PictureTrack

/** The kinds of which we know every place where something may hide. */
const videoCodecs: readonly (string | null)[] = ['avc', 'hevc', 'vp8', 'vp9']
const audioCodecs: readonly (string | null)[] = ['opus', 'vorbis', 'mp3', 'aac', 'flac']

/**
 * The tracks that are taken along. Those of other kinds (places, times, subtitles, thumbnails) are left behind. When
 * all of the sound or all of the picture would be left behind, the file is refused, lest half of it is lost unseen.
 */
export async function chooseTracks(
  input: Input,
): Promise<{ ok: true; tracks: ChosenTrack[] } | { ok: false; reason: MediaRefusal }> {
  const all = await input.getTracks()
  const found = all.filter((track) => track.isVideoTrack() || track.isAudioTrack())
  if (found.length === 0 || found.length > maxTracks) return { ok: false, reason: 'unreadable' }
  const tracks: ChosenTrack[] = []
  for (const [at, track] of found.entries()) {
    const chosen = track.isVideoTrack()
      ? await choosePicture(track, at + 1)
      : track.isAudioTrack() && (await chooseSound(track, at + 1))
    if (chosen) tracks.push(chosen)
  }
  const types = new Set(tracks.map(({ type }) => type))
  const isWhole = found.every(({ type }) => type !== 'subtitle' && types.has(type))
  return isWhole ? { ok: true, tracks } : { ok: false, reason: 'unsupported' }
}

async function choosePicture(input: InputVideoTrack, number: number): Promise<PictureTrack | null> {
  const codec = await input.getCodec()
  if (codec === null || !videoCodecs.includes(codec)) return null
  const found = await input.getDecoderConfig()
  if (!found) return null
  const matrix = await input.getTransformationMatrix()
  const common = { type: 'video' as const, number, codec, matrix, offset: 0 }
  if (codec !== 'avc' && codec !== 'hevc') {
    const config = { ...found, description: undefined }
    return { ...common, config, packets: () => readPackets(input, (data) => data) }
  }
  const description = found.description && toBytes(found.description)
  const filter = description && openNalFilter(codec, description)
  if (!filter) return null
  const config = { ...found, description: filter.description }
  return { ...common, config, packets: () => readPackets(input, filter.strip) }
}

async function chooseSound(input: InputAudioTrack, number: number): Promise<SoundTrack | null> {
  const codec = await input.getCodec()
  if (codec === null || !(audioCodecs.includes(codec) || isPlain(codec))) return null
  const found = await input.getDecoderConfig()
  if (!found) return null
  const description = stripSoundDescription(codec, found.description && toBytes(found.description))
  if (description === null) return null
  const config = { ...found, description }
  return {
    type: 'audio',
    number,
    codec,
    config,
    input,
    offset: 0,
    packets: () => readPackets(input, (data) => stripEncoderName(codec, data)),
  }
}

/** Samples as numbers, as in WAV. */
export function isPlain(codec: AudioCodec): boolean {
  return codec.startsWith('pcm-') || codec === 'ulaw' || codec === 'alaw'
}

/** A recording that breaks off is still evidence: its end is where it cannot be read any more. */
async function* readPackets(
  track: InputTrack,
  strip: (data: Uint8Array) => Uint8Array,
): AsyncGenerator<EncodedPacket> {
  let count = 0
  try {
    for await (const packet of new EncodedPacketSink(track).packets()) {
      const data = strip(packet.data)
      if (data.length === 0) continue
      count++
      // Side data is what goes along with a packet of Matroska; nothing that phones record needs it.
      yield packet.clone({ data, sideData: {} })
    }
  } catch (error) {
    if (count === 0) throw error
  }
}

function toBytes(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)
}
