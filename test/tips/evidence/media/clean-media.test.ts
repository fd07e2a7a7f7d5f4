import { describe, expect, it } from 'vitest'
import { cleanMedia } from '../../../../src/tips/evidence/media/clean-media.ts'
import { recordedAt } from './boxes.ts'
import { voiceMessage } from './ogg.ts'
import { findPlanted } from './planted.ts'
import { readPackets, readRecording } from './read-recording.ts'
import {
  amr,
  fragmentedVideo,
  mkv,
  mp3,
  phoneMemo,
  phoneVideo,
  silentVideo,
  wav,
  webm,
} from './recordings.ts'

const clean = async (bytes: Uint8Array) => {
  const outcome = await cleanMedia(bytes, { disguiseVoice: false })
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome
}

const kinds = [
  { name: 'a voice message', make: voiceMessage, extension: 'ogg', as: 'voice', hidden: 6 },
  { name: 'an MP3', make: mp3, extension: 'mp3', as: 'audio', hidden: 4 },
  { name: 'a voice memo in M4A', make: phoneMemo, extension: 'm4a', as: 'audio', hidden: 7 },
  { name: 'a WAV', make: wav, extension: 'wav', as: 'audio', hidden: 4 },
  { name: 'a video in MP4', make: phoneVideo, extension: 'mp4', as: 'video', hidden: 7 },
  { name: 'a video without sound', make: silentVideo, extension: 'mp4', as: 'video', hidden: 7 },
  { name: 'a WebM', make: webm, extension: 'webm', as: 'video', hidden: 5 },
  { name: 'a Matroska', make: mkv, extension: 'mp4', as: 'video', hidden: 5 },
] as const

describe('a recording', () => {
  for (const { name, make, extension, as, hidden } of kinds)
    it(`that is ${name} keeps its sound and picture and loses everything else`, async () => {
      const original = await make()
      // The check can fail: everything that is looked for is in the original.
      expect(findPlanted(original).length).toBeGreaterThanOrEqual(hidden)
      const before = await readRecording(original)

      const outcome = await clean(original)

      expect(outcome).toMatchObject({ extension, as })
      expect(findPlanted(outcome.bytes)).toEqual([])
      const after = await readRecording(outcome.bytes)
      expect(after.seconds).toBe(before.seconds)
      expect(after.tracks).toEqual(before.tracks)
      const { raw, ...told } = after.tags
      expect(told).toEqual({})
      expect(
        Object.values(raw ?? {}).filter((value) => !/^Mediabunny/.test(String(value))),
      ).toEqual([])
    })

  it('of an old phone, in AMR, is cut behind its last frame', async () => {
    const original = amr(2)
    expect(findPlanted(original)).not.toEqual([])
    const outcome = await clean(original)
    expect(outcome).toMatchObject({ extension: 'amr', as: 'audio' })
    expect(outcome.bytes).toHaveLength(6 + 100 * 32)
    expect(findPlanted(outcome.bytes)).toEqual([])
  })

  it('does not tell when it was made, nor when it was cleaned', async () => {
    const original = await phoneVideo()
    expect(original.includes(recordedAt)).toBe(true)
    const file = Buffer.from((await clean(original)).bytes)
    expect(file.includes(recordedAt)).toBe(false)
    for (const name of ['mvhd', 'tkhd', 'mdhd'])
      for (let at = file.indexOf(name); at >= 0; at = file.indexOf(name, at + 4))
        expect(file.readBigUInt64BE(at + 8), name).toBe(0n)
  })

  it('has no tracks of places any more, and no boxes for the user', async () => {
    const file = Buffer.from((await clean(await phoneVideo())).bytes)
    const names = ['gpmd', 'camm', 'mebx', 'udta', 'meta', 'keys', 'ilst', 'uuid', 'chpl', '©xyz']
    expect(names.filter((name) => file.includes(Buffer.from(name, 'latin1')))).toEqual([])
  })

  it('keeps the bytes of the sound as they were', async () => {
    for (const original of [voiceMessage(1), await wav(1), await webm(1)]) {
      const cleaned = await clean(original)
      expect(await readPackets(cleaned.bytes)).toEqual(await readPackets(original))
    }
  })

  it('that breaks off is kept as far as it goes', async () => {
    const original = await mp3(4)
    const outcome = await clean(original.subarray(0, original.length / 2))
    expect((await readRecording(outcome.bytes)).seconds).toBeGreaterThan(1)
  })
})

describe('what cannot be taken apart is refused', () => {
  it('when the sound is of a kind that we do not know, rather than lost', async () => {
    const video = Buffer.from(await phoneVideo())
    // The names of AAC and of its description become those of AMR.
    video.write('samr', video.lastIndexOf('mp4a'))
    video.write('damr', video.lastIndexOf('esds'))
    expect(await cleanMedia(video, { disguiseVoice: false })).toEqual({
      ok: false,
      reason: 'unsupported',
    })
  })

  it('when a second recording lies behind the first', async () => {
    const twice = Buffer.concat(Array(300).fill(voiceMessage(1)))
    expect(await cleanMedia(twice, { disguiseVoice: false })).toEqual({
      ok: false,
      reason: 'unsupported',
    })
  })

  it('when some of its pieces cannot be found', async () => {
    const video = Buffer.from(await fragmentedVideo(200))
    expect(await cleanMedia(video, { disguiseVoice: false })).toMatchObject({ ok: true })
    // Every fifth fragment is there, and not called one.
    const starts = [...video.toString('latin1').matchAll(/moof/g)].map(({ index }) => index)
    for (const [n, at] of starts.entries()) if (n % 5 === 4) video.write('free', at)
    expect(await cleanMedia(video, { disguiseVoice: false })).toEqual({
      ok: false,
      reason: 'unsupported',
    })
  })

  it('when it is no recording', async () => {
    for (const text of ['', 'x', 'The quick brown fox', '#!AMR\n', '<html>', 'OggS', 'RIFF'])
      expect(await cleanMedia(Buffer.from(text), { disguiseVoice: false }), text).toEqual({
        ok: false,
        reason: 'unreadable',
      })
  })
})
