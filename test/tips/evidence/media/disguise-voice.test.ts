import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cleanMedia } from '../../../../src/tips/evidence/media/clean-media.ts'
import { decodeWithFfmpeg } from '../../../../src/tips/evidence/media/decode-with-ffmpeg.ts'
import { disguiseVoice } from '../../../../src/tips/evidence/media/disguise-voice.ts'
import { voiceMessage } from './ogg.ts'
import { findPlanted } from './planted.ts'
import { measurePitch, readRecording } from './read-recording.ts'
import {
  amr,
  inPieces,
  mp3,
  phoneMemo,
  phoneVideo,
  silentVideo,
  tone,
  wav,
  webm,
} from './recordings.ts'

const nowhere = '/nonexistent'
const disguise = (bytes: Uint8Array, searchPath = nowhere) =>
  cleanMedia(bytes, { disguiseVoice: true, searchPath })
const semitones = (from: number, to: number) => 12 * Math.log2(to / from)

/** Numbers that look random and are the same each time. */
function openRandom(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

async function shift(samples: Float32Array<ArrayBuffer>, sampleRate: number, seed: number) {
  const sound = { sampleRate, pieces: inPieces(samples) }
  const pieces = await Array.fromAsync(disguiseVoice(sound, openRandom(seed)).pieces)
  return Buffer.concat(
    pieces.map((piece) => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)),
  )
}

describe('a disguised voice', () => {
  it('is as long as it was', async () => {
    for (const rate of [8_000, 24_000, 44_100])
      for (const seed of [1, 2, 3]) {
        const length = (await shift(tone(3, 200, rate), rate, seed)).length / 4
        expect(Math.abs(length - 3 * rate) / rate).toBeLessThan(0.05)
      }
  })

  it('is another each time', async () => {
    const samples = tone(1, 200)
    expect(await shift(samples, 48_000, 1)).not.toEqual(await shift(samples, 48_000, 2))
  })

  it('is three to seven semitones away and wanders while it speaks', async () => {
    const outcome = await disguise(await mp3(12, 300))
    if (!outcome.ok) throw new Error(outcome.reason)
    const pitches = (await measurePitch(outcome.bytes)).slice(1, -1)
    for (const hertz of pitches) {
      const away = Math.abs(semitones(300, hertz))
      expect(away).toBeGreaterThan(2.3)
      expect(away).toBeLessThan(6.8)
    }
    expect(new Set(pitches).size).toBeGreaterThan(3)
  })

  it('is what becomes of a voice message, an MP3, a WAV and the sound of a WebM, without any other program', async () => {
    const originals = [voiceMessage(2), await mp3(2), await wav(2)]
    for (const original of originals) {
      const outcome = await disguise(original)
      const as = original === originals[0] ? 'voice' : 'audio'
      expect(outcome).toMatchObject({ ok: true, extension: 'mp3', as })
      if (!outcome.ok) continue
      expect(findPlanted(outcome.bytes)).toEqual([])
      expect((await readRecording(outcome.bytes)).seconds).toBeCloseTo(2, 0)
    }
    const video = await disguise(await webm(2))
    expect(video).toMatchObject({ ok: true, as: 'video' })
    const seen = video.ok ? await readRecording(video.bytes) : null
    expect(seen?.tracks).toEqual([
      { codec: 'vp8', packets: 20 },
      expect.objectContaining({ codec: 'mp3' }),
    ])
  })

  it('is not needed where nobody speaks', async () => {
    expect(await disguise(await silentVideo())).toMatchObject({ ok: true, as: 'video' })
  })
})

describe('a voice that cannot be disguised', () => {
  it('is held back when nothing here can decode it', async () => {
    for (const original of [await phoneMemo(), await phoneVideo(), amr()])
      expect(await disguise(original)).toEqual({ ok: false, reason: 'cannot-disguise' })
  })
})

