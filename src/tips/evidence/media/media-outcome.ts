export type Bytes = Uint8Array<ArrayBuffer>

/**
 * - `unreadable`: broken, or no sound or video at all.
 * - `unsupported`: a kind of recording that we cannot take apart, so we cannot say what it would tell.
 * - `too-heavy`: it took longer or needed more memory than one file may.
 * - `cannot-disguise`: the reporter wishes another voice, and we cannot give one to this file.
 */
export type MediaRefusal = 'unreadable' | 'unsupported' | 'too-heavy' | 'cannot-disguise'

/** How Telegram can play it; a WAV, AMR or FLAC that is `audio` can only be sent as a document. */
export type MediaKind = 'voice' | 'audio' | 'video'

export type MediaOutcome =
  | { ok: true; bytes: Bytes; extension: string; as: MediaKind }
  | { ok: false; reason: MediaRefusal }

/** Sound that the process cannot decode itself, in a form that something else may: ffmpeg's name for it. */
export type UndecodedSound = { trackNumber: number; format: 'mp4' | 'amr'; bytes: Bytes }
export type DecodedSound = { trackNumber: number; wav: Bytes }

export type RemuxOutcome =
  | MediaOutcome
  | { ok: false; reason: 'needs-decoder'; sounds: UndecodedSound[] }

/** What the process is asked. `decoded` is the sound that it could not decode at the first attempt. */
export type RemuxRequest = { bytes: Bytes; disguiseVoice: boolean; decoded: DecodedSound[] }
