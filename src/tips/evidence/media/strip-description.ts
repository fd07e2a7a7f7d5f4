import type { Bytes } from './media-outcome.ts'

/** More than any decoder of AAC needs to be told. */
const aacMaxBytes = 64
const flacHeadBytes = 4 + 4 + 34

/**
 * What a decoder must know before the first packet, without what the format lets ride along. Null when it is not
 * what it should be; `undefined` when there is none and none is needed.
 */
export function stripSoundDescription(
  codec: string,
  description: Uint8Array | undefined,
): Bytes | null | undefined {
  switch (codec) {
    case 'opus':
      return description && stripOpus(description)
    case 'vorbis':
      return description ? stripVorbis(description) : null
    case 'flac':
      return description ? stripFlac(description) : null
    case 'aac':
      return description && (description.length <= aacMaxBytes ? description.slice() : null)
    default:
      return undefined
  }
}

/** RFC 7845 §5.1: nineteen bytes, and the table of channels if there is one. */
function stripOpus(head: Uint8Array): Bytes | null {
  if (head.length < 19) return null
  const hasTable = head[18] !== 0
  const length = hasTable ? 21 + (head[9] ?? 0) : 19
  return head.length < length ? null : head.slice(0, length)
}

/** Three headers laced as in Matroska: 2, two lengths, then identification, comments (made empty), set-up. */
function stripVorbis(headers: Uint8Array): Bytes | null {
  if (headers[0] !== 2) return null
  let at = 1
  const readLength = () => {
    let length = 0
    for (;;) {
      const value = headers[at++]
      if (value === undefined) return Number.NaN
      length += value
      if (value < 255) return length
    }
  }
  const identification = readLength()
  const comments = readLength()
  const setup = at + identification + comments
  // The identification header always has thirty bytes.
  if (identification !== 30 || !(setup < headers.length)) return null
  const noComments = Buffer.from('\x03vorbis\0\0\0\0\0\0\0\0\x01', 'latin1')
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.of(2, 30, noComments.length),
      headers.subarray(at, at + 30),
      noComments,
      headers.subarray(setup),
    ]),
  )
}

/** Of the blocks before the sound only the first, which tells rate and size; pictures and comments follow it. */
function stripFlac(head: Uint8Array): Bytes | null {
  const isFlac = Buffer.from(head.subarray(0, 4)).toString('latin1') === 'fLaC'
  if (!isFlac || head.length < flacHeadBytes || ((head[4] ?? 1) & 127) !== 0) return null
  const clean = head.slice(0, flacHeadBytes)
  clean[4] = 0x80
  return clean
}
