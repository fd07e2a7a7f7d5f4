import { ALL_FORMATS, AudioSampleSink, BufferSource, EncodedPacketSink, Input } from 'mediabunny'
import { MPEGDecoder } from 'mpg123-decoder'

const open = (bytes: Uint8Array) =>
  new Input({ formats: ALL_FORMATS, source: new BufferSource(new Uint8Array(bytes)) })

/** What a player sees: how long it is, to a tenth of a second, and how many packets of which kind there are. */
export async function readRecording(bytes: Uint8Array) {
  const input = open(bytes)
  const tracks = await input.getTracks()
  const described = await Promise.all(
    tracks.map(async (track) => {
      const packets = await Array.fromAsync(new EncodedPacketSink(track).packets())
      return { codec: await track.getCodec(), packets: packets.length }
    }),
  )
  const seconds = Math.round((await input.computeDuration()) * 10) / 10
  return { seconds, tracks: described, tags: await input.getMetadataTags() }
}

/** The bytes of sound and picture, track by track. */
export async function readPackets(bytes: Uint8Array): Promise<string[]> {
  const tracks = await open(bytes).getTracks()
  const packets = tracks.map((track) => Array.fromAsync(new EncodedPacketSink(track).packets()))
  const all = await Promise.all(packets)
  return all.map((track) => track.map(({ data }) => Buffer.from(data).toString('hex')).join())
}

/** Hertz of the tone in an MP3 or WAV, for each second of it. */
export async function measurePitch(bytes: Uint8Array): Promise<number[]> {
  const { samples, rate } = await decode(bytes)
  const seconds = Math.floor(samples.length / rate)
  return Array.from({ length: seconds }, (_, n) =>
    countRises(samples.subarray(n * rate, (n + 1) * rate)),
  )
}

function countRises(samples: Float32Array): number {
  let count = 0
  for (let at = 1; at < samples.length; at++)
    if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) count++
  return count
}

async function decode(bytes: Uint8Array): Promise<{ samples: Float32Array; rate: number }> {
  const track = await open(bytes).getPrimaryAudioTrack()
  if (!track) throw new Error('no sound')
  if ((await track.getCodec()) === 'mp3') {
    const decoder = new MPEGDecoder()
    await decoder.ready
    const packets = await Array.fromAsync(new EncodedPacketSink(track).packets())
    const { channelData, sampleRate } = decoder.decodeFrames(packets.map(({ data }) => data))
    return { samples: channelData[0] ?? new Float32Array(), rate: sampleRate }
  }
  const pieces = await Array.fromAsync(new AudioSampleSink(track).samples(), (sample) => {
    const plane = new Float32Array(sample.numberOfFrames)
    sample.copyTo(plane, { planeIndex: 0, format: 'f32-planar' })
    return plane
  })
  return {
    samples: Float32Array.from(pieces.flatMap((piece) => [...piece])),
    rate: await track.getSampleRate(),
  }
}
