/**
 * What a file is. Only what starts, at its first byte, as one of these is looked at any further: a file that is two
 * things at once, or hides what it is, is of no kind.
 */
export type FileType =
  | { family: 'image' }
  | { family: 'heic' }
  | { family: 'pdf' }
  | { family: 'zip' }
  | { family: 'ole' }
  | { family: 'archive' }
  | { family: 'media'; claim: 'audio' | 'video' }
  | { family: 'text' }
  /** Runs, or may run, on the machine that opens it. */
  | { family: 'program' }
  | { family: 'unknown' }

type Magic = { at?: number; bytes: readonly number[] | string; type: FileType }

const image: FileType = { family: 'image' }
const archive: FileType = { family: 'archive' }
const program: FileType = { family: 'program' }
const audio: FileType = { family: 'media', claim: 'audio' }
const video: FileType = { family: 'media', claim: 'video' }

/** Asked from the top: what begins alike stands with the longer beginning first. */
const magics: readonly Magic[] = [
  { bytes: [0xff, 0xd8, 0xff], type: image },
  { bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], type: image },
  { bytes: 'GIF87a', type: image },
  { bytes: 'GIF89a', type: image },
  { bytes: [0x49, 0x49, 0x2a, 0x00], type: image },
  { bytes: [0x4d, 0x4d, 0x00, 0x2a], type: image },
  { bytes: '%PDF-', type: { family: 'pdf' } },
  { bytes: [0x50, 0x4b, 0x03, 0x04], type: { family: 'zip' } },
  { bytes: [0x50, 0x4b, 0x05, 0x06], type: archive },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], type: { family: 'ole' } },
  { bytes: 'Rar!', type: archive },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], type: archive },
  { bytes: [0x1f, 0x8b], type: archive },
  { bytes: 'BZh', type: archive },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], type: archive },
  { bytes: 'OggS', type: audio },
  { bytes: 'fLaC', type: audio },
  { bytes: 'ID3', type: audio },
  { bytes: '#!AMR', type: audio },
  { bytes: [0x1a, 0x45, 0xdf, 0xa3], type: video },
  { bytes: 'MZ', type: program },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], type: program },
  { bytes: [0xca, 0xfe, 0xba, 0xbe], type: program },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], type: program },
  { bytes: [0xfe, 0xed, 0xfa, 0xce], type: program },
  { bytes: [0x00, 0x61, 0x73, 0x6d], type: program },
  { bytes: 'dex\n', type: program },
  { bytes: '#!', type: program },
]

/** ISO media files (MP4, MOV, 3GP, HEIC …) say in their first box what they are. */
const brands: readonly { of: RegExp; type: FileType }[] = [
  { of: /^(avif|avis)/, type: image },
  { of: /^(heic|heix|hevc|hevx|heim|heis|hevm|hevs|mif1|msf1)/, type: { family: 'heic' } },
  { of: /^(M4A|M4B|M4P)/, type: audio },
  { of: /^/, type: video },
]

export function detectFile(bytes: Uint8Array): FileType {
  const head = latin1(bytes.subarray(0, 64))
  if (head.slice(4, 8) === 'ftyp') {
    // AVIF may call itself mif1 first, and names avif among those that it is compatible with.
    if (/avi[fs]/.test(head.slice(8, 48))) return image
    return brands.find(({ of }) => of.test(head.slice(8, 12)))?.type ?? video
  }
  if (/^....(moov|mdat|wide|free)/s.test(head) && bytes[0] === 0) return video
  if (/^RIFF....WEBP/s.test(head)) return image
  if (/^RIFF....WAVE/s.test(head)) return audio
  if (/^RIFF....AVI /s.test(head)) return video
  const found = magics.find(({ at = 0, bytes: magic }) =>
    typeof magic === 'string'
      ? head.startsWith(magic, at)
      : magic.every((byte, index) => bytes[at + index] === byte),
  )
  if (found) return found.type
  // A frame of MP3 or AAC without a tag in front of it.
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0 && bytes[1] !== 0xfe) return audio
  return isText(bytes) ? { family: 'text' } : { family: 'unknown' }
}

/** A PDF that is a ZIP too (or the reverse) shows one thing here and another there. */
export function isPolyglot(bytes: Uint8Array, { family }: FileType): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tail = buffer.subarray(Math.max(0, buffer.length - 66_000))
  const endsAsZip = tail.includes(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  const startsAsPdf = buffer.subarray(0, 1024).includes('%PDF-')
  if (family === 'pdf')
    return endsAsZip || /^%PDF-\d\.\d/.test(latin1(bytes.subarray(0, 8))) === false
  if (family === 'zip') return startsAsPdf
  return (family === 'image' || family === 'media') && startsAsPdf && bytes.length > 1024
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** Half of a megabyte tells: no byte that no text has. UTF-16 shows itself by its mark. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false
  const hasMark =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (hasMark) return true
  return bytes
    .subarray(0, 512 * 1024)
    .every(
      (byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c,
    )
}
