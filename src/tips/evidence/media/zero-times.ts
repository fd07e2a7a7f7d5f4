import type { Bytes } from './media-outcome.ts'

const parents = new Set(['moov', 'trak', 'mdia'])
const dated = new Set(['mvhd', 'tkhd', 'mdhd'])

/** Sets every time of making and changing in an MP4 to “unknown”, in place. For files that we have written. */
export function zeroTimes(mp4: Bytes): void {
  const view = Buffer.from(mp4.buffer, mp4.byteOffset, mp4.length)
  walk(view, 0, view.length)
}

function walk(view: Buffer, start: number, end: number): void {
  for (let at = start; at + 16 <= end; ) {
    const size = view.readUInt32BE(at)
    const name = view.toString('latin1', at + 4, at + 8)
    const length = size === 1 ? Number(view.readBigUInt64BE(at + 8)) : size
    if (length < 8 || at + length > end) return
    if (parents.has(name)) walk(view, at + 8, at + length)
    // Behind name, version and flags come two times: of four bytes each, or of eight in version 1.
    if (dated.has(name)) view.fill(0, at + 12, at + 12 + (view[at + 8] === 1 ? 16 : 8))
    at += length
  }
}
