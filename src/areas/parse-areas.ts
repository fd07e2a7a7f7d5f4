import { type Problem, readTable, type TableProblemCode, type TableRow } from '../lib/read-table.ts'
import { type AreaLevel, areaLevels, type RiskClass, riskClasses } from './area.ts'
import { checkTree, type TreeProblemCode } from './check-tree.ts'

const required = ['code', 'name', 'level', 'parentCode'] as const
const optional = ['riskClass', 'electionDay', 'aliases'] as const
type Column = (typeof required)[number] | (typeof optional)[number]

export type AreaProblemCode =
  | TableProblemCode
  | TreeProblemCode
  | 'bad-code'
  | 'empty-name'
  | 'bad-level'
  | 'bad-risk-class'
  | 'bad-day'
export type AreaProblem = Problem<AreaProblemCode>

/** One place of the file. Undefined: the file has no such column, what is known stays as it is. */
export type AreaRow = {
  line: number
  code: string
  name: string
  level: AreaLevel
  parentCode: string | null
  riskClass: RiskClass | null | undefined
  electionDay: string | null | undefined
  aliases: string[] | undefined
}
export type ParsedAreas = { rows: AreaRow[]; problems: AreaProblem[] }

/** Reads a directory file. With a single problem there are no rows: half a directory is worse than the old one. */
export function parseAreas(bytes: Uint8Array): ParsedAreas {
  const { table, problems } = readTable<Column>(bytes, { required, optional })
  if (!table) return { rows: [], problems }
  if (table.rows.length === 0)
    return { rows: [], problems: [{ line: 1, code: 'empty-file', params: {} }] }
  const inCells = table.rows.flatMap(checkCells)
  if (inCells.length > 0) return { rows: [], problems: inCells }
  const rows = table.rows.map((row) => toAreaRow(row, table.has))
  const inTree = checkTree(rows)
  return inTree.length > 0 ? { rows: [], problems: inTree } : { rows, problems: [] }
}

function checkCells({ line, cells }: TableRow<Column>): AreaProblem[] {
  const { code, level, riskClass, electionDay } = cells
  const bad: [boolean, AreaProblemCode, Record<string, string>][] = [
    // A spreadsheet turns the code into 3.308E+11 and drops nothing else, so the form alone finds it.
    [!/^\d{12}$/.test(code), 'bad-code', { value: code }],
    [cells.name === '', 'empty-name', { code }],
    [!isOneOf(areaLevels, level), 'bad-level', { value: level, expected: areaLevels.join(', ') }],
    [
      riskClass !== '' && !isOneOf(riskClasses, riskClass),
      'bad-risk-class',
      { value: riskClass, expected: riskClasses.join(', ') },
    ],
    [electionDay !== '' && !isDay(electionDay), 'bad-day', { value: electionDay }],
  ]
  return bad
    .filter(([holds]) => holds)
    .map(([, problem, params]) => ({ line, code: problem, params }))
}

function toAreaRow({ line, cells }: TableRow<Column>, has: (column: Column) => boolean): AreaRow {
  const { code, name, level, parentCode, riskClass, electionDay, aliases } = cells
  return {
    line,
    code,
    name,
    level: level as AreaLevel,
    parentCode: parentCode || null,
    riskClass: has('riskClass') ? ((riskClass || null) as RiskClass | null) : undefined,
    electionDay: has('electionDay') ? electionDay || null : undefined,
    aliases: has('aliases') ? splitAliases(aliases) : undefined,
  }
}

function splitAliases(text: string): string[] {
  const aliases = text.split(/[|、]/u).map((alias) => alias.trim())
  return [...new Set(aliases.filter((alias) => alias !== ''))]
}

function isOneOf(values: readonly string[], value: string): boolean {
  return values.includes(value)
}

/** 2017-02-30 has the right form and is no day. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
