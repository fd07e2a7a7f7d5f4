import { CsvError, type Info, parse } from 'csv-parse/sync'
import { decodeUtf8, isZip } from './decode-utf8.ts'
import type { Problem, TableProblemCode } from './table-problem.ts'
import { type Line, type LinesResult, readXlsxLines } from './xlsx-lines.ts'

export type { Problem, TableProblemCode }

export type TableRow<Column extends string> = {
  line: number
  /** Trimmed; empty for an optional column that the file does not have. */
  cells: Record<Column, string>
}
type Table<Column extends string> = {
  rows: TableRow<Column>[]
  has: (column: Column) => boolean
}
export type TableResult<Column extends string> =
  | { table: Table<Column>; problems: [] }
  | { table: null; problems: Problem<TableProblemCode>[] }

/**
 * Reads a table with a header line: a CSV file in UTF-8, or the first sheet of an Excel workbook, whichever the bytes are. Strict:
 * nothing is guessed and no row is left out, because the file may replace what is there.
 */
export function readTable<Column extends string>(
  bytes: Uint8Array,
  columns: { required: readonly Column[]; optional: readonly Column[] },
): TableResult<Column> {
  const { lines, problems } = isZip(bytes) ? readXlsxLines(bytes) : readCsvLines(bytes)
  return lines ? toTable(lines, columns) : { table: null, problems }
}

function toTable<Column extends string>(
  lines: readonly Line[],
  columns: { required: readonly Column[]; optional: readonly Column[] },
): TableResult<Column> {
  const [header, ...body] = lines
  if (!header) return { table: null, problems: [{ line: 1, code: 'empty-file', params: {} }] }

  const problems = [...checkHeader(header.cells, columns), ...checkCellCounts(header.cells, body)]
  if (problems.length > 0) return { table: null, problems }
  const all = [...columns.required, ...columns.optional]
  const rows = body.map(({ line, cells }) => {
    const entries = all.map((column) => [column, cells[header.cells.indexOf(column)] ?? ''])
    return { line, cells: Object.fromEntries(entries) as Record<Column, string> }
  })
  return { table: { rows, has: (column) => header.cells.includes(column) }, problems: [] }
}

function readCsvLines(bytes: Uint8Array): LinesResult {
  const decoded = decodeUtf8(bytes)
  if ('problem' in decoded) return { lines: null, problems: [decoded.problem] }
  try {
    const records = parse(decoded.text, {
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
    }) as unknown as { record: string[]; info: Info }[]
    const lines = records.map(({ record, info }) => ({
      line: info.lines,
      cells: record.map((cell) => cell.trim()),
    }))
    return { lines: lines.filter(({ cells }) => cells.some((cell) => cell !== '')), problems: [] }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    return { lines: null, problems: [{ line, code: 'broken-csv', params: {} }] }
  }
}

function checkHeader(
  header: readonly string[],
  columns: { required: readonly string[]; optional: readonly string[] },
): Problem<TableProblemCode>[] {
  const known = [...columns.required, ...columns.optional]
  const about = (code: TableProblemCode, names: readonly string[]) =>
    names.map((column) => ({ line: 1, code, params: { column, expected: known.join(', ') } }))
  const missing = columns.required.filter((column) => !header.includes(column))
  const unknown = header.filter((column) => !known.includes(column))
  const double = header.filter((column, at) => header.indexOf(column) !== at)
  return [
    ...about('missing-column', missing),
    ...about('unknown-column', unknown),
    ...about('double-column', double),
  ]
}

function checkCellCounts(header: readonly string[], body: readonly Line[]) {
  return body
    .filter(({ cells }) => cells.length !== header.length)
    .map(
      ({ line, cells }): Problem<TableProblemCode> => ({
        line,
        code: 'cell-count',
        params: { found: cells.length, expected: header.length },
      }),
    )
}
