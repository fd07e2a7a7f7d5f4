import type { Bytes } from './media-outcome.ts'

type Codec = 'avc' | 'hevc'

/** H.264 table 7-1: slices, parameter sets, delimiters. Not among them: SEI, filler and what has no standard. */
const avcKept = new Set([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15, 19, 20])
/** H.265 table 7-1: all slices are below 32; VPS, SPS, PPS, delimiters. */
const hevcLastKept = 37
const hevcParameterSets = new Set([32, 33, 34])

/**
 * Makes a filter for the frames of a video. A camera may write its settings, and even a place, into units that no
 * decoder needs (SEI, user data). Null when the description does not tell how the frames are cut.
 */
export function openNalFilter(
  codec: Codec,
  description: Uint8Array,
): { description: Bytes; strip: (frame: Uint8Array) => Bytes } | null {
  const clean =
    codec === 'avc' ? cleanAvcDescription(description) : cleanHevcDescription(description)
  const sizeByte = description[codec === 'avc' ? 4 : 21]
  if (!clean || sizeByte === undefined) return null
  const lengthBytes = (sizeByte & 3) + 1
  return { description: clean, strip: (frame) => stripFrame(codec, frame, lengthBytes) }
}

function isKept(codec: Codec, head: number): boolean {
  return codec === 'avc' ? avcKept.has(head & 31) : ((head >> 1) & 63) <= hevcLastKept
}

function stripFrame(codec: Codec, frame: Uint8Array, lengthBytes: number): Bytes {
  const kept: Uint8Array[] = []
  let at = 0
  while (at + lengthBytes < frame.length) {
    const size = Buffer.from(frame.buffer, frame.byteOffset + at, lengthBytes).readUIntBE(
      0,
      lengthBytes,
    )
    const end = at + lengthBytes + size
    // A unit that reaches beyond its frame is broken, and so is all that would follow.
    if (size === 0 || end > frame.length) break
    if (isKept(codec, frame[at + lengthBytes] ?? 0)) kept.push(frame.subarray(at, end))
    at = end
  }
  return new Uint8Array(Buffer.concat(kept))
}

/** Reads what has its length before it, one after the other; throws a RangeError behind the end. */
function openReader(bytes: Uint8Array, start: number) {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = start
  const byte = () => view.readUInt8(at++)
  const sized = () => {
    const size = view.readUInt16BE(at)
    if (at + 2 + size > view.length) throw new RangeError('cut off')
    const piece = bytes.subarray(at, at + 2 + size)
    at += 2 + size
    return piece
  }
  return { byte, sized, rest: () => bytes.subarray(at) }
}

/** ISO 14496-15 §5.3.3: six bytes, the parameter sets, and four bytes for the high profiles. */
function cleanAvcDescription(description: Uint8Array): Bytes | null {
  try {
    const reader = openReader(description, 5)
    const pieces: Uint8Array[] = [description.subarray(0, 5)]
    const spsCount = reader.byte()
    pieces.push(Uint8Array.of(spsCount))
    for (let n = 0; n < (spsCount & 31); n++) pieces.push(reader.sized())
    const ppsCount = reader.byte()
    pieces.push(Uint8Array.of(ppsCount))
    for (let n = 0; n < ppsCount; n++) pieces.push(reader.sized())
    const rest = reader.rest()
    const isHigh = [100, 110, 122, 144].includes(description[1] ?? 0)
    // The fourth byte counts extended parameter sets, which are left out.
    if (isHigh && rest.length >= 4) pieces.push(rest.subarray(0, 3), Uint8Array.of(0))
    return new Uint8Array(Buffer.concat(pieces))
  } catch {
    return null
  }
}

/** ISO 14496-15 §8.3.3: twenty-two bytes, then arrays of units by type, among which encoders like to leave an SEI. */
function cleanHevcDescription(description: Uint8Array): Bytes | null {
  try {
    const reader = openReader(description, 22)
    const pieces: Uint8Array[] = []
    let kept = 0
    for (let left = reader.byte(); left > 0; left--) {
      const type = reader.byte()
      const count = reader.byte() * 256 + reader.byte()
      const units = Array.from({ length: count }, reader.sized)
      if (!hevcParameterSets.has(type & 63)) continue
      pieces.push(Uint8Array.of(type, count >> 8, count & 255), ...units)
      kept++
    }
    const head = [description.subarray(0, 22), Uint8Array.of(kept)]
    return new Uint8Array(Buffer.concat([...head, ...pieces]))
  } catch {
    return null
  }
}
