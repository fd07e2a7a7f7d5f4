import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cleanOffice } from '../../../../src/tips/evidence/cleaning/clean-office.ts'
import {
  canary,
  docxParts,
  pack,
  paragraph,
  pptxParts,
  related,
  relations,
  xlsxParts,
  xml,
} from './office-files.ts'

async function clean(parts: Record<string, Uint8Array>) {
  const result = await cleanOffice(pack(parts))
  if (!result.ok) throw new Error(result.reason)
  return { ...result, parts: unzipSync(result.bytes) }
}

/** Every part by name and content, unpacked: what somebody who searches the copy would see. */
const everything = (parts: Record<string, Uint8Array>) =>
  Object.entries(parts)
    .map(([path, bytes]) => `${path}\n${Buffer.from(bytes).toString('latin1')}`)
    .join('\n')
const textOf = (parts: Record<string, Uint8Array>, path: string) =>
  strFromU8(parts[path] ?? new Uint8Array())
const withBody = async (body: string) => (await cleanOffice(pack(await docxParts(body)))) as object

describe('a cleaned letter', () => {
  it('has its words and none of the places where its writer is named', async () => {
    const original = await docxParts()
    expect(everything(original).split('CANARY').length).toBeGreaterThan(15)
    const { parts, extension } = await clean(original)
    expect(everything(parts)).not.toMatch(/CANARY|2017-03-01/)
    expect(extension).toBe('docx')
    expect(textOf(parts, 'word/document.xml')).toContain('每户两百元')
    expect(textOf(parts, 'word/document.xml')).toContain('看这里')
    expect(textOf(parts, 'word/comments.xml')).toContain('请看这一条')
  })

  it('has no parts but those that are seen, and speaks of no others', async () => {
    const { parts } = await clean(await docxParts())
    expect(Object.keys(parts).sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'word/_rels/document.xml.rels',
      'word/_rels/settings.xml.rels',
      'word/comments.xml',
      'word/document.xml',
      'word/media/image1.jpeg',
      'word/settings.xml',
    ])
    expect(everything(parts)).not.toMatch(/docProps|people|attachedTemplate|hyperlink"/)
    expect(textOf(parts, 'word/settings.xml')).toContain('defaultTabStop')
  })

  it('has its photo packed anew', async () => {
    const { parts } = await clean(await docxParts())
    const photo = await sharp(Buffer.from(parts['word/media/image1.jpeg'] ?? [])).metadata()
    expect([photo.format, photo.exif]).toEqual(['jpeg', undefined])
  })
})

describe('a cleaned table', () => {
  it('has its cells and notes without their writers', async () => {
    const { parts, extension } = await clean(xlsxParts())
    expect(extension).toBe('xlsx')
    expect(everything(parts)).not.toContain('CANARY')
    expect(textOf(parts, 'xl/worksheets/sheet1.xml')).toContain('张三两百')
    expect(textOf(parts, 'xl/comments1.xml')).toContain('晚上送的')
  })
})

describe('cleaned slides', () => {
  it('have their words and no names', async () => {
    const { parts, extension } = await clean(pptxParts())
    expect(extension).toBe('pptx')
    expect(everything(parts)).not.toContain('CANARY')
    expect(textOf(parts, 'ppt/slides/slide1.xml')).toContain('大会安排')
  })
})

describe('held back is', () => {
  const held = (reason: string) => ({ ok: false, state: 'held-back', kind: 'document', reason })

  it('a letter with macros, whatever it is called', async () => {
    const parts = { ...(await docxParts()), 'word/vbaProject.bin': new Uint8Array(9) }
    expect(await cleanOffice(pack(parts))).toEqual(held('macros'))
    const types = textOf(parts, '[Content_Types].xml').replace(
      'openxmlformats-officedocument.wordprocessingml.document.main',
      'ms-word.document.macroEnabled.main',
    )
    const docm = { ...(await docxParts()), '[Content_Types].xml': Buffer.from(types) }
    expect(await cleanOffice(pack(docm))).toEqual(held('macros'))
  })

  it('a letter with another file in it, or one that fetches a picture from outside', async () => {
    const parts = await docxParts()
    const embedded = { ...parts, 'word/embeddings/oleObject1.bin': new Uint8Array(9) }
    expect(await cleanOffice(pack(embedded))).toEqual(held('embedded'))
    const link = related('rId1', 'image', 'http://example.org/seen.png', 'External')
    const fetching = { ...parts, 'word/_rels/document.xml.rels': relations(link) }
    expect(await cleanOffice(pack(fetching))).toEqual(held('embedded'))
  })

  it('a letter whose words are made of what Word knows about the writer', async () => {
    const field = (...words: string[]) =>
      paragraph('').replace(
        '<w:t></w:t>',
        words.map((part) => `<w:instrText>${part}</w:instrText>`).join(''),
      )
    expect(await withBody(field(' AUT', 'HOR \\* MERGEFORMAT'))).toEqual(held('cannot-clean'))
    expect(await withBody('<w:fldSimple w:instr=" FILENAME \\p "/>')).toEqual(held('cannot-clean'))
    const bound =
      '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/ns0:coreProperties[1]"/></w:sdtPr></w:sdt>'
    expect(await withBody(bound)).toEqual(held('cannot-clean'))
    expect(await withBody(field(' PAGEREF _Toc1 \\h '))).toMatchObject({ ok: true })
  })

  it('a letter with a picture that cannot be opened: its words must not be lost', async () => {
    const parts = { ...(await docxParts()), 'word/media/image1.jpeg': Buffer.from('broken') }
    expect(await cleanOffice(pack(parts))).toEqual(held('cannot-clean'))
  })

  it('a part that we do not know, and a ZIP that is no office file', async () => {
    const parts = { ...(await docxParts()), 'word/strange.xml': xml(`<a>${canary}</a>`) }
    expect(await cleanOffice(pack(parts))).toEqual(held('cannot-clean'))
    expect(await cleanOffice(pack({ 'a.txt': Buffer.from('hello') }))).toEqual(held('archive'))
  })
})
