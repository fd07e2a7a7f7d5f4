import { inflateSync } from 'node:zlib'
import { PDFArray, type PDFDict, PDFName, PDFNumber, PDFRawStream } from '@cantoo/pdf-lib'
import { stripJpeg } from './strip-jpeg.ts'

export class UncleanPdfError extends Error {}

const maxJpegBytes = 40 * 1024 * 1024
const flate = new Set(['FlateDecode', 'Fl'])
const jpeg = new Set(['DCTDecode', 'DCT'])
/** JPEG 2000 has boxes for anything. */
const unclean = new Set(['JPXDecode', 'Crypt'])

/** The same stream; a JPEG in it without its notes. @throws UncleanPdfError when it may carry what we cannot see. */
export function cleanPdfStream(stream: PDFRawStream): PDFRawStream {
  const { dict } = stream
  if (dict.has(PDFName.of('F'))) throw new UncleanPdfError('The data is in another file')
  const type = nameOf(dict.lookup(PDFName.of('Type')))
  if (type === 'EmbeddedFile' || type === 'Metadata') throw new UncleanPdfError('An attached file')
  const filters = listFilters(dict)
  if (filters.some((filter) => unclean.has(filter))) throw new UncleanPdfError('JPEG 2000')
  if (!filters.some((filter) => jpeg.has(filter))) return stream
  const packed = unpackTo(filters, stream.contents)
  const stripped = stripJpeg(packed)
  if (!stripped) throw new UncleanPdfError('A broken JPEG')
  dict.set(PDFName.of('Filter'), PDFName.of('DCTDecode'))
  const parameters = dict.lookup(PDFName.of('DecodeParms'))
  if (parameters instanceof PDFArray || filters.length > 1) dict.delete(PDFName.of('DecodeParms'))
  dict.set(PDFName.of('Length'), PDFNumber.of(stripped.length))
  return PDFRawStream.of(dict, stripped)
}

/** A JPEG is the last filter; only deflate may be around it. */
function unpackTo(filters: readonly string[], contents: Uint8Array): Uint8Array {
  let bytes = contents
  for (const filter of filters) {
    if (jpeg.has(filter)) return bytes
    if (!flate.has(filter)) break
    bytes = inflateSync(bytes, { maxOutputLength: maxJpegBytes })
  }
  throw new UncleanPdfError('A JPEG behind another filter')
}

function listFilters(dict: PDFDict): string[] {
  const filter = dict.lookup(PDFName.of('Filter'))
  if (filter instanceof PDFArray)
    return filter.asArray().map((one) => nameOf(dict.context.lookup(one)) ?? '')
  const name = nameOf(filter)
  return name === null ? [] : [name]
}

function nameOf(object: unknown): string | null {
  return object instanceof PDFName ? object.decodeText() : null
}
