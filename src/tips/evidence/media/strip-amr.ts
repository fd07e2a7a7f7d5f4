import type { Bytes } from './media-outcome.ts'

/** Bytes of a frame with its head, by frame type; types that are not listed must not occur. RFC 4867 §5.3. */
const narrow = [13, 14, 16, 18, 20, 21, 27, 32, 6]
const wide = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6]
/** No speech was sent, or a frame was lost: a head and nothing else. */
const emptyTypes = new Set([14, 15])
const kinds = [
  { magic: '#!AMR\n', sizes: narrow },
  { magic: '#!AMR-WB\n', sizes: wide },
]

export function isAmr(bytes: Uint8Array): boolean {
  return kinds.some(({ magic }) => startsWith(bytes, magic))
}

/** Whole frames and nothing else: the format has no place for tags, so whatever follows the frames is foreign. */
export function stripAmr(bytes: Uint8Array): Bytes | null {
  const kind = kinds.find(({ magic }) => startsWith(bytes, magic))
  if (!kind) return null
  const start = kind.magic.length
  let end = start
  while (end < bytes.length) {
    const head = bytes[end] ?? 0
    const type = (head >> 3) & 15
    const size = emptyTypes.has(type) ? 1 : kind.sizes[type]
    // The first bit says that another head follows, which a file never has; the last two are padding.
    if (size === undefined || head & 0x83 || end + size > bytes.length) break
    end += size
  }
  return end === start ? null : bytes.slice(0, end)
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return Buffer.from(bytes.subarray(0, magic.length)).toString('latin1') === magic
}
