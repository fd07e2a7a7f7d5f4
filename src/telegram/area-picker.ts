import { isLeaf } from '../areas/area.ts'
import { displayName } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { type AreaChoice, listAreaChoices } from '../areas/pick-area.ts'
import type { AreaMatch } from '../areas/search-areas.ts'
import type { Button, Keyboard } from '../delivery/outgoing.ts'
import type { Translate } from '../messages/messages.ts'

const columns = 2
/** More matches than this are not read on a phone; the villager is asked to type more. */
const shownMatches = 12

type View = { text: string; keyboard: Keyboard }

/**
 * A page of county → township → village. Buttons carry `<prefix>:in:<areaId>:<page>` to look into a place and
 * `<prefix>:is:<areaId>` to choose it.
 */
export function showAreaChoices(
  { tree, prefix, t }: { tree: AreaTree; prefix: string; t: Translate },
  areaId: number | null,
  page = 0,
): View {
  const choice = listAreaChoices(tree, areaId, page)
  const buttons = choice.items.map((area) => ({
    text: displayName(area),
    data: isLeaf(area) ? `${prefix}:is:${area.id}` : `${prefix}:in:${area.id}:0`,
  }))
  return {
    text:
      choice.upId === undefined
        ? t('areas:choose.county')
        : t('areas:choose.below', { place: placeOf(choice) }),
    keyboard: [...inColumns(buttons), ...navigation(choice, prefix, t)],
  }
}

/** The places that a typed name may mean, each with enough of its path to tell them apart. */
export function showAreaMatches(
  { tree, prefix, t }: { tree: AreaTree; prefix: string; t: Translate },
  matches: readonly AreaMatch[],
  typed: string,
): View {
  const shown = matches.slice(0, shownMatches)
  const key =
    matches.length > shownMatches
      ? 'tooMany'
      : matches.length === 1
        ? 'one'
        : matches.every((match) => match.exact)
          ? 'which'
          : 'similar'
  const keyboard = shown.map(({ area }) => [
    { text: labelOf(tree, area.id), data: `${prefix}:is:${area.id}` },
  ])
  return {
    text: t(`areas:matches.${key}`, { typed, count: matches.length }),
    keyboard: [...keyboard, [{ text: t('areas:choose.list'), data: `${prefix}:in:0:0` }]],
  }
}

/** From small to large, as people say where they live: the village must be seen before the button is cut off. */
function labelOf(tree: AreaTree, areaId: number): string {
  const [village, ...above] = tree.chain(areaId).map(displayName)
  return `${village} · ${above.slice(0, 2).reverse().join(' ')}`
}

function placeOf({ at }: AreaChoice): string {
  return at ? displayName(at) : ''
}

function inColumns(buttons: Button[]): Keyboard {
  return Array.from({ length: Math.ceil(buttons.length / columns) }, (_, row) =>
    buttons.slice(row * columns, (row + 1) * columns),
  )
}

function navigation({ at, upId, page, pages }: AreaChoice, prefix: string, t: Translate): Keyboard {
  const here = at?.id ?? 0
  const turn: Button[] = [
    ...(page > 0
      ? [{ text: t('areas:choose.previous'), data: `${prefix}:in:${here}:${page - 1}` }]
      : []),
    ...(page < pages - 1
      ? [{ text: t('areas:choose.next'), data: `${prefix}:in:${here}:${page + 1}` }]
      : []),
  ]
  const up =
    upId === undefined
      ? []
      : [[{ text: t('areas:choose.up'), data: `${prefix}:in:${upId ?? 0}:0` }]]
  return [...(turn.length > 0 ? [turn] : []), ...up]
}
