/** APP14 tells how the colours are meant, and nothing else. */
const adobe = 0xee
const startOfScan = 0xda
const endOfImage = 0xd9

/**
 * A JPEG without its notes: camera, place, names and previews stand in the application and comment segments, and
 * anything may stand behind the end. The picture itself stays as it is, bit by bit. Null when it is none.
 */
export function stripJpeg(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === endOfImage) return Buffer.concat([...kept, bytes.subarray(at, at + 2)])
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
    if (end > bytes.length || end < at + 4) return null
    const isNote = (marker >= 0xe0 && marker <= 0xef && marker !== adobe) || marker === 0xfe
    const isAdobe = marker === adobe && end - at === 16
    if (!isNote && (marker !== adobe || isAdobe)) kept.push(bytes.subarray(at, end))
    at = end
    if (marker !== startOfScan) continue
    const scanEnd = findMarker(bytes, at)
    kept.push(bytes.subarray(at, scanEnd))
    at = scanEnd
  }
  const isWhole = bytes[at] === 0xff && bytes[at + 1] === endOfImage
  return isWhole ? Buffer.concat([...kept, bytes.subarray(at, at + 2)]) : null
}

/** Behind the packed pixels: the next marker that is neither a stuffed byte nor a restart. */
function findMarker(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}
