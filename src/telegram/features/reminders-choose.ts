import { phases } from '../../calendar/phases.ts'
import { listSeries } from '../../content/series-store.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { type CronDeps, parseCron } from '../../reminders/cron-times.ts'
import {
  findChoice,
  findSeriesKind,
  findSeriesName,
  listChoices,
} from '../../reminders/matter-store.ts'
import { isAboutDays, parseOffset } from '../../reminders/parse-offset.ts'
import { isOffsetRule, missedByKind, type Rule } from '../../reminders/reminder.ts'
import { finishDraft, type ReminderDraft } from '../../reminders/reminder-draft.ts'
import type { ChatContext } from '../context.ts'
import { pairs } from './broadcast-page.ts'
import type { RemindersDeps } from './reminders-page.ts'

const perPage = 8
const shownTyped = 40
const morning = 9 * 60

/** What it is to say: one content, or a series. */
export async function sayMatters(
  ctx: ChatContext,
  deps: RemindersDeps,
  page: number,
  draft: ReminderDraft = {},
): Promise<void> {
  const { language } = ctx.turn
  const looked = { today: deps.today(), language, skip: page * perPage, limit: perPage + 1 }
  const found = await listChoices(ctx.tx, looked)
  const series = page === 0 ? await listSeries(ctx.tx) : []
  if (found.length === 0 && page === 0) return ctx.show(ctx.t('reminders:new.nothing'))
  const turn = (key: string, to: number) => ({ text: ctx.t(key), data: `rem:n:page:${to}` })
  const turns = [
    ...(page > 0 ? [turn('areas:choose.previous', page - 1)] : []),
    ...(found.length > perPage ? [turn('areas:choose.next', page + 1)] : []),
  ]
  await ctx.show(ctx.t('reminders:new.what'), [
    ...series.map(({ id, name }) => [
      { text: ctx.t('reminders:button.series', { name }), data: `rem:n:series:${id}` },
    ]),
    ...found
      .slice(0, perPage)
      .map(({ id, title }) => [{ text: title, data: `rem:n:content:${id}` }]),
    ...(turns.length > 0 ? [turns] : []),
    ...backRow(ctx, draft),
  ])
}

/** To the last look, once there is something to look at. */
function backRow(ctx: ChatContext, draft: ReminderDraft): Keyboard {
  if (!finishDraft(draft)) return []
  return [[{ text: ctx.t('reminders:button.back'), data: 'rem:n:review' }]]
}

/** The draft with what was chosen; null when that is not there any more. A name that came from what it said goes with it. */
export async function takeMatter(
  ctx: ChatContext,
  deps: RemindersDeps,
  draft: ReminderDraft,
  chosen: { contentId: number } | { seriesId: number },
): Promise<ReminderDraft | null> {
  const said = await describeMatter(ctx, deps, chosen)
  if (!said) return null
  const { contentId, seriesId, ...rest } = draft
  const old = { ...(contentId && { contentId }), ...(seriesId && { seriesId }) }
  const before = await describeMatter(ctx, deps, old)
  const isOwnName = draft.name !== undefined && draft.name !== before?.title
  return {
    ...{ ...rest, ...chosen, kind: said.kind },
    name: isOwnName ? draft.name : said.title,
    missed: draft.missed ?? missedByKind[said.kind],
  }
}

/** When: a step of the election, days that are typed, or the clock. */
export async function sayWhen(ctx: ChatContext, draft: ReminderDraft): Promise<void> {
  const buttons = phases.map(({ key }) => ({
    text: ctx.t(`calendar:phase.${key}`),
    data: `rem:n:phase:${key}`,
  }))
  const rows: Keyboard = [
    ...pairs(buttons),
    [{ text: ctx.t('reminders:button.clock'), data: 'rem:n:clock' }],
    ...backRow(ctx, draft),
  ]
  await ctx.show(ctx.t('reminders:new.when'), rows)
}

/** The time that somebody typed: days from the election day, or an expression of the clock. Null, and said why. */
export async function readTime(
  ctx: ChatContext,
  deps: CronDeps,
  typed: string,
  before: Rule | undefined,
): Promise<Rule | null> {
  const shown = typed.slice(0, shownTyped)
  if (isAboutDays(typed)) {
    const known = before && isOffsetRule(before) ? before.atMinute : morning
    const parsed = parseOffset(typed, known)
    if (!('problem' in parsed)) return parsed
    await ctx.say(ctx.t(`reminders:offset.${parsed.problem}`, { typed: shown }))
    return null
  }
  const parsed = parseCron(typed, deps)
  if (!('problem' in parsed)) return { cron: parsed.cron }
  const field = parsed.problem === 'syntax' ? ctx.t(`reminders:cron.field.${parsed.field}`) : ''
  await ctx.say(ctx.t(`reminders:cron.${parsed.problem}`, { typed: shown, field }))
  return null
}

async function describeMatter(
  ctx: ChatContext,
  deps: RemindersDeps,
  { contentId, seriesId }: { contentId?: number; seriesId?: number },
) {
  if (contentId !== undefined)
    return findChoice(ctx.tx, contentId, { today: deps.today(), language: ctx.turn.language })
  if (seriesId === undefined) return null
  const title = await findSeriesName(ctx.tx, seriesId)
  const kind = await findSeriesKind(ctx.tx, seriesId)
  return title === null || kind === null ? null : { title, kind }
}