describe('another program that decodes', () => {
  let folder: string
  const signal = () => AbortSignal.timeout(20_000)
  const sound = { trackNumber: 1, format: 'mp4' as const, bytes: new Uint8Array([1, 2, 3]) }

  /** Something that answers to the name of ffmpeg. */
  async function pretend(script: string): Promise<string> {
    const file = join(folder, 'ffmpeg')
    await writeFile(file, `#!/bin/sh\ntouch ${folder}/started\n${script}\n`)
    await chmod(file, 0o755)
    return [folder, '/usr/bin', '/bin'].join(delimiter)
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'media-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const hasStarted = () => existsSync(join(folder, 'started'))

  it('gets the sound only, through a pipe, and may open nothing', async () => {
    const path = await pretend(`{ wc -c; echo "$@"; env; } > ${folder}/seen`)
    expect(await decodeWithFfmpeg(sound, signal(), path)).toBeNull()
    const [size, args = '', ...env] = (await readFile(join(folder, 'seen'), 'utf8'))
      .trim()
      .split('\n')
    expect(Number(size)).toBe(3)
    expect(args).toContain('-protocol_whitelist pipe -f mp4 -i pipe:0')
    expect(args.split(' ').filter((arg) => /^(\/|file:|https?:)/.test(arg))).toEqual([])
    // Besides the path only what the shell makes itself.
    const names = env.map((line) => line.split('=')[0])
    expect(
      names.filter((name) => !['PATH', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? '')),
    ).toEqual([])
  })

  it('is ended when it takes too long', async () => {
    const path = await pretend('exec sleep 60')
    const start = performance.now()
    expect(await decodeWithFfmpeg(sound, AbortSignal.timeout(1000), path)).toBeNull()
    expect(hasStarted()).toBe(true)
    expect(performance.now() - start).toBeGreaterThan(900)
    expect(performance.now() - start).toBeLessThan(20_000)
  })

  it('is ended when it says too much', async () => {
    const path = await pretend('exec cat /dev/zero')
    expect(await decodeWithFfmpeg(sound, signal(), path)).toBeNull()
    expect(hasStarted()).toBe(true)
  })

  it('that answers with something else than sound leaves the voice held back', async () => {
    const path = await pretend("cat > /dev/null; printf 'RIFF....WAVEdata....nothing of that kind'")
    expect(await disguise(await phoneMemo(), path)).toEqual({
      ok: false,
      reason: 'cannot-disguise',
    })
    expect(hasStarted()).toBe(true)
  })

  it('gives its sound to the disguise, and the video keeps its picture', async () => {
    await writeFile(join(folder, 'sound.wav'), await wav(2, 300))
    const path = await pretend(`cat > /dev/null; exec cat ${folder}/sound.wav`)
    const outcome = await disguise(await phoneVideo(2), path)
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(outcome).toMatchObject({ extension: 'mp4', as: 'video' })
    expect(findPlanted(outcome.bytes)).toEqual([])
    const { tracks, seconds } = await readRecording(outcome.bytes)
    expect(tracks.map(({ codec }) => codec)).toEqual(['avc', 'mp3'])
    expect(seconds).toBeCloseTo(2, 0)
  })
})

describe.skipIf(!hasFfmpeg())('ffmpeg, where there is one', () => {
  it('makes AAC and AMR into something that can be disguised', async () => {
    for (const format of ['adts', 'amr'] as const) {
      const codec =
        format === 'amr' ? ['-ar', '8000', '-c:a', 'libopencore_amrnb'] : ['-c:a', 'aac']
      const args = ['-v', 'quiet', '-f', 'lavfi', '-i', 'sine=300:d=3', ...codec, '-f', format, '-']
      const recording = execFileSync('ffmpeg', args)
      const outcome = await disguise(recording, process.env.PATH)
      expect(outcome).toMatchObject({ ok: true, extension: 'mp3' })
    }
  })
})

function hasFfmpeg(): boolean {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
