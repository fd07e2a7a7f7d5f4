import { type Problem, readTable, type TableProblemCode, type TableRow } from '../lib/read-table.ts'
import { type ContentKind, contentKinds, type Quiz } from './content.ts'
import { readDay } from './read-days.ts'

const required = ['code', 'kind', 'title', 'body', 'source'] as const
const optional = [
  ...(['series', 'seriesName', 'place', 'titleEn', 'bodyEn'] as const),
  ...(['sourceUrl', 'issuedOn', 'validFrom', 'validUntil'] as const),
  ...(['question', 'options', 'right', 'explanation'] as const),
  ...(['questionEn', 'optionsEn', 'explanationEn'] as const),
] as const
export type ContentColumn = (typeof required)[number] | (typeof optional)[number]
type Cells = Record<ContentColumn, string>

export type ContentProblemCode =
  | TableProblemCode
  | 'huge-file'
  | 'many-rows'
  | 'bad-code'
  | 'double-code'
  | 'bad-kind'
  | 'no-words'
  | 'bad-place'
  | 'place-without-series'
  | 'bad-address'
  | 'bad-day'
  | 'ends-before'
  | 'half-question'
  | 'bad-options'
  | 'bad-right'
  // What the library says to it: see `planContentImport`.
  | 'no-series-name'
  | 'other-kind'
  | 'other-place'
  | 'place-taken'
  | 'of-a-campaign'
  | 'somebody-writes'
export type ContentTableProblem = Problem<ContentProblemCode>

type Said = { title: string; body: string }
export type ContentRow = {
  line: number
  code: string
  kind: ContentKind
  /** Null: in no set. */
  series: { code: string; name: string } | null
  /** Null: where there is room. */
  place: number | null
  text: Said
  source: string
  // Undefined: the file has no such column, and what is known stays. Null: there is none.
  english: Said | null | undefined
  quiz: Quiz | null | undefined
  englishQuiz: Quiz | null | undefined
  sourceUrl: string | undefined
  issuedOn: string | null | undefined
  validFrom: string | null | undefined
  validUntil: string | null | undefined
}

/** As people write them, and as the library shows them. */
const kindsByWord: Record<string, ContentKind> = {
  ...Object.fromEntries(contentKinds.map((kind) => [kind, kind])),
  ...{ 纪律: 'reminder', 案例: 'case', 典型案例: 'case', 政策: 'policy', 通知: 'notice' },
}
const days = ['issuedOn', 'validFrom', 'validUntil'] as const
const questions = ['question', 'options', 'right', 'explanation'] as const
const englishQuestions = ['questionEn', 'optionsEn', 'explanationEn'] as const
export const importMaxBytes = 5 * 1024 * 1024
/** All are written in one transaction, for which everybody else may have to wait some seconds. */
const maxRows = 1_000

/** Reads a CSV file or an Excel workbook of content. With a single problem there are no rows. Pure. */
export function parseContentTable(bytes: Uint8Array): {
  rows: ContentRow[]
  problems: ContentTableProblem[]
} {
  if (bytes.length > importMaxBytes)
    return { rows: [], problems: [{ line: 1, code: 'huge-file', params: {} }] }
  const { table, problems } = readTable<ContentColumn>(bytes, { required, optional })
  if (!table) return { rows: [], problems }
  if (table.rows.length === 0)
    return { rows: [], problems: [{ line: 1, code: 'empty-file', params: {} }] }
  const count = table.rows.length
  if (count > maxRows)
    return {
      rows: [],
      problems: [{ line: 1, code: 'many-rows', params: { found: count, limit: maxRows } }],
    }
  const lines = new Map<string, number>()
  const found = table.rows.flatMap((row) => {
    const first = lines.get(row.cells.code)
    if (first === undefined) lines.set(row.cells.code, row.line)
    return checkRow(row, first)
  })
  if (found.length > 0) return { rows: [], problems: found }
  return { rows: table.rows.map((row) => toRow(row, table.has)), problems: [] }
}

