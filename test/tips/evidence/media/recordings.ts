import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  WavOutputFormat,
  WebMOutputFormat,
} from 'mediabunny'
import { encodeMp3 } from '../../../../src/tips/evidence/media/encode-mp3.ts'
import { plantInMp4 } from './boxes.ts'
import { planted, tags } from './planted.ts'

const rate = 48_000

/** A tone of so many hertz, as samples from -1 to 1. */
export function tone(seconds: number, hertz: number, sampleRate = rate): Float32Array<ArrayBuffer> {
  const wave = (at: number) => Math.sin((2 * Math.PI * hertz * at) / sampleRate)
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, at) => wave(at) * 0.4)
}

export async function* inPieces(samples: Float32Array<ArrayBuffer>, length = 960) {
  for (let at = 0; at < samples.length; at += length) yield samples.subarray(at, at + length)
}

type Track = {
  type: 'audio' | 'video'
  codec: string
  config: Record<string, unknown>
  frames: { data: Uint8Array; at: number; seconds: number }[]
}

const frames = (count: number, seconds: number, make: (n: number) => Uint8Array) =>
  Array.from({ length: count }, (_, n) => ({ data: make(n), at: n * seconds, seconds }))

const silentOpus = Buffer.from([0xf8, 0xff, 0xfe])
const opus = (seconds: number): Track => ({
  type: 'audio',
  codec: 'opus',
  config: { codec: 'opus', numberOfChannels: 1, sampleRate: rate },
  frames: frames(seconds * 50, 0.02, () => silentOpus),
})

/** Not to be decoded; before the sound of the first packet stands the name of the program, as Lavc writes it. */
const aac = (seconds: number): Track => ({
  type: 'audio',
  codec: 'aac',
  config: {
    codec: 'mp4a.40.2',
    numberOfChannels: 1,
    sampleRate: rate,
    description: Buffer.from([0x11, 0x88]),
  },
  frames: frames(Math.ceil((seconds * rate) / 1024), 1024 / rate, (n) =>
    n === 0 ? namedAac() : aacSound,
  ),
})
const aacSound = Buffer.from([0x01, 0x40, 0x22, 0x80, 0xa3, 0x5d, 0x1c])

/** A data element: kind 4, number 0, not aligned, a length, and the text; then what else the packet holds. */
function namedAac(): Buffer {
  const text = Buffer.from(planted.program)
  const bits = [
    '100',
    '0000',
    '1',
    text.length.toString(2).padStart(8, '0'),
    ...Array.from(text, (byte) => byte.toString(2).padStart(8, '0')),
    '0000000101000000',
  ].join('')
  return Buffer.from(
    bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? [],
  )
}

const unit = (head: number, body: string | Uint8Array) => {
  const bytes = Buffer.concat([Buffer.from([head]), Buffer.from(body)])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(bytes.length)
  return Buffer.concat([size, bytes])
}
const sps = Buffer.from('6742c01ed90280bfe5c044000003000400000300c83c58b920', 'hex')
const pps = Buffer.from('68cb83cb20', 'hex')
const avcDescription = Buffer.concat([
  Buffer.from([1, 0x42, 0xc0, 0x1e, 0xff, 0xe1, 0, sps.length]),
  sps,
  Buffer.from([1, 0, pps.length]),
  pps,
  Buffer.from(planted.program),
])
/** H.264 with the camera's settings in each frame, as SEI (6), as filler (12) and as a kind without a meaning (30). */
const avc = (seconds: number): Track => ({
  type: 'video',
  codec: 'avc',
  config: { codec: 'avc1.42c01e', codedWidth: 640, codedHeight: 360, description: avcDescription },
  frames: frames(seconds * 10, 0.1, (n) =>
    Buffer.concat([
      unit(6, planted.program),
      unit(12, planted.device),
      unit(n % 10 === 0 ? 0x65 : 0x41, Buffer.alloc(40, n + 1)),
      unit(30, planted.place),
    ]),
  ),
})
const vp8Head = Buffer.from([0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00])
const vp8 = (seconds: number): Track => ({
  type: 'video',
  codec: 'vp8',
  config: { codec: 'vp8', codedWidth: 320, codedHeight: 240 },
  frames: frames(seconds * 10, 0.1, (n) =>
    n === 0 ? Buffer.concat([vp8Head, Buffer.alloc(40, 3)]) : Buffer.from([0x11, 1, 0, 9, 9]),
  ),
})

