import { type Area, isLeaf } from './area.ts'
import type { AreaTree } from './area-tree.ts'
import { type NameWords, wordsOf } from './area-words.ts'

const emptyWords: NameWords = { names: [], sounds: [], initials: [] }

/** A place that can be found: how it may be typed, and the words for what it belongs to. */
export type IndexEntry = NameWords & {
  area: Area
  path: string
  above: ReadonlySet<string>
  township: ReadonlySet<string>
}
export type AreaIndex = {
  entries: readonly IndexEntry[]
  /** Every name and sound of a city, county or township. No initials: they would be found inside any latin word. */
  aboveWords: ReadonlySet<string>
}

/** Built once per edition of the directory: 1,600 villages take some tens of milliseconds. */
export function createAreaIndex(tree: AreaTree): AreaIndex {
  const higher = new Map(
    tree.all.filter((area) => !isLeaf(area)).map((area) => [area.id, wordsOf(area.name)]),
  )
  const wordsAbove = (area: Area) =>
    tree
      .chain(area.id)
      .slice(1)
      .map(({ id }) => higher.get(id) ?? emptyWords)
  const entries = tree.all
    .filter((area) => isLeaf(area) && !area.retiredAt)
    .map((area) => {
      const above = wordsAbove(area)
      return {
        ...wordsOf(area.name, area.aliases),
        area,
        path: tree.path(area.id),
        above: new Set(
          above.flatMap(({ names, sounds, initials }) => [...names, ...sounds, ...initials]),
        ),
        township: new Set(above.slice(0, 1).flatMap(({ names, sounds }) => [...names, ...sounds])),
      }
    })
  const aboveWords = [...higher.values()].flatMap(({ names, sounds }) => [...names, ...sounds])
  return { entries, aboveWords: new Set(aboveWords) }
}