function checkRow(
  { line, cells }: TableRow<ContentColumn>,
  first: number | undefined,
): ContentTableProblem[] {
  const { code, kind, place, series, sourceUrl, validFrom, validUntil } = cells
  const bad: [boolean, ContentProblemCode, ContentTableProblem['params']][] = [
    [!/^[\p{L}\d][\p{L}\d_-]{0,63}$/u.test(code), 'bad-code', { value: code }],
    [first !== undefined && code !== '', 'double-code', { code, first: first ?? 0 }],
    [!(kind in kindsByWord), 'bad-kind', { value: kind }],
    [cells.title === '' && cells.body === '', 'no-words', { code }],
    [place !== '' && !/^[1-9]\d{0,3}$/.test(place), 'bad-place', { value: place }],
    [place !== '' && series === '', 'place-without-series', { code }],
    [sourceUrl !== '' && !/^https?:\/\/\S+$/.test(sourceUrl), 'bad-address', { value: sourceUrl }],
    ...days.map((column): [boolean, ContentProblemCode, ContentTableProblem['params']] => [
      cells[column] !== '' && readDay(cells[column]) === null,
      'bad-day',
      { column, value: cells[column] },
    ]),
    [
      validFrom !== '' &&
        validUntil !== '' &&
        (readDay(validFrom) ?? '') > (readDay(validUntil) ?? '~'),
      'ends-before',
      { from: validFrom, until: validUntil },
    ],
  ]
  const problems = bad
    .filter(([holds]) => holds)
    .map(([, about, params]): ContentTableProblem => ({ line, code: about, params }))
  return [...problems, ...checkQuestion(line, cells)]
}

function checkQuestion(line: number, cells: Cells): ContentTableProblem[] {
  const problem = (code: ContentProblemCode, params: ContentTableProblem['params']) => [
    { line, code, params },
  ]
  const missing = findHalf(cells, questions)
  const missingEnglish = findHalf(cells, englishQuestions)
  if (missing || missingEnglish)
    return problem('half-question', { column: missing ?? missingEnglish ?? '' })
  if (cells.question === '') {
    return cells.questionEn === '' ? [] : problem('half-question', { column: 'question' })
  }
  const options = splitOptions(cells.options)
  if (!isFit(options)) return problem('bad-options', { column: 'options', found: options.length })
  if (!/^[1-4]$/.test(cells.right) || Number(cells.right) > options.length)
    return problem('bad-right', { value: cells.right, count: options.length })
  const english = splitOptions(cells.optionsEn)
  return cells.questionEn !== '' && english.length !== options.length
    ? problem('bad-options', { column: 'optionsEn', found: english.length })
    : []
}

/** The first column that is empty while another of them is not. */
function findHalf(cells: Cells, columns: readonly ContentColumn[]): ContentColumn | undefined {
  const isAsked = columns.some((column) => cells[column] !== '')
  return isAsked ? columns.find((column) => cells[column] === '') : undefined
}

function toRow({ line, cells }: TableRow<ContentColumn>, has: (column: ContentColumn) => boolean) {
  const { code, kind, series, seriesName, place, title, body, titleEn, bodyEn, source } = cells
  const day = (column: (typeof days)[number]) => (has(column) ? readDay(cells[column]) : undefined)
  const hasEnglish = has('titleEn') || has('bodyEn')
  const right = Number(cells.right) - 1
  const toQuiz = (question: string, options: string, explanation: string): Quiz | null =>
    question === '' ? null : { question, options: splitOptions(options), right, explanation }
  const row: ContentRow = {
    ...{ line, code, source },
    kind: kindsByWord[kind] ?? 'reminder',
    series: series === '' ? null : { code: series, name: seriesName },
    place: place === '' ? null : Number(place),
    text: { title, body },
    english: !hasEnglish
      ? undefined
      : titleEn + bodyEn === ''
        ? null
        : { title: titleEn, body: bodyEn },
    quiz: has('question') ? toQuiz(cells.question, cells.options, cells.explanation) : undefined,
    englishQuiz: has('questionEn')
      ? toQuiz(cells.questionEn, cells.optionsEn, cells.explanationEn)
      : undefined,
    sourceUrl: has('sourceUrl') ? cells.sourceUrl : undefined,
    issuedOn: day('issuedOn'),
    validFrom: day('validFrom'),
    validUntil: day('validUntil'),
  }
  return row
}

const isFit = ({ length }: readonly string[]) => length >= 2 && length <= 4

function splitOptions(text: string): string[] {
  const parts = text.split(/[|｜]/u).map((part) => part.trim())
  return parts.filter((part) => part !== '')
}
