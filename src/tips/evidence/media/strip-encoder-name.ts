/** Elements of a frame of AAC, ISO 14496-3 table 4.85. */
const dataElement = 4
const fillElement = 6
/** Kinds of filling that carry nothing for the decoder, table 4.121. */
const emptyFillings = new Set([0, 1])

/**
 * The sound of one packet without what encoders leave about themselves where there is room. What stands before the
 * sound of AAC and in the padding of MP3 is found; an encoder that hid its name between the numbers would not be.
 */
export function stripEncoderName(codec: string, data: Uint8Array): Uint8Array {
  if (codec === 'aac') return clearLeadingFillers(data)
  if (codec === 'mp3') return clearLameName(data)
  return data
}

/** LAME fills the end of a frame with its name and version. */
function clearLameName(data: Uint8Array): Uint8Array {
  const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1')
  const found = [...text.matchAll(/LAME[ -~]{2,20}/g)]
  if (found.length === 0) return data
  const clean = data.slice()
  for (const { index, 0: name } of found) clean.fill(0, index, index + name.length)
  return clean
}

function clearLeadingFillers(data: Uint8Array): Uint8Array {
  const clean = data.slice()
  for (let at = 8 * measureAdtsHead(data); ; ) {
    const element = readBits(clean, at, 3)
    const filler = element === fillElement ? measureFilling(clean, at + 3) : null
    const found = element === dataElement ? measureData(clean, at + 3) : filler
    if (!found || found.end > clean.length * 8) return clean
    if (found.isCleared) clearBits(clean, found.start, found.end)
    at = found.end
  }
}

/** A file of bare AAC has a head of seven bytes, or nine with a checksum, before each packet. */
function measureAdtsHead(data: Uint8Array): number {
  const [first = 0, second = 0] = data
  if (first !== 0xff || (second & 0xf6) !== 0xf0) return 0
  return second & 1 ? 7 : 9
}

function measureFilling(data: Uint8Array, at: number) {
  const short = readBits(data, at, 4)
  const isLong = short === 15
  const count = isLong ? 14 + readBits(data, at + 4, 8) : short
  const start = at + (isLong ? 12 : 4)
  const isCleared = emptyFillings.has(readBits(data, start, 4))
  return { start, end: start + count * 8, isCleared }
}

function measureData(data: Uint8Array, at: number) {
  const isAligned = readBits(data, at + 4, 1) === 1
  const short = readBits(data, at + 5, 8)
  const isLong = short === 255
  const count = isLong ? 255 + readBits(data, at + 13, 8) : short
  const behind = at + (isLong ? 21 : 13)
  const start = isAligned ? Math.ceil(behind / 8) * 8 : behind
  return { start, end: start + count * 8, isCleared: true }
}

/** Behind the end of the packet there are zeros. */
function readBits(data: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let bit = at; bit < at + count; bit++)
    value = value * 2 + (((data[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
  return value
}

function clearBits(data: Uint8Array, start: number, end: number): void {
  for (let bit = start; bit < end; bit++) {
    const byte = data[bit >> 3] ?? 0
    data[bit >> 3] = byte & ~(128 >> (bit & 7))
  }
}
