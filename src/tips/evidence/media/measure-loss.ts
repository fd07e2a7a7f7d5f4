import { EncodedPacketSink, type Input, IsobmffInputFormat } from 'mediabunny'

/** A small file may well be mostly names and a picture. */
const smallBytes = 64 * 1024
/** The rest is headings, covers and tracks that we leave behind. */
const leastShare = 0.4
/** Of an MP4 in fragments, in which the reader has been seen to miss every second one. */
const leastShareInFragments = 0.9
/** Nine hours of sound; more is made up. */
const maxPackets = 4_000_000

/**
 * Whether the reader finds so little in a file that part of the recording must have escaped it, such as a second
 * recording behind the first. Then a copy would look whole and would not be.
 */
export async function losesMuch(input: Input, bytes: Uint8Array): Promise<boolean> {
  if (bytes.length < smallBytes) return false
  const isMp4 = (await input.getFormat()) instanceof IsobmffInputFormat
  const inFragments = isMp4 ? sumFragments(bytes) : null
  const needed =
    inFragments === null ? bytes.length * leastShare : inFragments * leastShareInFragments
  let found = 0
  let packets = 0
  for (const track of await input.getTracks()) {
    const sink = new EncodedPacketSink(track)
    try {
      for await (const { byteLength } of sink.packets(undefined, undefined, {
        metadataOnly: true,
      })) {
        found += byteLength
        if (found >= needed) return false
        if (++packets > maxPackets) return true
      }
    } catch {
      // One that breaks off counts as far as it goes.
    }
  }
  return true
}

/** Bytes of all boxes of sound and picture (`mdat`); null when the file is not in fragments (`moof`). */
function sumFragments(bytes: Uint8Array): number | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let sum = 0
  let isFragmented = false
  for (let at = 0; at + 16 <= view.length; ) {
    const size = view.readUInt32BE(at)
    const name = view.toString('latin1', at + 4, at + 8)
    const length = size === 1 ? Number(view.readBigUInt64BE(at + 8)) : size
    if (name === 'moof') isFragmented = true
    if (name === 'mdat') sum += Math.min(length || view.length, view.length - at)
    // A size of zero means: to the end.
    if (length < 8) break
    at += length
  }
  return isFragmented ? sum : null
}
