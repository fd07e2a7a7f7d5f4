import { posix } from 'node:path'
import type { Problem, TableProblemCode } from './table-problem.ts'
import { unpackZip } from './unpack-zip.ts'
import { isDayFormat, toDay } from './xlsx-days.ts'
import { readXml, type XmlElement } from './xlsx-xml.ts'

/** Parts of a workbook that are read. Thousands of rows stay far below. */
const maxPartBytes = 20 * 1024 * 1024
const maxColumns = 100
const readParts = /^xl\/(workbook|sharedStrings|styles)\.xml$|^xl\/worksheets\/|^xl\/_rels\//

/** Cells are trimmed. */
export type Line = { line: number; cells: string[] }

export type LinesResult =
  | { lines: Line[]; problems: [] }
  | { lines: null; problems: Problem<TableProblemCode>[] }

/**
 * The first sheet of an Excel workbook (ECMA-376, part 1, chapter 18) as lines of text: days as YYYY-MM-DD, numbers as they
 * are counted, formulas by their result. Lines keep the number that Excel shows; those with nothing in them are left out. A
 * file from a stranger is taken apart by the rules of `unpackZip` and `readXml`.
 */
export function readXlsxLines(bytes: Uint8Array): LinesResult {
  const unpacked = unpackZip(bytes, (path) => readParts.test(path))
  if (!unpacked.ok) return refuse(unpacked.why === 'bomb' ? 'huge-xlsx' : 'broken-xlsx')
  const { parts } = unpacked
  if ([...parts.values()].some(({ length }) => length > maxPartBytes)) return refuse('huge-xlsx')
  try {
    return readParsed(parts)
  } catch {
    // XML that is broken or tricks its reader.
    return refuse('broken-xlsx')
  }
}

type Parts = ReadonlyMap<string, Uint8Array>

function readParsed(parts: Parts): LinesResult {
  const workbook = readWorkbook(parts)
  const sheet = workbook && parts.get(workbook.sheet)
  if (!sheet) return refuse('broken-xlsx')
  const book = {
    strings: readStrings(parts.get('xl/sharedStrings.xml')),
    dayStyles: readDayStyles(parts.get('xl/styles.xml')),
    is1904: workbook.is1904,
  }
  const lines: Line[] = []
  const problems: Problem<TableProblemCode>[] = []
  let line = 0
  let cells: string[] = []
  let column = 0
  readXml(sheet, ['row', 'c'], {
    opened: ({ name, attributes }) => {
      if (name !== 'row') return
      line = attributes.r === undefined ? line + 1 : Number(attributes.r)
      cells = []
      column = 0
    },
    closed: (element) => {
      if (element.name === 'row') {
        // Excel keeps no cell that is empty: every line is to be as long as the first.
        const width = Math.max(cells.length, lines[0]?.cells.length ?? 0)
        const whole = Array.from({ length: width }, (_, at) => cells[at] ?? '')
        if (lines.length === 0) while (whole.at(-1) === '') whole.pop()
        if (whole.some((cell) => cell !== '')) lines.push({ line, cells: whole })
        return
      }
      const text = readCell(element, book)
      const at = columnOf(element.attributes.r) ?? column
      column = at + 1
      if (text === '') return
      if (at >= maxColumns) problems.push({ line, code: 'huge-xlsx', params: {} })
      else if (text === null)
        problems.push({ line, code: 'cell-error', params: { cell: element.attributes.r ?? '' } })
      else cells[at] = text
    },
  })
  if (problems.length > 0) return { lines: null, problems }
  return { lines, problems: [] }
}

function readWorkbook(parts: Parts): { sheet: string; is1904: boolean } | null {
  const [book, relations] = [parts.get('xl/workbook.xml'), parts.get('xl/_rels/workbook.xml.rels')]
  if (!book || !relations) return null
  let id: string | undefined
  let is1904 = false
  readXml(book, ['sheet', 'workbookPr'], {
    closed: ({ name, attributes }) => {
      if (name === 'sheet') id ??= attributes.id
      else is1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
    },
  })
  let sheet: string | null = null
  readXml(relations, ['Relationship'], {
    closed: ({ attributes: { Id, Target = '' } }) => {
      if (Id !== id) return
      sheet = Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target)
    },
  })
  return sheet === null ? null : { sheet, is1904 }
}

function readStrings(bytes: Uint8Array | undefined): string[] {
  const strings: string[] = []
  if (bytes) readXml(bytes, ['si'], { closed: ({ words }) => strings.push(words) })
  return strings
}

/** By the number of the style: whether a number in it is a day. */
function readDayStyles(bytes: Uint8Array | undefined): boolean[] {
  const formats = new Map<string, string>()
  const styles: boolean[] = []
  if (!bytes) return styles
  let isCells = false
  readXml(bytes, ['numFmt', 'cellXfs', 'xf'], {
    opened: ({ name }) => {
      if (name === 'cellXfs') isCells = true
    },
    closed: ({ name, attributes: { numFmtId = '', formatCode = '' } }) => {
      if (name === 'numFmt') formats.set(numFmtId, formatCode)
      else if (name === 'cellXfs') isCells = false
      else if (isCells) styles.push(isDayFormat(Number(numFmtId), formats.get(numFmtId)))
    },
  })
  return styles
}

type Book = { strings: readonly string[]; dayStyles: readonly boolean[]; is1904: boolean }

/** Null: Excel could not work it out (#REF!). */
function readCell({ attributes, words, value }: XmlElement, book: Book): string | null {
  switch (attributes.t) {
    case 'e':
      return null
    case 's':
      return (book.strings[Number(value)] ?? '').trim()
    case 'inlineStr':
      return words.trim()
    case undefined:
    case 'n': {
      const number = Number(value)
      if (value.trim() === '' || !Number.isFinite(number)) return value.trim()
      return book.dayStyles[Number(attributes.s ?? 0)] ? toDay(number, book.is1904) : String(number)
    }
    default:
      // A formula's text, a truth value, or a day as ISO 8601 writes it.
      return attributes.t === 'd' ? value.slice(0, 10) : value.trim()
  }
}

/** 0 for A1, 27 for AB7. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function refuse(code: TableProblemCode): LinesResult {
  return { lines: null, problems: [{ line: 1, code, params: {} }] }
}
