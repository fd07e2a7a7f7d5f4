import { isLeaf } from '../../areas/area.ts'
import { displayName } from '../../areas/area-name.ts'
import type { AreaTree } from '../../areas/area-tree.ts'
import { sayDay } from '../../audiences/say-day.ts'
import { phaseOn } from '../../calendar/phases.ts'
import { describePlace, type MovedVillage } from '../../calendar/plan-days.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { daysBetween } from '../../lib/calendar.ts'
import type { Translator } from '../../messages/messages.ts'
import type { MovedReminder } from '../../reminders/preview-move.ts'

type View = { text: string; keyboard: Keyboard }

/** Two columns of so many are what one screen shows. */
const perPage = 16
const shownOwn = 12
const shownNames = 6
const shownEffects = 24

/** A day in words, with the year where it is another than today's. */
function dayText(t: Translator, day: string, today: string): string {
  const text = sayDay(day, t.language)
  const year = day.slice(0, 4)
  if (year === today.slice(0, 4)) return text
  return t.language === 'en' ? `${text} ${year}` : `${year}年${text}`
}

function awayText(t: Translator, day: string, today: string): string {
  const count = daysBetween(today, day)
  if (count === 0) return t('calendar:away.today')
  return t(count > 0 ? 'calendar:away.before' : 'calendar:away.after', {
    count: Math.abs(count),
  })
}

/** One place: its day, whose it is, what below has another, and the places below as buttons. */
export function showPlace(
  t: Translator,
  { tree, today }: { tree: AreaTree; today: string },
  areaId: number,
  page: number,
): View {
  const area = tree.get(areaId)
  const place = describePlace(tree, areaId)
  const phase = place.day && phaseOn(daysBetween(place.day, today))
  const own = place.ownBelow.slice(0, shownOwn)
  const more = place.ownBelow.length - own.length
  const lines = [
    tree.path(areaId),
    dayLine(t, { tree, today }, areaId),
    ...(phase ? [t('calendar:page.phase', { phase: t(`calendar:phase.${phase.key}`) })] : []),
    ...(place.without > 0 && !isLeaf(area) ? [t('calendar:page.without', { ...place })] : []),
    ...(own.length > 0 ? ['', t('calendar:page.own', { count: place.ownBelow.length })] : []),
    ...own.map(({ id, electionDay }) =>
      t('calendar:page.ownLine', {
        place: pathBelow(tree, areaId, id),
        day: dayText(t, electionDay ?? '', today),
      }),
    ),
    ...(more > 0 ? [t('calendar:page.more', { count: more })] : []),
  ]
  const isOwn = area.electionDay !== null
  const button = (key: string, data: string) => [{ text: t(`calendar:button.${key}`), data }]
  return {
    text: lines.join('\n'),
    keyboard: [
      button(isOwn ? 'change' : 'set', `cal:set:${areaId}`),
      ...(isOwn ? [button('clear', `cal:clear:${areaId}`)] : []),
      ...placeRows(t, tree, areaId, page),
    ],
  }
}

/** The places below, and the ways to other pages and up. Null: the top. */
export function placeRows(
  t: Translator,
  tree: AreaTree,
  areaId: number | null,
  page: number,
): Keyboard {
  const below = tree.children(areaId)
  const shown = below.slice(page * perPage, (page + 1) * perPage)
  const buttons = shown.map((area) => ({ text: displayName(area), data: `cal:at:${area.id}:0` }))
  const rows: Keyboard = []
  for (let at = 0; at < buttons.length; at += 2) rows.push(buttons.slice(at, at + 2))
  const turn = (key: string, to: number) => ({
    text: t(key),
    data: `cal:at:${areaId ?? 0}:${to}`,
  })
  const turns = [
    ...(page > 0 ? [turn('areas:choose.previous', page - 1)] : []),
    ...((page + 1) * perPage < below.length ? [turn('areas:choose.next', page + 1)] : []),
  ]
  const up = areaId === null ? null : tree.get(areaId).parentId
  return [
    ...rows,
    ...(turns.length > 0 ? [turns] : []),
    ...(areaId === null ? [] : [[{ text: t('areas:choose.up'), data: `cal:at:${up ?? 0}:0` }]]),
  ]
}

