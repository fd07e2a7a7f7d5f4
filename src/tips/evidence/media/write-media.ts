import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  IsobmffOutputFormat,
  Output,
  type OutputFormat,
} from 'mediabunny'
import type { Bytes } from './media-outcome.ts'
import type { ChosenTrack } from './media-tracks.ts'
import { zeroTimes } from './zero-times.ts'

/** A file of these tracks, with no tags; null when one of them is empty. */
export async function writeMedia(
  tracks: readonly ChosenTrack[],
  format: OutputFormat,
): Promise<Bytes | null> {
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const shift = await findShift(tracks, format)
  const writers = tracks.map((track) => addTrack(output, track, shift))
  await output.start()
  // Side by side, so that the container can lay sound and picture next to each other.
  const counts = await Promise.all(writers.map((write) => write()))
  await output.finalize()
  if (!target.buffer || counts.some((count) => count === 0)) return null
  const bytes = new Uint8Array(target.buffer)
  if (format instanceof IsobmffOutputFormat) zeroTimes(bytes)
  return bytes
}

/** Some containers cannot hold what lies before zero: then everything moves, so that sound and picture stay together. */
async function findShift(tracks: readonly ChosenTrack[], format: OutputFormat): Promise<number> {
  if (format.negativeTimestampSupport === 'full') return 0
  let first = 0
  for (const track of tracks)
    for await (const packet of track.packets()) {
      first = Math.min(first, packet.timestamp + track.offset)
      break
    }
  return -first
}

function addTrack(output: Output, track: ChosenTrack, shift: number): () => Promise<number> {
  const source = openSource(output, track)
  return async () => {
    let count = 0
    for await (const packet of track.packets()) {
      const timestamp = packet.timestamp + track.offset + shift
      await source.add(packet.clone({ timestamp }))
      count++
    }
    source.close()
    return count
  }
}

function openSource(output: Output, track: ChosenTrack) {
  if (track.type === 'video') {
    const source = new EncodedVideoPacketSource(track.codec)
    const meta = { decoderConfig: track.config }
    output.addVideoTrack(source, { transformationMatrix: track.matrix })
    return {
      add: (packet: Parameters<typeof source.add>[0]) => source.add(packet, meta),
      close: () => source.close(),
    }
  }
  const source = new EncodedAudioPacketSource(track.codec)
  const meta = { decoderConfig: track.config }
  output.addAudioTrack(source)
  return {
    add: (packet: Parameters<typeof source.add>[0]) => source.add(packet, meta),
    close: () => source.close(),
  }
}
