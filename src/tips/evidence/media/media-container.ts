import {
  FlacOutputFormat,
  MkvOutputFormat,
  MovOutputFormat,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  type OutputFormat,
  WavOutputFormat,
  WebMOutputFormat,
} from 'mediabunny'
import type { MediaKind } from './media-outcome.ts'
import type { ChosenTrack } from './media-tracks.ts'

type Container = { format: OutputFormat; extension: string; as: MediaKind }

const mp4 = () => new Mp4OutputFormat({ fastStart: 'in-memory' })
const mov = () => new MovOutputFormat({ fastStart: 'in-memory' })

/** The plainest container that can hold these tracks; null when none can. */
export function chooseContainer(
  tracks: readonly ChosenTrack[],
  isMatroska: boolean,
): Container | null {
  return listContainers(tracks, isMatroska).find(({ format }) => holds(format, tracks)) ?? null
}

function listContainers(tracks: readonly ChosenTrack[], isMatroska: boolean): Container[] {
  if (tracks.some(({ type }) => type === 'video')) {
    const as = 'video'
    const isoBased = [
      { format: mp4(), extension: 'mp4', as },
      { format: mov(), extension: 'mov', as },
    ] as const
    const webm = { format: new WebMOutputFormat(), extension: 'webm', as } as const
    const mkv = { format: new MkvOutputFormat(), extension: 'mkv', as } as const
    return isMatroska ? [webm, ...isoBased, mkv] : [...isoBased, mkv]
  }
  const as = 'audio'
  return [
    { format: new Mp3OutputFormat(), extension: 'mp3', as },
    { format: new WavOutputFormat(), extension: 'wav', as },
    { format: new FlacOutputFormat(), extension: 'flac', as },
    { format: new OggOutputFormat(), extension: 'ogg', as },
    { format: mp4(), extension: 'm4a', as },
    { format: mov(), extension: 'mov', as },
  ]
}

function holds(format: OutputFormat, tracks: readonly ChosenTrack[]): boolean {
  const counts = format.getSupportedTrackCounts()
  const codecs = format.getSupportedCodecs()
  return (
    tracks.length <= counts.total.max &&
    tracks.every(({ codec, type }) => counts[type].max > 0 && codecs.includes(codec))
  )
}
