import { type PDFContext, PDFDict, PDFName, type PDFObject, PDFStream } from '@cantoo/pdf-lib'

/** What is drawn on the page, or noted at it. Attached files, sounds, films and links are not. */
const shownTypes = new Set([
  ...['Text', 'FreeText', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Highlight'],
  ...['Underline', 'Squiggly', 'StrikeOut', 'Stamp', 'Caret', 'Ink', 'Widget'],
])
/** Place, look and words; not who, when, or what it answers. */
const shownKeys = [
  ...[
    'Type',
    'Subtype',
    'Rect',
    'AP',
    'AS',
    'F',
    'C',
    'IC',
    'CA',
    'Border',
    'BS',
    'BE',
    'Contents',
  ],
  ...['QuadPoints', 'InkList', 'L', 'LE', 'Vertices', 'RD', 'DA', 'Q', 'Name'],
]

/** A note or a drawing without its writer; a field of a form as the picture that it is. Null: it does not stay. */
export function readAnnotation(context: PDFContext, object: PDFObject): PDFDict | null {
  const found = context.lookup(object)
  if (!(found instanceof PDFDict)) return null
  const subtype = found.lookup(PDFName.of('Subtype'))
  if (!(subtype instanceof PDFName) || !shownTypes.has(subtype.decodeText())) return null
  const note = found.clone(context)
  if (subtype.decodeText() === 'Widget') {
    // Without its form a field would not be shown; as a stamp its picture is.
    if (!drawNormalState(context, note)) return null
    note.set(PDFName.of('Subtype'), PDFName.of('Stamp'))
  }
  keepOnly(note, shownKeys)
  return note
}

/** A box has a picture for each of its states: keeps the one that is shown. False when it shows nothing. */
function drawNormalState(context: PDFContext, widget: PDFDict): boolean {
  const looks = widget.lookup(PDFName.of('AP'))
  const normal = looks instanceof PDFDict ? looks.lookup(PDFName.of('N')) : undefined
  const state = widget.lookup(PDFName.of('AS'))
  const shown =
    normal instanceof PDFDict && state instanceof PDFName
      ? normal.get(state)
      : normal && looks instanceof PDFDict
        ? looks.get(PDFName.of('N'))
        : undefined
  if (!shown || !(context.lookup(shown) instanceof PDFStream)) return false
  widget.set(PDFName.of('AP'), context.obj({ N: shown }))
  widget.delete(PDFName.of('AS'))
  return true
}

export function keepOnly(dict: PDFDict, keys: readonly string[]): void {
  const kept = new Set(keys.map((key) => PDFName.of(key)))
  for (const key of dict.keys()) if (!kept.has(key)) dict.delete(key)
}
