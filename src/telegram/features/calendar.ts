import { Composer } from 'grammy'
import { readDirectoryVersion } from '../../areas/area-store.ts'
import type { AreaTree } from '../../areas/area-tree.ts'
import type { DirectoryCache } from '../../areas/directory.ts'
import { searchAreas } from '../../areas/search-areas.ts'
import { sayDay } from '../../audiences/say-day.ts'
import { changeDays } from '../../calendar/change-days.ts'
import { findPlaces } from '../../calendar/find-place.ts'
import { parseElectionDay } from '../../calendar/parse-day.ts'
import { planDays } from '../../calendar/plan-days.ts'
import type { Enqueue } from '../../delivery/enqueue-delivery.ts'
import type { Messages } from '../../messages/messages.ts'
import { readMoves } from '../../reminders/preview-move.ts'
import { dropStaffPrompt, saveStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import { tellColleagues } from '../../staff/tell-colleagues.ts'
import type { ImportSentDays } from '../calendar-import.ts'
import type { ChatContext } from '../context.ts'
import { placeRows, showChange, showPlace } from './calendar-page.ts'
import { calendarTable, calendarTableWords } from './calendar-table.ts'
import type { StaffWordHandlers } from './staff-words.ts'

export type CalendarDeps = {
  enqueue: Enqueue
  messages: Messages
  directory: DirectoryCache
  today: () => string
  now: () => Date
  timezone: string
}

const promptMs = 60 * 60_000
const shownMatches = 10
const shownTyped = 40

/** /calendar, for admins and editors: the election day of every place, and what a change moves before it is made. */
export function calendarFeature(deps: CalendarDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  // Everybody else must not even learn that this exists.
  const office = feature.filter(async (ctx) => (await findOffice(ctx)) !== null)

  office.command('calendar', async (ctx) => {
    const typed = ctx.match.trim()
    const { tree, index } = await deps.directory.current(ctx.tx)
    if (typed === '') return sayTop(ctx, tree)
    const named = findPlaces(tree, typed)
    const found = named.length > 0 ? named : searchAreas(index, typed).map(({ area }) => area)
    const [first] = found
    if (!first) return ctx.say(ctx.t('calendar:none', { typed: typed.slice(0, shownTyped) }))
    if (named.length === 1) return sayPlace(ctx, deps, first.id)
    const rows = found
      .slice(0, shownMatches)
      .map(({ id }) => [{ text: tree.path(id), data: `cal:at:${id}:0` }])
    await ctx.say(ctx.t('calendar:which', { typed: typed.slice(0, shownTyped) }), rows)
  })
  office.callbackQuery(/^cal:at:(\d{1,9}):(\d{1,4})$/, async (ctx) => {
    const areaId = Number(ctx.match[1])
    const { tree } = await deps.directory.current(ctx.tx)
    return areaId === 0 ? sayTop(ctx, tree) : sayPlace(ctx, deps, areaId, Number(ctx.match[2]))
  })
  office.callbackQuery(/^cal:set:(\d{1,9})$/, async (ctx) => {
    const [staff, areaId] = [await findOffice(ctx), Number(ctx.match[1])]
    const tree = await findTree(ctx, deps, areaId)
    if (!staff || !tree) return
    const untilAt = new Date(deps.now().getTime() + promptMs)
    await saveStaffPrompt(ctx.tx, staff.id, { kind: 'calendar-day', data: { areaId }, untilAt })
    await ctx.say(ctx.t('calendar:ask', { place: tree.path(areaId) }))
  })
  office.callbackQuery(/^cal:clear:(\d{1,9})$/, (ctx) =>
    sayChange(ctx, deps, { areaId: Number(ctx.match[1]), day: null }),
  )
  office.callbackQuery(/^cal:ok:(\d{1,9}):(-|\d{4}-\d{2}-\d{2}):([\w-]{1,8})$/, async (ctx) => {
    const [, id, typedDay = '-', seen] = ctx.match
    const staff = await findOffice(ctx)
    const change = { areaId: Number(id), day: typedDay === '-' ? null : typedDay }
    const tree = await findTree(ctx, deps, change.areaId)
    if (!staff || !tree) return
    const plan = planDays(tree, [change])
    // Pressed twice: the edition is another one because of the first press.
    if (plan.changes.length === 0)
      return sayPlace(ctx, deps, change.areaId, 0, ctx.t('calendar:done-before'))
    if (seen !== (await readEdition(ctx))) return sayOutdated(ctx, deps, change)
    // The preview may have lain there since before midnight.
    if (change.day !== null && change.day < deps.today()) {
      const params = { typed: change.day }
      return ctx.show(ctx.t('calendar:problem.past', params))
    }
    const by = { now: deps.now(), actor: `staff:${staff.id}` }
    const outcome = await changeDays(ctx.tx, by, plan)
    if (outcome === 'outdated') return sayOutdated(ctx, deps, change)
    if (outcome === 'changed')
      await tellColleagues(ctx.tx, deps, staff, (t, who) => ({
        text: t('calendar:told.place', {
          who,
          place: tree.path(change.areaId),
          day: change.day === null ? t('calendar:told.none') : sayDay(change.day, t.language),
        }),
        keyboard: [[{ text: t('campaigns:button.open'), data: `cal:at:${change.areaId}:0` }]],
      }))
    await sayPlace(ctx, deps, change.areaId, 0, ctx.t('calendar:done'))
  })
  office.use(calendarTable(deps))
  return feature
}

/** The day, or the table of days, that was asked for. */
export function calendarWords(
  deps: CalendarDeps & { importDays: ImportSentDays },
): StaffWordHandlers {
  return {
    ...calendarTableWords(deps),
    'calendar-day': async (ctx, _staff, data) => {
      const { areaId } = data as { areaId: number }
      const typed = ctx.message?.text?.trim() ?? ''
      const parsed = parseElectionDay(typed, deps.today())
      if ('day' in parsed) return sayChange(ctx, deps, { areaId, day: parsed.day })
      const params = { typed: typed.slice(0, shownTyped) }
      await ctx.say(ctx.t(`calendar:problem.${parsed.problem}`, params))
    },
  }
}

async function findOffice(ctx: ChatContext): Promise<Staff | null> {
  const staff = await ctx.turn.staff()
  return staff && (staff.role === 'admin' || staff.role === 'editor') ? staff : null
}

async function sayTop(ctx: ChatContext, tree: AreaTree): Promise<void> {
  const table = { text: ctx.t('calendar:button.table'), data: 'cal:table' }
  await ctx.show(ctx.t('calendar:page.top'), [...placeRows(ctx.turn.t, tree, null, 0), [table]])
}

async function sayPlace(
  ctx: ChatContext,
  deps: CalendarDeps,
  areaId: number,
  page = 0,
  notice = '',
): Promise<void> {
  const tree = await findTree(ctx, deps, areaId)
  if (!tree) return
  const { text, keyboard } = showPlace(ctx.turn.t, { tree, today: deps.today() }, areaId, page)
  await ctx.show(notice === '' ? text : `${notice}\n\n${text}`, keyboard)
}

async function sayOutdated(
  ctx: ChatContext,
  deps: CalendarDeps,
  change: { areaId: number; day: string | null },
): Promise<void> {
  await ctx.say(ctx.t('calendar:outdated'))
  await sayChange(ctx, deps, change)
}

/** What it would do, with the button that does it. Nothing is written yet. */
async function sayChange(
  ctx: ChatContext,
  deps: CalendarDeps,
  { areaId, day }: { areaId: number; day: string | null },
): Promise<void> {
  const [staff, tree] = [await findOffice(ctx), await findTree(ctx, deps, areaId)]
  if (!staff || !tree) return
  await dropStaffPrompt(ctx.tx, staff.id)
  const plan = planDays(tree, [{ areaId, day }])
  if (plan.changes.length === 0)
    return ctx.say(ctx.t('calendar:same', { place: tree.path(areaId) }))
  const moves = { tree: plan.tree, now: deps.now(), timezone: deps.timezone }
  const reminders = await readMoves(ctx.tx, moves, plan.moved)
  const after = plan.tree.electionDay(areaId)
  const change = { areaId, day, after, moved: plan.moved, reminders }
  const text = showChange(ctx.turn.t, { tree, today: deps.today() }, change)
  const data = `cal:ok:${areaId}:${day ?? '-'}:${await readEdition(ctx)}`
  await ctx.say(text, [
    [{ text: ctx.t('calendar:button.yes'), data }],
    [{ text: ctx.t('calendar:button.no'), data: `cal:at:${areaId}:0` }],
  ])
}

/** Null, and said so, when the place is gone. */
async function findTree(
  ctx: ChatContext,
  { directory }: CalendarDeps,
  areaId: number,
): Promise<AreaTree | null> {
  const { tree } = await directory.current(ctx.tx)
  const area = tree.find(areaId)
  if (area && !area.retiredAt) return tree
  await ctx.show(ctx.t('calendar:gone'))
  return null
}

/** Of the directory: what was shown holds as long as nobody has changed it. Short, because it travels in a button. */
async function readEdition(ctx: ChatContext): Promise<string> {
  return (await readDirectoryVersion(ctx.tx)).slice(0, 8) || '-'
}
