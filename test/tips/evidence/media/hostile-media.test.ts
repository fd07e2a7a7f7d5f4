import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { cleanMedia } from '../../../../src/tips/evidence/media/clean-media.ts'
import { runMediaProcess } from '../../../../src/tips/evidence/media/run-media-process.ts'
import { ownMemory } from '../../../support/own-memory.ts'
import { box, fileType, placeTrack } from './boxes.ts'
import { oggHead, voiceMessage } from './ogg.ts'
import { mp3, phoneVideo, wav, webm } from './recordings.ts'

const megabyte = 1024 * 1024
const most = 20 * megabyte

const repeat = (piece: Uint8Array, length = most) => Buffer.alloc(length, piece)

/** Boxes within boxes, each as large as all that follows. */
function nest(depth: number, name: (level: number) => string): Buffer {
  const boxes = Buffer.alloc(8 * depth)
  for (let level = 0; level < depth; level++) {
    boxes.writeUInt32BE(8 * (depth - level), level * 8)
    boxes.write(name(level), level * 8 + 4, 'latin1')
  }
  return Buffer.concat([fileType, boxes])
}

/** The same file with four bytes changed, so many bytes behind the name of a box. */
function lie(file: Buffer, name: string, offset: number, value = 0xffffffff): Buffer {
  const changed = Buffer.from(file)
  changed.writeUInt32BE(value, changed.lastIndexOf(name) + offset)
  return changed
}

const movie = box('mvhd', Buffer.alloc(100))
const hostile: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
  'twenty megabytes of chance': () => randomBytes(most),
  'twenty megabytes of nothing': () => Buffer.alloc(most),
  'twenty megabytes of ones': () => Buffer.alloc(most, 0xff),
  'boxes in boxes, two million deep': () => nest(2_000_000, () => 'moov'),
  'tracks in media in tracks': () =>
    nest(200_000, (level) => (level === 0 ? 'moov' : level % 2 ? 'trak' : 'mdia')),
  'data of the user in data of the user': () =>
    nest(2_000_000, (level) => (level === 0 ? 'moov' : 'udta')),
  'ten thousand tracks': () =>
    Buffer.concat([fileType, box('moov', movie, ...Array(10_000).fill(placeTrack(1, 8, 'gpmd')))]),
  'twenty megabytes of empty movies': () => Buffer.concat([fileType, repeat(box('moov', movie))]),
  'twenty megabytes of free boxes': () => Buffer.concat([fileType, repeat(box('free'))]),
  'data of four gigabytes': async () => lie(await phoneVideo(), 'mdat', -4),
  'four thousand million samples': async () => lie(await phoneVideo(), 'stsz', 12),
  'samples of four gigabytes': async () => lie(await phoneVideo(), 'stsz', 8),
  'four thousand million times': async () => lie(await phoneVideo(), 'stts', 8),
  'two thousand million samples of one byte': async () =>
    lie(lie(lie(await phoneVideo(), 'stsz', 8, 1), 'stsz', 12, 0x7fffffff), 'stts', 12, 0x7fffffff),
  'twenty megabytes of heads of Ogg': () => repeat(oggHead()),
  'twenty megabytes of heads of MP3': () => repeat(Buffer.from([0xff, 0xfb, 0x90, 0])),
  // Twenty of them keep a core busy for half a minute, which is the limit, and say no more.
  'five megabytes of heads of AAC': () =>
    repeat(Buffer.from([0xff, 0xf1, 0x50, 0x80, 0, 0xff, 0xfc]), 5 * megabyte),
  'twenty megabytes of empty tags': () => repeat(Buffer.from('ID3\x04\0\0\0\0\0\0')),
  'a tag of a quarter of a gigabyte': () =>
    Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), Buffer.alloc(megabyte)]),
  'twenty megabytes of empty AMR': () =>
    Buffer.concat([Buffer.from('#!AMR\n'), repeat(Buffer.from([0x7c]))]),
  'a WAV of four gigabytes': async () => {
    const file = await wav(1)
    file.writeUInt32LE(0xffffffff, 4)
    file.writeUInt32LE(0xffffffff, file.indexOf('data') + 4)
    return file
  },
  'a WAV of sixty-five thousand channels': async () => {
    const file = await wav(1)
    file.writeUInt16LE(65_535, 22)
    return file
  },
  'a million empty clusters': async () =>
    Buffer.concat([await webm(1), repeat(Buffer.from([0x1f, 0x43, 0xb6, 0x75, 0x80]))]),
}

describe('a hostile recording', () => {
  for (const [name, make] of Object.entries(hostile))
    it(`of ${name} ends in an answer and costs the service no memory`, {
      timeout: 120_000,
    }, async () => {
      const bytes = await make()
      const before = ownMemory()
      const outcome = await cleanMedia(bytes, { disguiseVoice: false })
      // The file itself, what came back, and the room that the collector takes.
      expect((ownMemory() - before) / megabyte).toBeLessThan(200)
      if (outcome.ok) expect(outcome.bytes.length).toBeLessThan(bytes.length + 2 * megabyte)
      else expect(['unreadable', 'unsupported', 'too-heavy']).toContain(outcome.reason)
    })

  it('that is any recording cut off anywhere ends in an answer', { timeout: 120_000 }, async () => {
    for (const whole of [
      await phoneVideo(),
      voiceMessage(),
      await mp3(1),
      await wav(1),
      await webm(1),
    ])
      for (const part of [0.02, 0.3, 0.9]) {
        const cut = whole.subarray(0, Math.floor(whole.length * part))
        const outcome = await cleanMedia(cut, { disguiseVoice: part === 0.3 })
        expect(outcome.ok || outcome.reason).toBeTruthy()
      }
  })

  it('that is any recording with a few bytes changed ends in an answer', {
    timeout: 120_000,
  }, async () => {
    for (const whole of [
      await phoneVideo(),
      voiceMessage(),
      await mp3(1),
      await wav(1),
      await webm(1),
    ])
      for (let round = 0; round < 3; round++) {
        const changed = Buffer.from(whole)
        for (const byte of randomBytes(30))
          changed.writeUInt8(byte, Math.floor((byte * changed.length * 97) / 256) % changed.length)
        const outcome = await cleanMedia(changed, {
          disguiseVoice: round === 2,
          searchPath: '/nonexistent',
        })
        expect(outcome.ok || outcome.reason, changed.toString('base64').slice(0, 400)).toBeTruthy()
      }
  })
})

describe('the process that takes a file apart', () => {
  const request = async () => ({
    bytes: new Uint8Array(await mp3(60)),
    disguiseVoice: true,
    decoded: [],
  })

  it('is ended when its time is over', async () => {
    const start = performance.now()
    expect(await runMediaProcess(await request(), AbortSignal.timeout(300))).toBeNull()
    expect(performance.now() - start).toBeLessThan(15_000)
  })

  it('is not started when the time is over before', async () => {
    expect(await runMediaProcess(await request(), AbortSignal.abort())).toBeNull()
  })

  it('serves several files side by side', async () => {
    const file = voiceMessage()
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => cleanMedia(file, { disguiseVoice: false })),
    )
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, true])
  })
})
