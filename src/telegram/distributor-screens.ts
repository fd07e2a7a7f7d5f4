import { displayName } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { Keyboard } from '../delivery/outgoing.ts'
import type { Translator } from '../messages/messages.ts'
import { sumByCode, sumByTownship } from '../subscribers/invites/count-invites.ts'
import type { Distributor } from '../subscribers/invites/distributor-store.ts'

type View = { text: string; keyboard: Keyboard }
type Joined = { code: string; areaId: number; joined: number }

const perPage = 10
/** More townships than a phone shows at once would push the link out of sight. */
const shownTownships = 30

/** Every distributor with a number, a page at a time; those who were retired come last. */
export function showDistributors(
  t: Translator,
  input: { distributors: Distributor[]; joined: Joined[]; own: Joined[]; page: number },
): View {
  const sums = sumByCode(input.joined)
  const all = input.distributors.toSorted(
    (a, b) => Number(a.retiredAt !== null) - Number(b.retiredAt !== null) || a.id - b.id,
  )
  const page = Math.min(input.page, Math.max(0, Math.ceil(all.length / perPage) - 1))
  const shown = all.slice(page * perPage, (page + 1) * perPage)
  const own = total(input.own)
  const buttons = [
    ...(page > 0 ? [{ text: t('areas:choose.previous'), data: `dist:list:${page - 1}` }] : []),
    ...((page + 1) * perPage < all.length
      ? [{ text: t('areas:choose.next'), data: `dist:list:${page + 1}` }]
      : []),
  ]
  const keyboard: Keyboard = [
    ...shown.map(({ id, name }) => [{ text: name, data: `dist:show:${id}` }]),
    ...(buttons.length > 0 ? [buttons] : []),
    [{ text: t('subscribers:distributors.button.add'), data: 'dist:add' }],
    [{ text: t('subscribers:distributors.button.own'), data: 'dist:v:0:in:0:0' }],
  ]
  if (all.length === 0) return { text: t('subscribers:distributors.none', { own }), keyboard }
  const active = all.filter(({ retiredAt }) => retiredAt === null)
  const params = { count: active.length, joined: total(input.joined), own }
  const lines = shown.map(({ name, code, retiredAt }) =>
    t(retiredAt ? 'subscribers:distributors.retired' : 'subscribers:distributors.line', {
      ...{ name, code },
      joined: sums.get(code) ?? 0,
    }),
  )
  const head = t('subscribers:distributors.list', params)
  return { text: `${lines.join('\n')}\n\n${head}`, keyboard }
}

/** One of them: numbers by township, and what can be done. */
export function showDistributor(
  { t, tree }: { t: Translator; tree: AreaTree },
  { id, name, code, retiredAt }: Distributor,
  { joined, link }: { joined: Joined[]; link: string },
): View {
  const townships = sumByTownship(tree, joined)
    .slice(0, shownTownships)
    .map(({ areaId, joined: count }) =>
      t('subscribers:distributors.township', {
        place: placeOf(tree, areaId),
        joined: count,
      }),
    )
  const params = { name, code, joined: total(joined), townships: townships.join('\n') }
  const back = [{ text: t('subscribers:distributors.button.back'), data: 'dist:list:0' }]
  if (retiredAt)
    return { text: t('subscribers:distributors.show-retired', params), keyboard: [back] }
  const keyboard = [
    [{ text: t('subscribers:distributors.button.link'), data: `dist:link:${id}` }],
    [{ text: t('subscribers:distributors.button.village'), data: `dist:v:${id}:in:0:0` }],
    [{ text: t('subscribers:distributors.button.out'), data: `dist:out:${id}` }],
    back,
  ]
  return { text: t('subscribers:distributors.show', { ...params, link }), keyboard }
}

export function sureToRetire(t: Translator, { id, name }: Distributor): View {
  const text = t('subscribers:distributors.sure', { name })
  const keyboard = [
    [{ text: t('subscribers:distributors.button.out-yes'), data: `dist:out-1:${id}` }],
    [{ text: t('subscribers:distributors.button.back'), data: `dist:show:${id}` }],
  ]
  return { text, keyboard }
}

/** Two counties may have a township of the same name. */
function placeOf(tree: AreaTree, areaId: number): string {
  const [area, county] = tree.chain(areaId)
  return [county, area].flatMap((place) => (place ? [displayName(place)] : [])).join(' ')
}

const total = (rows: readonly Joined[]) => rows.reduce((sum, { joined }) => sum + joined, 0)
