import type { Area } from '../areas/area.ts'
import { displayName, stemOf } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'

const separators = /[\s,，、。.;；:：/\\|>›→·-]+/gu

/**
 * The places that exist today and bear this name or path, of every level: “贺村镇”, “龙游县 龙洲街道 山底村”, “龙游县山底村”, or a
 * code of twelve digits. Exact: what only sounds alike is not among them.
 */
export function findPlaces(tree: AreaTree, text: string): Area[] {
  const typed = text.normalize('NFKC').replace(separators, '')
  if (typed === '') return []
  if (/^\d{12}$/.test(typed)) {
    const area = tree.findByCode(typed)
    return area && !area.retiredAt ? [area] : []
  }
  const found = tree.all.filter((area) => !area.retiredAt && isMeant(tree, area, typed))
  // 龙游 is the county; a village whose name merely begins alike was typed in full.
  const named = found.filter((area) => namesOf(area).some((name) => typed.endsWith(name)))
  return named.length > 0 ? named : found
}

/** Eats the names of the place and of those above it off the end; one above may be left out, the place itself not. */
function isMeant(tree: AreaTree, area: Area, typed: string): boolean {
  let left = typed
  for (const [at, place] of tree.chain(area.id).entries()) {
    const name = [...namesOf(place), stemOf(displayName(place))].find((one) => left.endsWith(one))
    if (name !== undefined) left = left.slice(0, left.length - name.length)
    else if (at === 0) return false
  }
  return left === ''
}

/** The longest first: 山底村村民委员会 before 山底村. */
function namesOf(area: Area): string[] {
  return [area.name, displayName(area), ...area.aliases].toSorted((a, b) => b.length - a.length)
}
