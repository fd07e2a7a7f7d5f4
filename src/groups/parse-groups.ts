import type { AreaTree } from '../areas/area-tree.ts'
import { type Problem, readTable, type TableProblemCode, type TableRow } from '../lib/read-table.ts'
import { type GroupKind, type GroupLevel, groupKinds, groupLevels } from './group.ts'
import { parseRoster, type RosterEntry } from './parse-roster.ts'

const required = ['code', 'name', 'kind', 'level', 'territory'] as const
const optional = ['categories', 'description', 'roster'] as const
type Column = (typeof required)[number] | (typeof optional)[number]

export type GroupProblemCode =
  | TableProblemCode
  | 'empty-code'
  | 'double-code'
  | 'empty-name'
  | 'bad-kind'
  | 'bad-level'
  | 'empty-territory'
  | 'unknown-area'
  | 'retired-area'
  | 'bad-category'
  | 'empty-roster-name'
  | 'double-roster-name'
export type GroupProblem = Problem<GroupProblemCode>

export type GroupRow = {
  code: string
  name: string
  kind: GroupKind
  level: GroupLevel
  areaIds: number[]
  categories: string[]
  description: string
  /** Undefined: the file has no such column, rosters stay as they are. */
  roster: RosterEntry[] | undefined
}

/** Reads a file of groups against the directory. With a single problem there are no rows. */
export function parseGroups(
  bytes: Uint8Array,
  tree: AreaTree,
): { rows: GroupRow[]; problems: GroupProblem[] } {
  const { table, problems } = readTable<Column>(bytes, { required, optional })
  if (!table) return { rows: [], problems }
  if (table.rows.length === 0)
    return { rows: [], problems: [{ line: 1, code: 'empty-file', params: {} }] }
  const lines = new Map<string, number>()
  const found = table.rows.flatMap((row) => {
    const first = lines.get(row.cells.code)
    if (first === undefined) lines.set(row.cells.code, row.line)
    return [...checkDouble(row, first), ...checkCells(row), ...checkLists(row, tree)]
  })
  if (found.length > 0) return { rows: [], problems: found }
  const hasRoster = table.has('roster')
  return { rows: table.rows.map((row) => toGroupRow(row, tree, hasRoster)), problems: [] }
}

function checkDouble({ line, cells }: TableRow<Column>, first: number | undefined): GroupProblem[] {
  if (first === undefined) return []
  return [{ line, code: 'double-code', params: { code: cells.code, first } }]
}

function checkCells({ line, cells }: TableRow<Column>): GroupProblem[] {
  const { code, name, kind, level } = cells
  const bad: [boolean, GroupProblemCode, Record<string, string>][] = [
    [code === '', 'empty-code', { name }],
    [name === '', 'empty-name', { code }],
    [!isOneOf(groupKinds, kind), 'bad-kind', { value: kind, expected: groupKinds.join(', ') }],
    [!isOneOf(groupLevels, level), 'bad-level', { value: level, expected: groupLevels.join(', ') }],
    [cells.territory === '', 'empty-territory', { code }],
  ]
  return bad.filter(([holds]) => holds).map(([, about, params]) => ({ line, code: about, params }))
}

function checkLists({ line, cells }: TableRow<Column>, tree: AreaTree): GroupProblem[] {
  const areas = splitList(cells.territory).flatMap((value): GroupProblem[] => {
    const area = tree.findByCode(value)
    if (!area) return [{ line, code: 'unknown-area', params: { value } }]
    return area.retiredAt
      ? [{ line, code: 'retired-area', params: { value, name: area.name } }]
      : []
  })
  const categories = splitList(cells.categories)
    .filter((value) => !/^[a-z][a-z0-9_-]*$/.test(value))
    .map((value): GroupProblem => ({ line, code: 'bad-category', params: { value } }))
  const roster = parseRoster(cells.roster)
  const names = roster.map(({ name }) => name)
  const nameless = roster
    .filter(({ name }) => name === '')
    .map(({ title }): GroupProblem => ({ line, code: 'empty-roster-name', params: { title } }))
  const double = names
    .filter((name, at) => name !== '' && names.indexOf(name) !== at)
    .map((name): GroupProblem => ({ line, code: 'double-roster-name', params: { name } }))
  return [...areas, ...categories, ...nameless, ...double]
}

function toGroupRow({ cells }: TableRow<Column>, tree: AreaTree, hasRoster: boolean): GroupRow {
  const ids = splitList(cells.territory).flatMap((code) => tree.findByCode(code)?.id ?? [])
  return {
    code: cells.code,
    name: cells.name,
    kind: cells.kind as GroupKind,
    level: cells.level as GroupLevel,
    areaIds: [...new Set(ids)].sort((a, b) => a - b),
    categories: [...new Set(splitList(cells.categories))],
    description: cells.description,
    roster: hasRoster ? parseRoster(cells.roster) : undefined,
  }
}

function splitList(text: string): string[] {
  const parts = text.split(/[|、]/u).map((part) => part.trim())
  return parts.filter((part) => part !== '')
}

function isOneOf(values: readonly string[], value: string): boolean {
  return values.includes(value)
}
