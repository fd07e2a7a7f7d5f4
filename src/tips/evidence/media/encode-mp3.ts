import { createMp3Encoder } from 'wasm-media-encoders'
import type { Sound } from './decode-sound.ts'
import type { Bytes } from './media-outcome.ts'

/** Kilobits a second: a voice in one channel needs no more. */
const bitrate = 64
/** The rates of MPEG-1: inside an MP4 some players know no other. */
const rates = [32_000, 44_100, 48_000] as const

/** MP3, because every phone plays it and Telegram takes it as music and as a voice message. */
export async function encodeMp3({ sampleRate, pieces }: Sound): Promise<Bytes> {
  const encoder = await createMp3Encoder()
  const outputSampleRate = rates.find((rate) => rate >= sampleRate) ?? 48_000
  encoder.configure({ sampleRate, channels: 1, bitrate, outputSampleRate })
  const parts: Uint8Array[] = []
  // What the encoder returns is overwritten by the next call.
  for await (const piece of pieces)
    if (piece.length > 0) parts.push(encoder.encode([piece]).slice())
  parts.push(encoder.finalize().slice())
  return new Uint8Array(Buffer.concat(parts))
}
