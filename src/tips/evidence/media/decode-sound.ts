import { AudioSampleSink } from 'mediabunny'
import { MPEGDecoder } from 'mpg123-decoder'
import { OpusDecoder } from 'opus-decoder'
import { isPlain, type SoundTrack } from './media-tracks.ts'

/** Sound as samples from -1 to 1 in one channel. */
export type Sound = { sampleRate: number; pieces: AsyncIterable<Float32Array<ArrayBuffer>> }

/** Hertz. A voice has little above half of it, and the disguise takes half the time. */
const opusRate = 24_000

/** Opens the sound of a track; null when nothing here can decode it, as AAC, whose decoders have a licence that is not ours. */
export function decodeSound(track: SoundTrack): Sound | null {
  if (track.codec === 'opus') return openOpus(track)
  if (track.codec === 'mp3')
    return { sampleRate: track.config.sampleRate, pieces: decodeMp3(track) }
  if (!isPlain(track.codec)) return null
  return { sampleRate: track.config.sampleRate, pieces: decodePlain(track) }
}

/** Phones and Telegram use one or two channels; with more, a table says how they lie in the stream. */
function openOpus(track: SoundTrack): Sound | null {
  const channels = track.config.numberOfChannels
  return channels > 2 ? null : { sampleRate: opusRate, pieces: decodeOpus(track, channels) }
}

async function* decodeOpus(track: SoundTrack, channels: number) {
  const decoder = new OpusDecoder({
    channels,
    streamCount: 1,
    coupledStreamCount: channels - 1,
    channelMappingTable: channels === 1 ? [0] : [0, 1],
    sampleRate: opusRate,
  })
  await decoder.ready
  try {
    for await (const { data } of track.packets()) yield mix(decoder.decodeFrame(data).channelData)
  } finally {
    decoder.free()
  }
}

async function* decodeMp3(track: SoundTrack) {
  const decoder = new MPEGDecoder({ enableGapless: false })
  await decoder.ready
  try {
    for await (const { data } of track.packets()) yield mix(decoder.decodeFrame(data).channelData)
  } finally {
    decoder.free()
  }
}

async function* decodePlain(track: SoundTrack) {
  for await (const sample of new AudioSampleSink(track.input).samples()) {
    const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(sample.numberOfFrames)
      sample.copyTo(plane, { planeIndex, format: 'f32-planar' })
      return plane
    })
    sample.close()
    yield mix(channels)
  }
}

function mix(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const mono = new Float32Array(channels[0]?.length ?? 0)
  for (const channel of channels)
    for (let at = 0; at < mono.length; at++)
      mono[at] = (mono[at] ?? 0) + (channel[at] ?? 0) / channels.length
  return mono
}