const isSecond = (track: Track | undefined, at: number) => track?.codec === 'avc' && at % 10 === 0

async function write(
  format: OutputFormat,
  tracks: readonly Track[],
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget()
  const output = new Output({ format, target })
  // WAV knows no Chinese.
  const isLatin = format instanceof WavOutputFormat
  output.setMetadataTags(
    isLatin ? { ...tags, title: planted.program, artist: planted.device } : tags,
  )
  const named = { name: planted.device, languageCode: 'zho' }
  const sources = tracks.map(({ type, codec }) => {
    if (type === 'video') {
      const source = new EncodedVideoPacketSource(codec as 'avc')
      output.addVideoTrack(source, named)
      return source
    }
    const source = new EncodedAudioPacketSource(codec as 'aac')
    output.addAudioTrack(source, named)
    return source
  })
  await output.start()
  await Promise.all(
    tracks.map(async ({ frames, config }, n) => {
      const meta = { decoderConfig: config as never }
      for (const [at, frame] of frames.entries()) {
        const isKey = at === 0 || tracks[n]?.type === 'audio' || isSecond(tracks[n], at)
        const kind = isKey ? 'key' : 'delta'
        await sources[n]?.add(new EncodedPacket(frame.data, kind, frame.at, frame.seconds), meta)
      }
      sources[n]?.close()
    }),
  )
  await output.finalize()
  return new Uint8Array(target.buffer ?? new ArrayBuffer())
}

/** A video as a phone records it, with all that it says about itself. */
export const phoneVideo = async (seconds = 2) =>
  plantInMp4(await write(new Mp4OutputFormat({ fastStart: false }), [avc(seconds), aac(seconds)]))

/** One of the kind that is written piece by piece, so that it survives an empty battery. */
export const fragmentedVideo = (seconds: number) =>
  write(new Mp4OutputFormat({ fastStart: 'fragmented' }), [avc(seconds), aac(seconds)])

export const phoneMemo = async (seconds = 2) =>
  plantInMp4(await write(new Mp4OutputFormat({ fastStart: false }), [aac(seconds)]))

export const silentVideo = async (seconds = 2) =>
  plantInMp4(await write(new Mp4OutputFormat({ fastStart: false }), [avc(seconds)]))

export const webm = (seconds = 2) => write(new WebMOutputFormat(), [vp8(seconds), opus(seconds)])
export const mkv = (seconds = 2) => write(new MkvOutputFormat(), [avc(seconds), opus(seconds)])

export async function wav(seconds = 2, hertz = 220): Promise<Buffer> {
  const samples = Int16Array.from(tone(seconds, hertz), (value) => value * 32_767)
  const config = { codec: 'pcm-s16', numberOfChannels: 1, sampleRate: rate }
  const data = new Uint8Array(samples.buffer)
  const track = {
    type: 'audio' as const,
    codec: 'pcm-s16',
    config,
    frames: [{ data, at: 0, seconds }],
  }
  const file = Buffer.from(await write(new WavOutputFormat(), [track]))
  // What professional recorders add behind the sound: who, with what, when.
  const body = Buffer.alloc(602)
  body.write(`${planted.owner} ${planted.device}`)
  const head = Buffer.from('bext\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([file, head, body])
}

export async function mp3(seconds = 2, hertz = 220): Promise<Buffer> {
  const bare = await encodeMp3({ sampleRate: rate, pieces: inPieces(tone(seconds, hertz)) })
  const size = 192
  const config = { codec: 'mp3', numberOfChannels: 1, sampleRate: rate }
  const count = Math.floor(bare.length / size)
  const track = {
    type: 'audio' as const,
    codec: 'mp3',
    config,
    frames: frames(count, 1152 / rate, (n) => bare.subarray(n * size, (n + 1) * size)),
  }
  const file = await write(new Mp3OutputFormat(), [track])
  const last = Buffer.alloc(128)
  last.write('TAGCANARY-TITLE CANARY-OWNER')
  return Buffer.concat([file, Buffer.from(`APETAGEX${planted.owner}`), last])
}

/** Frames of AMR as old phones record them, 20 milliseconds each, and something behind them. */
export const amr = (seconds = 2) =>
  Buffer.concat([
    Buffer.from('#!AMR\n'),
    ...Array.from({ length: seconds * 50 }, () =>
      Buffer.concat([Buffer.from([0x3c]), Buffer.alloc(31, 0x11)]),
    ),
    Buffer.from(`\xff${planted.owner}`),
  ])
