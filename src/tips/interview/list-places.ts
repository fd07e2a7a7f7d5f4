import { isLeaf } from '../../areas/area.ts'
import { displayName, stemOf } from '../../areas/area-name.ts'
import type { AreaTree } from '../../areas/area-tree.ts'
import type { Directory } from '../../areas/directory.ts'
import { type AreaChoice, listAreaChoices } from '../../areas/pick-area.ts'
import { searchAreas } from '../../areas/search-areas.ts'
import type { Place, PlaceMatch } from './draft.ts'
import { button, inPairs, placeButton, type Screen, type ScreenButton } from './screen.ts'

/** More are not read on a phone; the villager types more of the name instead. */
const shownMatches = 10

/** The screen with the places that it asks for as buttons, above its own. */
export function withPlaces(screen: Screen, tree: AreaTree): Screen {
  if (!screen.list) return screen
  const { path, page } = screen.list
  const choice = listAreaChoices(tree, path.at(-1) ?? null, page)
  const places = choice.items.map((area) => {
    const place = toPlace(tree, area.id)
    return placeButton(place, place.name)
  })
  const keyboard = [
    ...inPairs(places),
    turnButtons(choice),
    wholeButton(choice),
    ...screen.keyboard,
  ]
  return { lines: screen.lines, keyboard: keyboard.filter((row) => row.length > 0) }
}

/** A place that may be chosen today; undefined for any other number. */
export function findPlace(tree: AreaTree, id: number): Place | undefined {
  const area = tree.find(id)
  return area && !area.retiredAt ? toPlace(tree, id) : undefined
}

/** The villages that a typed name may mean. */
export function findPlaces({ tree, index }: Directory, text: string): PlaceMatch[] {
  return searchAreas(index, text, shownMatches).map(({ area, exact }) => ({
    place: toPlace(tree, area.id),
    isExact: exact,
  }))
}

/** The county whose name was typed, with or without the word for its kind. */
export function findCounty(tree: AreaTree, text: string): number | undefined {
  const typed = text.trim()
  const isMeant = (name: string) => name === typed || stemOf(name) === typed
  return tree.all.find(
    ({ level, name, retiredAt }) => level === 'county' && !retiredAt && isMeant(name),
  )?.id
}

function toPlace(tree: AreaTree, id: number): Place {
  const chain = tree.chain(id)
  const [area, ...above] = chain
  if (!area) throw new Error(`There is no area ${id}`)
  const opened = above.filter(({ level }) => level !== 'city')
  const name = displayName(area)
  // From small to large, as people say it: the village must be seen before the button is cut off.
  const label = [name, ...opened.map(displayName)].join(' · ')
  const ids = opened.map((higher) => higher.id).reverse()
  return { id, above: ids, name, label, path: tree.path(id), isLeaf: isLeaf(area) }
}

function turnButtons({ page, pages }: AreaChoice): ScreenButton[] {
  return [
    ...(page > 0 ? [button('where', `p${page - 1}`, { key: 'areas:choose.previous' })] : []),
    ...(page < pages - 1 ? [button('where', `p${page + 1}`, { key: 'areas:choose.next' })] : []),
  ]
}

/** A village that is missing from the list must not stop anybody: its township will do. */
function wholeButton({ at }: AreaChoice): ScreenButton[] {
  if (at?.level !== 'township') return []
  const place = displayName(at)
  return [button('where', 'w', { key: 'tips:whole-place', params: { place } })]
}
