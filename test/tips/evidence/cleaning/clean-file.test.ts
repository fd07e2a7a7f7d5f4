import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cleanFile } from '../../../../src/tips/evidence/cleaning/clean-file.ts'
import { detectFile } from '../../../../src/tips/evidence/cleaning/detect-file.ts'
import { phonePhoto, pngPhoto } from '../images.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  )
const textOf = async (original: Uint8Array) => {
  const result = await cleanFile(original)
  if (!result.ok) throw new Error(result.reason)
  return { text: Buffer.from(result.bytes).toString('utf8'), extension: result.extension }
}

describe('what a file is', () => {
  it.each([
    ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'image'],
    ['a TIFF', bytes([0x4d, 0x4d, 0, 0x2a]), 'image'],
    ['a WebP', bytes('RIFF', [4, 0, 0, 0], 'WEBPVP8 '), 'image'],
    ['an AVIF', bytes([0, 0, 0, 28], 'ftypmif1', [0, 0, 0, 0], 'mif1avifmiaf'), 'image'],
    ['a photo of an iPhone', bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic'), 'heic'],
    ['a PDF', bytes('%PDF-1.4\n'), 'pdf'],
    ['a letter of an old Word', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'ole'],
    ['a RAR', bytes('Rar!', [0x1a, 7]), 'archive'],
    ['a voice of Telegram', bytes('OggS', [0, 2]), 'media'],
    ['an MP3 without a tag', bytes([0xff, 0xfb, 0x90, 0x64]), 'media'],
    ['an MP4', bytes([0, 0, 0, 24], 'ftypisom'), 'media'],
    ['a film of a phone', bytes([0, 0, 0, 20], 'ftypqt  '), 'media'],
    ['a WAV', bytes('RIFF', [4, 0, 0, 0], 'WAVEfmt '), 'media'],
    ['a script', bytes('#!/bin/sh\n'), 'program'],
    ['a note', Buffer.from('一户两百'), 'text'],
    ['bytes of no kind', bytes([1, 2, 3, 4, 0]), 'unknown'],
  ])('is told by its bytes: %s', (_what, original, family) => {
    expect(detectFile(original).family).toBe(family)
  })
})

describe('a cleaned note', () => {
  it('is plain UTF-8, whichever way it was written', async () => {
    const note = { text: '一户两百\n两条烟', extension: 'txt' }
    expect(await textOf(Buffer.from('一户两百\r\n两条烟'))).toEqual(note)
    const chinese = bytes([0xd2, 0xbb, 0xbb, 0xa7, 0xc1, 0xbd, 0xb0, 0xd9])
    expect(await textOf(chinese)).toEqual({ ...note, text: '一户两百' })
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('一户两百', 'utf16le')])
    expect(await textOf(wide)).toEqual({ ...note, text: '一户两百' })
  })

  it('has no marks that turn or hide words', async () => {
    expect((await textOf(Buffer.from('a\u202eb\u200bc\ufeff'))).text).toBe('abc')
  })

  it('is refused when a browser would run it', async () => {
    const page = Buffer.from('hello <script>steal()</script>')
    expect(await cleanFile(page)).toMatchObject({ state: 'refused', reason: 'disguised' })
  })
})

describe('a picture in any of the formats of phones and computers', () => {
  it.each(['png', 'webp', 'gif', 'tiff', 'avif'] as const)('becomes a JPEG: %s', async (format) => {
    const original = await sharp(await pngPhoto())
      .toFormat(format)
      .toBuffer()
    expect(await cleanFile(original)).toMatchObject({ ok: true, kind: 'photo', extension: 'jpg' })
  })

  it('has nothing of a camera that writes notes of its own', async () => {
    const photo = await phonePhoto()
    const note = bytes([0xff, 0xed, 0, 20], 'CANARY-MAKER-NOTE1')
    const original = Buffer.concat([photo.subarray(0, 2), note, photo.subarray(2)])
    const result = await cleanFile(original)
    expect(result.ok && Buffer.from(result.bytes).includes('CANARY')).toBe(false)
    expect(result.ok).toBe(true)
  })
})

describe('held back with advice', () => {
  it.each([
    ['heic', bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'mif1heic')],
    ['old-office', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 'more')],
    ['archive', bytes([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c])],
    ['unknown-format', bytes([1, 2, 3, 4, 0])],
  ])('is %s', async (reason, original) => {
    expect(await cleanFile(original)).toMatchObject({ state: 'held-back', reason })
  })
})
