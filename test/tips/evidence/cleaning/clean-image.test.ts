import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cleanImage } from '../../../../src/tips/evidence/cleaning/clean-image.ts'
import { bomb, phonePhoto, pngPhoto } from '../images.ts'

async function clean(bytes: Uint8Array): Promise<Buffer> {
  const result = await cleanImage(bytes)
  if (!result.ok) throw new Error(result.reason)
  return Buffer.from(result.bytes)
}

describe('a cleaned picture', () => {
  it('is an upright JPEG without anything but pixels', async () => {
    const original = await phonePhoto()
    expect(original.toString('latin1')).toContain('CANARY')
    const bytes = await clean(original)
    expect(bytes.toString('latin1')).not.toMatch(/CANARY|Exif/)
    const { format, width, height, exif, xmp, icc, orientation } = await sharp(bytes).metadata()
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 40, height: 80 })
    expect([exif, xmp, icc, orientation]).toEqual([undefined, undefined, undefined, undefined])
  })

  it('drops what is hidden behind the end of the picture', async () => {
    const original = Buffer.concat([await pngPhoto(), Buffer.from('CANARY-ZIP')])
    expect((await clean(original)).toString('latin1')).not.toContain('CANARY')
  })

  it('keeps a very long screenshot within what Telegram takes', async () => {
    const { width, height } = await sharp(await clean(await pngPhoto(300, 15_000))).metadata()
    expect(width + height).toBeLessThanOrEqual(10_000)
    expect(height / width).toBeLessThanOrEqual(20)
  })
})

describe('what is no harmless picture', () => {
  it.each([
    ['nothing', async () => Buffer.alloc(0)],
    ['a text', async () => Buffer.from('not a picture')],
    ['a picture cut off in the middle', async () => (await phonePhoto(800, 600)).subarray(0, 900)],
    [
      'an SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ],
  ])('such as %s is refused', async (_what, make) => {
    expect(await cleanImage(await make())).toEqual({
      ok: false,
      state: 'refused',
      reason: 'unreadable',
    })
  })

  it('such as a bomb of pixels is refused before it is unpacked', async () => {
    expect(await cleanImage(await bomb())).toEqual({
      ok: false,
      state: 'refused',
      reason: 'too-many-pixels',
    })
  })
})
