import type { AreaTree } from '../areas/area-tree.ts'
import { type Problem, readTable, type TableProblemCode, type TableRow } from '../lib/read-table.ts'
import { findPlaces } from './find-place.ts'
import { type DayProblem, parseElectionDay } from './parse-day.ts'
import type { DayChange } from './plan-days.ts'

const required = ['place', 'day'] as const
type Column = (typeof required)[number]

export type CalendarProblemCode =
  | TableProblemCode
  | `election-${DayProblem}`
  | 'empty-place'
  | 'unknown-place'
  | 'which-place'
  | 'double-place'
export type CalendarProblem = Problem<CalendarProblemCode>
type Read = { line: number; change: DayChange } | { problem: CalendarProblem }

/** How many places that a name may mean are worth printing. */
const shownPlaces = 4

/**
 * Reads a file of election days: a place by code or path, and its day; an empty day takes the own day away. One problem,
 * and there are no changes: half a calendar sends reminders on wrong days.
 */
export function parseCalendar(
  bytes: Uint8Array,
  { tree, today }: { tree: AreaTree; today: string },
): { changes: DayChange[]; problems: CalendarProblem[] } {
  const { table, problems } = readTable<Column>(bytes, { required, optional: [] })
  if (!table) return { changes: [], problems }
  if (table.rows.length === 0)
    return { changes: [], problems: [{ line: 1, code: 'empty-file', params: {} }] }
  const read = table.rows.map((row) => readRow(row, tree, today))
  const found = read.flatMap((row) => ('problem' in row ? [row.problem] : []))
  const changes = read.flatMap((row) => ('change' in row ? [row] : []))
  const all = [...found, ...findDoubles(changes, tree)].sort((a, b) => a.line - b.line)
  return all.length > 0
    ? { changes: [], problems: all }
    : { changes: changes.map(({ change }) => change), problems: [] }
}

function readRow({ line, cells }: TableRow<Column>, tree: AreaTree, today: string): Read {
  const refuse = (code: CalendarProblemCode, params: Problem['params'] = {}) => ({
    problem: { line, code, params },
  })
  if (cells.place === '') return refuse('empty-place')
  const [area, ...others] = findPlaces(tree, cells.place)
  if (!area) return refuse('unknown-place', { place: cells.place })
  if (others.length > 0) {
    const listed = [area, ...others].slice(0, shownPlaces)
    const places = listed.map(({ id, code }) => `${code} ${tree.path(id)}`).join('; ')
    return refuse('which-place', { place: cells.place, count: others.length + 1, places })
  }
  if (cells.day === '') return { line, change: { areaId: area.id, day: null } }
  const parsed = parseElectionDay(cells.day, today)
  if ('day' in parsed) return { line, change: { areaId: area.id, day: parsed.day } }
  // A calendar that is imported again after the first elections says again what is already there.
  if (parsed.problem === 'past' && area.electionDay === cells.day)
    return { line, change: { areaId: area.id, day: cells.day } }
  return refuse(`election-${parsed.problem}`, { value: cells.day })
}

function findDoubles(
  rows: readonly { line: number; change: DayChange }[],
  tree: AreaTree,
): CalendarProblem[] {
  const first = new Map<number, number>()
  return rows.flatMap(({ line, change: { areaId } }) => {
    const before = first.get(areaId)
    if (before === undefined) first.set(areaId, line)
    return before === undefined
      ? []
      : [
          {
            line,
            code: 'double-place' as const,
            params: { place: tree.path(areaId), first: before },
          },
        ]
  })
}