/** What a change does, before anybody says yes: which villages move, from when to when, and which reminders. */
export function showChange(
  t: Translator,
  { tree, today }: { tree: AreaTree; today: string },
  change: {
    areaId: number
    day: string | null
    /** What counts here afterwards. */
    after: string | null
    moved: readonly MovedVillage[]
    reminders: readonly MovedReminder[]
  },
): string {
  const { areaId, day, after, moved, reminders } = change
  const place = tree.path(areaId)
  const stay = describePlace(tree, areaId).ownBelow.length
  const first =
    day !== null
      ? t('calendar:preview.set', {
          place,
          day: dayText(t, day, today),
          away: awayText(t, day, today),
        })
      : t(after === null ? 'calendar:preview.clearNone' : 'calendar:preview.clear', {
          place,
          day: dayOrNone(t, after, today),
        })
  const kept = stay > 0 ? [t('calendar:preview.stay', { count: stay })] : []
  return [first, '', ...moveLines(t, { tree, today }, { moved, reminders }, kept)].join('\n')
}

/** The same of a whole table. */
export function showTable(
  t: Translator,
  about: { tree: AreaTree; today: string },
  { places, ...moves }: { places: number } & Moves,
): string {
  const first = t('calendar:table.change', { count: places })
  return [first, '', ...moveLines(t, about, moves)].join('\n')
}

type Moves = { moved: readonly MovedVillage[]; reminders: readonly MovedReminder[] }

function moveLines(
  t: Translator,
  { tree, today }: { tree: AreaTree; today: string },
  { moved, reminders }: Moves,
  kept: readonly string[] = [],
): string[] {
  const say = (one: string | null) => dayOrNone(t, one, today)
  const groups = Map.groupBy(moved, ({ from, to }) => `${from} ${to}`)
  const villages = [...groups.values()].map((group) => {
    const names = group.slice(0, shownNames).map((one) => displayName(tree.get(one.areaId)))
    const places = `${names.join('、')}${group.length > shownNames ? '…' : ''}`
    const [{ from, to } = { from: null, to: null }] = group
    const params = { from: say(from), to: say(to), count: group.length, places }
    return t('calendar:preview.change', params)
  })
  const effects = reminders.map((one) => effectLine(t, one, today))
  const hidden = effects.length - shownEffects
  return [
    moved.length === 0
      ? t('calendar:preview.nobody')
      : t('calendar:preview.villages', { count: moved.length }),
    ...villages.slice(0, shownOwn),
    ...(villages.length > shownOwn
      ? [t('calendar:page.more', { count: villages.length - shownOwn })]
      : []),
    ...kept,
    '',
    t(effects.length === 0 ? 'calendar:preview.noReminders' : 'calendar:preview.reminders'),
    ...effects.slice(0, shownEffects),
    ...(hidden > 0 ? [t('calendar:page.more', { count: hidden })] : []),
    '',
    t('calendar:preview.unsure'),
  ]
}

function dayOrNone(t: Translator, day: string | null, today: string): string {
  return day === null ? t('calendar:preview.noDay') : dayText(t, day, today)
}

function effectLine(t: Translator, moved: MovedReminder, today: string): string {
  const { reminder, effect, from, to, villages } = moved
  const say = (day: string | null) => (day === null ? '' : dayText(t, day, today))
  const key = effect === 'moved' && from === null ? 'new' : effect
  const params = { name: reminder.name, from: say(from), to: say(to), count: villages }
  return t(`calendar:effect.${key}`, params)
}

function dayLine(
  t: Translator,
  { tree, today }: { tree: AreaTree; today: string },
  areaId: number,
): string {
  const { day, source } = describePlace(tree, areaId)
  if (day === null || source === null) return t('calendar:day.none')
  const params = { day: dayText(t, day, today), away: awayText(t, day, today) }
  if (source.id === areaId) return t('calendar:day.own', params)
  return t('calendar:day.inherited', { ...params, place: displayName(source) })
}

/** “龙洲街道 山底村” below the county: the rest of the path is known. */
function pathBelow(tree: AreaTree, aboveId: number, areaId: number): string {
  const chain = tree.chain(areaId)
  const at = chain.findIndex(({ id }) => id === aboveId)
  return chain.slice(0, at).reverse().map(displayName).join(' ')
}
