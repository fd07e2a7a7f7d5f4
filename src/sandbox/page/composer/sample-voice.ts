import type { Attachment } from './attachment.ts'

const RATE_HZ = 8_000
const SECONDS = 2
const HEADER_BYTES = 44

/** Two seconds of a soft tone as a WAV file: a voice message that needs no microphone. */
export function createSampleVoice(): Attachment {
  const samples = RATE_HZ * SECONDS
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples * 2))
  writeHeader(view, samples * 2)
  for (let index = 0; index < samples; index += 1) {
    const seconds = index / RATE_HZ
    const loudness = Math.sin((Math.PI * seconds) / SECONDS) * 0.3
    const wave = Math.sin(2 * Math.PI * (220 + 40 * Math.sin(seconds * 6)) * seconds)
    view.setInt16(HEADER_BYTES + index * 2, wave * loudness * 32_767, true)
  }
  const file = new File([view.buffer], 'voice.wav', { type: 'audio/wav' })
  return { file, duration: SECONDS }
}

function writeHeader(view: DataView, dataBytes: number): void {
  const write = (at: number, text: string) => {
    for (let index = 0; index < text.length; index += 1) {
      view.setUint8(at + index, text.charCodeAt(index))
    }
  }
  write(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, RATE_HZ, true)
  view.setUint32(28, RATE_HZ * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  write(36, 'data')
  view.setUint32(40, dataBytes, true)
}
