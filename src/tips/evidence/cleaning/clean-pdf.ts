import {
  EncryptedPDFError,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRawStream,
} from '@cantoo/pdf-lib'
import { type CleanOutcome, heldBack, refused } from '../evidence.ts'
import { keepOnly, readAnnotation } from './pdf-annotations.ts'
import { cleanPdfStream, UncleanPdfError } from './pdf-streams.ts'

const maxPages = 2_000

/** What a page consists of for a reader's eye. */
const pageKeys = [
  'Type',
  'Resources',
  'MediaBox',
  'CropBox',
  'Rotate',
  'Contents',
  'UserUnit',
  'Group',
]
/** Who, when, with what; what runs or opens by itself; what hangs on behind what is shown. */
const droppedKeys = [
  ...['Metadata', 'PieceInfo', 'LastModified', 'AF', 'AA', 'OpenAction', 'JS', 'JavaScript', 'EF'],
  ...['Thumb', 'StructParent', 'StructParents', 'OPI', 'Usage', 'Author', 'Creator', 'Producer'],
]
/** Lists of names that the document chose: what stands there under /AA is a font, and no action. */
const nameLists = ['Font', 'XObject', 'ExtGState', 'ColorSpace', 'Pattern', 'Shading', 'Properties']

/**
 * The pages in a new document. Whatever no page shows stays behind: properties, XMP, earlier versions, attached files,
 * scripts, forms, bookmarks. Pictures lose their notes.
 */
export async function cleanPdf(bytes: Uint8Array): Promise<CleanOutcome> {
  try {
    const source = await PDFDocument.load(bytes, {
      updateMetadata: false,
      throwOnInvalidObject: false,
    })
    if (source.isEncrypted) return heldBack('encrypted')
    if (source.getPageCount() === 0) return refused('unreadable')
    if (source.getPageCount() > maxPages) return heldBack('too-complex')
    sweepAll(source)
    for (const page of source.getPages()) barePage(source, page.node)
    const target = await PDFDocument.create({ updateMetadata: false })
    for (const page of await target.copyPages(source, source.getPageIndices())) target.addPage(page)
    for (const [reference, object] of target.context.enumerateIndirectObjects())
      if (object instanceof PDFRawStream) target.context.assign(reference, cleanPdfStream(object))
    const saved = await target.save({ updateFieldAppearances: false, addDefaultPage: false })
    return { ok: true, kind: 'document', extension: 'pdf', bytes: saved }
  } catch (error) {
    if (error instanceof EncryptedPDFError) return heldBack('encrypted')
    if (error instanceof UncleanPdfError) return heldBack('cannot-clean')
    return refused('unreadable')
  }
}

type PageNode = ReturnType<PDFDocument['getPages']>[number]['node']

/** Before copying: what hangs on a page is copied with it. */
function barePage(source: PDFDocument, node: PageNode): void {
  node.normalizedEntries()
  const annotations = node.Annots()?.asArray() ?? []
  const shown = annotations.flatMap((one) => readAnnotation(source.context, one) ?? [])
  // Resources and sizes may be inherited from above; the copier looks there.
  keepOnly(node, [...pageKeys, 'Parent'])
  if (shown.length > 0) node.set(PDFName.of('Annots'), source.context.obj(shown))
}

const maxDepth = 100

/** Before copying, so that what hung on a key is not copied either. */
function sweepAll({ context }: PDFDocument): void {
  const objects = context.enumerateIndirectObjects().map(([, object]) => object)
  const lists = new Set(objects.flatMap((object) => findNameLists(object, 0)))
  for (const object of objects) sweep(object, lists, 0)
}

function findNameLists(object: unknown, depth: number): PDFDict[] {
  if (depth > maxDepth) throw new RangeError('Nested too deep')
  const dict = dictOf(object)
  const resources = dict?.lookup(PDFName.of('Resources'))
  const here = resources instanceof PDFDict ? [resources] : []
  const lists = here.flatMap((found) =>
    nameLists.flatMap((name) => {
      const list = found.lookup(PDFName.of(name))
      return list instanceof PDFDict ? [list] : []
    }),
  )
  return [...lists, ...partsOf(object).flatMap((part) => findNameLists(part, depth + 1))]
}

/** Removes the keys everywhere in an object, however deep, but for lists of chosen names. */
function sweep(object: unknown, lists: ReadonlySet<PDFDict>, depth: number): void {
  if (depth > maxDepth) throw new RangeError('Nested too deep')
  const dict = dictOf(object)
  if (dict && !lists.has(dict)) for (const key of droppedKeys) dict.delete(PDFName.of(key))
  for (const part of partsOf(object)) sweep(part, lists, depth + 1)
}

function dictOf(object: unknown): PDFDict | null {
  if (object instanceof PDFRawStream) return object.dict
  return object instanceof PDFDict ? object : null
}

/** What stands in it directly; what it refers to is an object of its own. */
function partsOf(object: unknown): PDFObject[] {
  if (object instanceof PDFArray) return object.asArray()
  return dictOf(object)?.values() ?? []
}
