import type { Group, SupervisorState } from './group.ts'
import type { GroupRow } from './parse-groups.ts'
import type { RosterEntry } from './parse-roster.ts'

export type KnownGroup = Pick<
  Group,
  'id' | 'code' | 'name' | 'kind' | 'level' | 'description' | 'categories' | 'areaIds' | 'retiredAt'
> & { roster: (RosterEntry & { id: number; state: SupervisorState })[] }

type Place = { code: string; name: string }
type Person = { group: string; name: string }
/** What an import of groups did. Persons are listed once per group. */
export type GroupSummary = {
  created: Place[]
  changed: Place[]
  retired: Place[]
  joined: Person[]
  left: Person[]
  unchanged: number
}

/** What must become of one group of the file. `known` null: it is new. */
type GroupChange = {
  row: GroupRow
  known: KnownGroup | null
  territoryChanged: boolean
  join: RosterEntry[]
  retitle: { id: number; title: string }[]
  leave: { id: number; name: string }[]
}
export type GroupPlan = { changes: GroupChange[]; retire: KnownGroup[]; summary: GroupSummary }

/** Compares a file of groups with what is known, by the groups' codes and by the names on their rosters. Pure. */
export function planGroups(known: readonly KnownGroup[], rows: readonly GroupRow[]): GroupPlan {
  const byCode = new Map(known.map((group) => [group.code, group]))
  const codes = new Set(rows.map((row) => row.code))
  const changes = rows
    .map((row) => planRow(row, byCode.get(row.code) ?? null))
    .filter((change) => isChange(change))
  const retire = known.filter((group) => !codes.has(group.code) && group.retiredAt === null)
  return { changes, retire, summary: summarise(changes, retire, rows.length) }
}

function planRow(row: GroupRow, known: KnownGroup | null): GroupChange {
  const wanted = row.roster ?? known?.roster.filter(({ state }) => state !== 'left') ?? []
  const present = (known?.roster ?? []).filter(({ state }) => state !== 'left')
  const presentByName = new Map(present.map((person) => [person.name, person]))
  const names = new Set(wanted.map(({ name }) => name))
  return {
    row,
    known,
    territoryChanged: !known || !sameList(row.areaIds, known.areaIds),
    join: wanted.filter(({ name }) => !presentByName.has(name)),
    retitle: wanted.flatMap(({ name, title }) => {
      const person = presentByName.get(name)
      return person && person.title !== title ? [{ id: person.id, title }] : []
    }),
    leave: present.filter(({ name }) => !names.has(name)).map(({ id, name }) => ({ id, name })),
  }
}

function isChange({ row, known, territoryChanged, join, retitle, leave }: GroupChange): boolean {
  if (!known || known.retiredAt || territoryChanged) return true
  if (join.length + retitle.length + leave.length > 0) return true
  const { name, kind, level, description } = row
  const same =
    name === known.name &&
    kind === known.kind &&
    level === known.level &&
    description === known.description &&
    sameList(row.categories, known.categories)
  return !same
}

function summarise(
  changes: readonly GroupChange[],
  retire: readonly KnownGroup[],
  rowCount: number,
): GroupSummary {
  const place = ({ code, name }: Place) => ({ code, name })
  const persons = (pick: (change: GroupChange) => { name: string }[]) =>
    changes.flatMap((change) => pick(change).map(({ name }) => ({ group: change.row.code, name })))
  return {
    created: changes.filter(({ known }) => known === null).map(({ row }) => place(row)),
    changed: changes.filter(({ known }) => known !== null).map(({ row }) => place(row)),
    retired: retire.map(place),
    joined: persons(({ join }) => join),
    left: persons(({ leave }) => leave),
    unchanged: rowCount - changes.length,
  }
}

function sameList(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return [...a].sort().join('|') === [...b].sort().join('|')
}
