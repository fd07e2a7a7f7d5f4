import { inflateSync } from 'node:zlib'
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import { describe, expect, it } from 'vitest'
import { cleanPdf } from '../../../../src/tips/evidence/cleaning/clean-pdf.ts'
import { stripJpeg } from '../../../../src/tips/evidence/cleaning/strip-jpeg.ts'
import { phonePhoto } from '../images.ts'
import { pdfWithHistory, rawPdf, tellingPdf } from './pdf-files.ts'

async function clean(bytes: Uint8Array): Promise<Buffer> {
  const result = await cleanPdf(bytes)
  if (!result.ok) throw new Error(result.reason)
  return Buffer.from(result.bytes)
}

/** Everything in it, unpacked: what somebody who searches the copy would see. */
async function everything(bytes: Uint8Array): Promise<string> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false })
  const objects = context.enumerateIndirectObjects().map(([, object]) => {
    if (!(object instanceof PDFRawStream)) return object.toString()
    const isFlate = object.dict.get(PDFName.of('Filter'))?.toString() === '/FlateDecode'
    const content = isFlate ? inflateSync(object.contents) : Buffer.from(object.contents)
    return `${object.dict} ${content.toString('latin1')}`
  })
  return `${Buffer.from(bytes).toString('latin1')}\n${objects.join('\n')}\n${context.trailerInfo.Info ?? ''}`
}

describe('a cleaned PDF', () => {
  it('has its page and nothing of who made it', async () => {
    const original = await tellingPdf()
    const before = await everything(original)
    expect(before).toContain('CANARY-OPEN')
    expect(before).toContain('CANARY-OWNER')
    const cleaned = await clean(original)
    const after = await everything(cleaned)
    expect(after).not.toMatch(/CANARY|JavaScript|EmbeddedFile|pdf-lib|Producer|\/URI/)
    expect(after).not.toContain(
      Buffer.from('CANARY', 'utf16le').swap16().toString('hex').toUpperCase(),
    )
    expect((await PDFDocument.load(cleaned)).getPageCount()).toBe(1)
  })

  it('still shows words, picture, note and what was filled in', async () => {
    const after = await everything(await clean(await tellingPdf()))
    expect(after).toContain(Buffer.from('two hundred per family').toString('hex').toUpperCase())
    expect(after).toMatch(/\/Subtype \/Image/)
    expect(after).toContain('look here')
    expect(after).toContain(Buffer.from('Li Si').toString('hex').toUpperCase())
  })

  it('has no earlier version of itself', async () => {
    const original = await pdfWithHistory()
    const deleted = Buffer.from('CANARY-DELETED').toString('hex').toUpperCase()
    expect(await everything(original)).toContain(deleted)
    const after = await everything(await clean(original))
    expect(after).not.toContain(deleted)
  })

  it.each(['/Type /Metadata', ''])('leaves no notes of a picture behind: %s', async (type) => {
    const bytes = rawPdf(
      '<</Type /Catalog /Pages 2 0 R>>',
      '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <</XObject <</X 4 0 R>>>>>>',
      '<</Subtype /Image /Width 1 /Height 1 /Metadata 5 0 R /Length 1>>\nstream\n0\nendstream',
      `<<${type} /Length 6>>\nstream\nCANARY\nendstream`,
    )
    const after = await everything(await clean(bytes))
    expect(after).toContain('/Subtype /Image')
    expect(after).not.toContain('CANARY')
  })

  it('keeps a font that happens to be called like an action', async () => {
    const bytes = rawPdf(
      '<</Type /Catalog /Pages 2 0 R>>',
      '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources 4 0 R>>',
      '<</Font <</AA 5 0 R>>>>',
      '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    )
    expect(await everything(await clean(bytes))).toContain('Helvetica')
  })
})

describe('held back is a PDF', () => {
  const held = (reason: string) => ({ ok: false, state: 'held-back', kind: 'document', reason })

  it('with a password', async () => {
    const document = await PDFDocument.create()
    document.addPage()
    document.encrypt({ userPassword: 'secret', ownerPassword: 'secret' })
    expect(await cleanPdf(await document.save())).toEqual(held('encrypted'))
  })

  it('with a picture that may carry what we cannot see', async () => {
    const bytes = rawPdf(
      '<</Type /Catalog /Pages 2 0 R>>',
      '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <</XObject <</X 4 0 R>>>>>>',
      '<</Subtype /Image /Filter /JPXDecode /Length 6>>\nstream\nCANARY\nendstream',
    )
    expect(await cleanPdf(bytes)).toEqual(held('cannot-clean'))
  })
})

describe('a JPEG without its notes', () => {
  it('keeps every pixel and loses what stands around them', async () => {
    const original = Buffer.concat([await phonePhoto(), Buffer.from('CANARY-BEHIND')])
    const stripped = Buffer.from(stripJpeg(original) ?? [])
    expect(stripped.toString('latin1')).not.toMatch(/CANARY|Exif/)
    const scan = stripped.indexOf(Buffer.from([0xff, 0xda]))
    expect(original.includes(stripped.subarray(scan, -2))).toBe(true)
  })

  it('is none when it is cut off', async () => {
    const photo = await phonePhoto(200, 200)
    expect(stripJpeg(photo.subarray(0, -20))).toBeNull()
    expect(stripJpeg(Buffer.from('no picture'))).toBeNull()
  })
})
