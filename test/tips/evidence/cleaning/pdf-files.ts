import {
  AFRelationship,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
  StandardFonts,
} from '@cantoo/pdf-lib'
import { phonePhoto } from '../images.ts'

/** A letter with its writer in every place that PDF knows, a script, an attached file, and a photo from a phone. */
export async function tellingPdf(): Promise<Buffer> {
  const document = await PDFDocument.create()
  const { context } = document
  document.setAuthor('CANARY-AUTHOR')
  document.setProducer('CANARY-PROGRAM')
  document.addJavaScript('CANARY-SCRIPT', 'app.alert("CANARY-SCRIPT")')
  await document.attach(Buffer.from('CANARY-ATTACHED'), 'CANARY-FILE.txt', {
    afRelationship: AFRelationship.Data,
  })
  const xmp = context.stream('<x:xmpmeta>CANARY-XMP</x:xmpmeta>', { Type: 'Metadata' })
  document.catalog.set(PDFName.of('Metadata'), context.register(xmp))
  const page = document.addPage([300, 300])
  page.drawText('two hundred per family', {
    font: await document.embedFont(StandardFonts.Helvetica),
    size: 12,
    x: 20,
    y: 200,
  })
  page.drawImage(await document.embedJpg(await phonePhoto()), { x: 20, y: 20 })
  page.node.set(PDFName.of('Metadata'), context.register(context.stream('CANARY-PAGE-XMP')))
  const own = context.obj({ CANARY: { Private: PDFString.of('CANARY-PIECE') } })
  page.node.set(PDFName.of('PieceInfo'), own)
  const action = { S: 'JavaScript', JS: PDFString.of('CANARY-OPEN') }
  page.node.set(PDFName.of('AA'), context.obj({ O: action }))
  const note = {
    Type: 'Annot',
    Subtype: 'Text',
    Rect: [10, 10, 30, 30],
    T: PDFHexString.fromText('CANARY-NOTED'),
    M: PDFString.of('D:CANARY'),
    Contents: PDFString.of('look here'),
  }
  const link = {
    Type: 'Annot',
    Subtype: 'Link',
    Rect: [10, 10, 30, 30],
    A: { S: 'URI', URI: PDFString.of('mailto:CANARY@example.org') },
  }
  page.node.set(
    PDFName.of('Annots'),
    context.obj([context.register(context.obj(note)), context.register(context.obj(link))]),
  )
  const field = document.getForm().createTextField('CANARY-FIELD')
  field.setText('Li Si')
  field.addToPage(page, { x: 100, y: 100, width: 80, height: 20 })
  return Buffer.from(await document.save({ useObjectStreams: false }))
}

/** A second version behind the first, as a program writes it that “only saves the changes”. */
export async function pdfWithHistory(): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.addPage([100, 100]).drawText('CANARY-DELETED')
  const before = Buffer.from(await document.save({ useObjectStreams: false }))
  const text = before.toString('latin1')
  const start = /startxref\s+(\d+)/.exec(text)?.[1] ?? ''
  const page = /(\d+) 0 obj\s*<<[^>]*\/Type \/Page\b/.exec(text)?.[1] ?? ''
  const pages = /(\d+) 0 obj\s*<<[^>]*\/Type \/Pages/.exec(text)?.[1] ?? ''
  const root = /\/Root (\d+)/.exec(text)?.[1] ?? ''
  const size = /\/Size (\d+)/.exec(text)?.[1] ?? ''
  const now = `${page} 0 obj\n<</Type /Page /Parent ${pages} 0 R /MediaBox [0 0 100 100]>>\nendobj\n`
  const at = before.length + 1
  const table = `xref\n${page} 1\n${String(at).padStart(10, '0')} 00000 n \n`
  const end = `trailer\n<</Size ${size} /Root ${root} 0 R /Prev ${start}>>\nstartxref\n${at + now.length}\n%%EOF\n`
  return Buffer.from(`${text}\n${now}${table}${end}`, 'latin1')
}

/** Objects by number, written as they are; the first is the catalog. */
export function rawPdf(...objects: string[]): Buffer {
  const parts = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`)
  return Buffer.from(
    `%PDF-1.7\n${parts.join('')}trailer\n<</Root 1 0 R /Size ${objects.length + 1}>>\n%%EOF\n`,
    'latin1',
  )
}
