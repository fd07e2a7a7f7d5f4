import { type Area, type AreaLevel, isLeaf } from './area.ts'
import { displayName, stemOf } from './area-name.ts'
import type { AreaRow } from './parse-areas.ts'

/** Which known place each row of a new edition is, by the row's code. A row that is missing here is a new place. */
export type AreaMatches = ReadonlyMap<string, Area>

/**
 * Recognises places that were recoded, renamed or moved, so that their ids (and with them subscribers and tips)
 * stay. From the city down, because a township that got another code is what its villages are known by. Per level,
 * each step sees only what the steps before it left over, and a name counts only where it is the only one of its
 * kind on both sides:
 *
 * 1. same code and name; also brings a retired place back
 * 2. same name under the same parent: recoded
 * 3. same stem under the same parent: 清湖镇 became 清湖街道, or a village became a community
 * 4. same code, other name: renamed
 * 5. same name in another township of the county: moved
 */
export function matchAreas(known: readonly Area[], rows: readonly AreaRow[]): AreaMatches {
  const matches = new Map<string, Area>()
  const taken = new Set<number>()
  const rowsByCode = new Map(rows.map((row) => [row.code, row]))
  const knownById = new Map(known.map((area) => [area.id, area]))

  const rowCounty = (row: AreaRow) => {
    const township = rowsByCode.get(row.parentCode ?? '')
    return matches.get(township?.parentCode ?? '')?.id
  }
  const areaCounty = (area: Area) => knownById.get(area.parentId ?? 0)?.parentId
  const rowParent = (row: AreaRow) =>
    row.parentCode === null ? null : matches.get(row.parentCode)?.id

  for (const levels of levelsTopDown) {
    const inLevel = (item: { level: AreaLevel }) => levels.includes(item.level)
    const join = (rowKey: (row: AreaRow) => Key, areaKey: (area: Area) => Key, from = isActive) => {
      const newRows = rows.filter((row) => inLevel(row) && !matches.has(row.code))
      const left = known.filter((area) => inLevel(area) && !taken.has(area.id) && from(area))
      for (const [row, area] of joinUnique(newRows, left, rowKey, areaKey)) {
        matches.set(row.code, area)
        taken.add(area.id)
      }
    }
    const nameOf = (place: AreaRow | Area) => `${place.level} ${displayName(place)}`
    const stem = (place: AreaRow | Area) => stemOf(displayName(place))

    join(
      (row) => [row.code, nameOf(row)],
      (area) => [area.code, nameOf(area)],
      () => true,
    )
    join(
      (row) => [rowParent(row), nameOf(row)],
      (area) => [area.parentId, nameOf(area)],
    )
    join(
      (row) => [rowParent(row), stem(row)],
      (area) => [area.parentId, stem(area)],
    )
    join(
      (row) => [row.code],
      (area) => [area.code],
    )
    if (levels.some((level) => isLeaf({ level })))
      join(
        (row) => [rowCounty(row), nameOf(row)],
        (area) => [areaCounty(area), nameOf(area)],
      )
  }
  return matches
}

const levelsTopDown: readonly AreaLevel[][] = [
  ['city'],
  ['county'],
  ['township'],
  ['village', 'community'],
]

/** Parts of a key; undefined (a parent that is new) matches nothing. */
type Key = (string | number | null | undefined)[]

function isActive(area: Area): boolean {
  return area.retiredAt === null
}

function joinUnique(
  rows: readonly AreaRow[],
  areas: readonly Area[],
  rowKey: (row: AreaRow) => Key,
  areaKey: (area: Area) => Key,
): [AreaRow, Area][] {
  const rowsByKey = Map.groupBy(rows, (row) => toText(rowKey(row)))
  const areasByKey = Map.groupBy(areas, (area) => toText(areaKey(area)))
  const pairs: [AreaRow, Area][] = []
  for (const [key, [row, ...otherRows]] of rowsByKey) {
    const [area, ...otherAreas] = areasByKey.get(key) ?? []
    const isUnique = otherRows.length === 0 && otherAreas.length === 0
    if (key !== '' && row && area && isUnique) pairs.push([row, area])
  }
  return pairs
}

function toText(key: Key): string {
  return key.includes(undefined) ? '' : JSON.stringify(key)
}
