import { Composer } from 'grammy'
import { displayName } from '../../areas/area-name.ts'
import { searchAreas } from '../../areas/search-areas.ts'
import type { Audience } from '../../audiences/audience.ts'
import {
  askReading,
  isAboutReading,
  isListPart,
  toggleDays,
  togglePlace,
  toggleValue,
} from '../../audiences/choose-audience.ts'
import { samplePlaces } from '../../audiences/count-audience.ts'
import { describeAudience } from '../../audiences/describe-audience.ts'
import { findPlaces } from '../../calendar/find-place.ts'
import { daysToElectionIn, findPhase } from '../../calendar/phases.ts'
import { parsePastDay } from '../../campaigns/parse-time.ts'
import { sayCount } from '../../campaigns/say-count.ts'
import type { Button, Keyboard } from '../../delivery/outgoing.ts'
import { addDays } from '../../lib/calendar.ts'
import { isOffsetRule } from '../../reminders/reminder.ts'
import type { ReminderDraft } from '../../reminders/reminder-draft.ts'
import type { Staff } from '../../staff/staff-store.ts'
import { showAreaChoices } from '../area-picker.ts'
import type { ChatContext } from '../context.ts'
import { pairs } from './broadcast-page.ts'
import { backButton, type Choice, sayChoices, sayContents } from './reminders-audience-page.ts'
import { countNow, type RemindersDeps } from './reminders-page.ts'
import { keepDraft, type TakeStep } from './reminders-prompt.ts'

const shownMatches = 10
const parts = ['place', 'risk', 'phase', 'role', 'language', 'since', 'read'] as const

/** To whom a reminder goes: the same mix as for a campaign, on buttons of its own. */
export function reminderAudience(deps: RemindersDeps, step: TakeStep): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const change = (ctx: ChatContext, changed: (audience: Audience) => Audience) =>
    step(ctx, (staff, draft) =>
      sayAudience(ctx, deps, staff, { ...draft, audience: changed(draft.audience ?? {}) }),
    )

  feature.callbackQuery('rem:a-place', (ctx) =>
    step(ctx, (staff, draft) => sayPlaces(ctx, deps, staff, draft, null, 0)),
  )
  feature.callbackQuery(/^rem:a:in:(\d{1,9}):(\d{1,4})$/, (ctx) =>
    step(ctx, (staff, draft) => {
      const [areaId, page] = [Number(ctx.match[1]), Number(ctx.match[2])]
      return sayPlaces(ctx, deps, staff, draft, areaId === 0 ? null : areaId, page)
    }),
  )
  feature.callbackQuery(/^rem:a:is:(\d{1,9})$/, async (ctx) => {
    const { tree } = await deps.directory.current(ctx.tx)
    const area = tree.find(Number(ctx.match[1]))
    if (area) await change(ctx, (audience) => togglePlace(audience, area.id, tree))
  })
  feature.callbackQuery(/^rem:a-(risk|role|language|phase)$/, (ctx) =>
    step(ctx, (_staff, draft) => sayChoices(ctx, draft, ctx.match[1] as Choice)),
  )
  feature.callbackQuery(/^rem:a-set:(\w+):([\w-]+)$/, (ctx) => {
    const [, part, value = ''] = ctx.match
    const phase = part === 'phase' ? findPhase(value) : null
    return change(ctx, (audience) => {
      if (phase) return toggleDays(audience, daysToElectionIn(phase))
      return isListPart(part) ? toggleValue(audience, part, value) : audience
    })
  })
  feature.callbackQuery('rem:a-since', (ctx) =>
    step(ctx, async (staff, draft) => {
      await keepDraft(ctx, deps, staff, { ...draft, asks: 'since' })
      const days = [7, 30].map((count) => ({
        text: ctx.t('campaigns:button.last-days', { count }),
        data: `rem:a-days:${count}`,
      }))
      await ctx.show(ctx.t('campaigns:audience.ask-since'), [days, [backButton(ctx)]])
    }),
  )
  feature.callbackQuery(/^rem:a-days:(\d{1,4})$/, (ctx) => {
    const joinedSince = addDays(deps.today(), -Number(ctx.match[1]))
    return change(ctx, (audience) => ({ ...audience, joinedSince }))
  })
  feature.callbackQuery('rem:a-read', (ctx) => step(ctx, () => sayContents(ctx)))
  feature.callbackQuery(/^rem:a-(notread|notright):(\d{1,9})$/, (ctx) => {
    const what = ctx.match[1] === 'notright' ? 'notMastered' : 'notRead'
    return change(ctx, (audience) => askReading(audience, what, Number(ctx.match[2])))
  })
  feature.callbackQuery('rem:a-clear', (ctx) => change(ctx, () => ({})))
  return feature
}

/** What is chosen so far, exactly how many these are now, and some of their places. */
export async function sayAudience(
  ctx: ChatContext,
  deps: RemindersDeps,
  staff: Staff,
  { asks: _, ...draft }: ReminderDraft,
): Promise<void> {
  await keepDraft(ctx, deps, staff, draft)
  const { tree } = await deps.directory.current(ctx.tx)
  const audience = draft.audience ?? {}
  const lines = describeAudience(audience, tree, ctx.turn.t)
  const said = lines.length === 0 ? [ctx.t('reminders:to.all')] : lines
  const isOfDays = draft.rule !== undefined && isOffsetRule(draft.rule)
  const buttons = parts
    .filter((part) => part !== 'phase' || !isOfDays)
    .map((part): Button => ({ text: ctx.t(`campaigns:button.by-${part}`), data: `rem:a-${part}` }))
  const text = [
    ctx.t('reminders:new.whom'),
    '',
    ...said.map((line) => `· ${line}`),
    '',
    ...(await countLines(ctx, deps, draft)),
  ].join('\n')
  await ctx.show(text, [
    ...pairs(buttons),
    ...(lines.length > 0
      ? [[{ text: ctx.t('campaigns:button.everybody'), data: 'rem:a-clear' }]]
      : []),
    [{ text: ctx.t('reminders:button.chosen'), data: 'rem:n:chosen' }],
  ])
}

/** The places that a typed name may mean. */
export async function sayMatches(
  ctx: ChatContext,
  deps: RemindersDeps,
  typed: string,
): Promise<void> {
  const { tree, index } = await deps.directory.current(ctx.tx)
  const named = findPlaces(tree, typed)
  const found = named.length > 0 ? named : searchAreas(index, typed).map(({ area }) => area)
  const rows: Keyboard = found
    .slice(0, shownMatches)
    .map(({ id }) => [{ text: tree.path(id), data: `rem:a:is:${id}` }])
  const key = rows.length === 0 ? 'no-place' : 'which-place'
  await ctx.say(ctx.t(`campaigns:audience.${key}`, { typed: typed.slice(0, 40) }), [
    ...rows,
    [backButton(ctx)],
  ])
}

/** The day since which people are subscribed, as it was typed. */
export async function takeSince(
  ctx: ChatContext,
  deps: RemindersDeps,
  staff: Staff,
  draft: ReminderDraft,
  typed: string,
): Promise<void> {
  const joinedSince = parsePastDay(typed, { now: deps.now(), timezone: deps.timezone })
  if (joinedSince === null) return ctx.say(ctx.t('campaigns:audience.no-day'))
  await sayAudience(ctx, deps, staff, { ...draft, audience: { ...draft.audience, joinedSince } })
}

async function countLines(
  ctx: ChatContext,
  deps: RemindersDeps,
  draft: ReminderDraft,
): Promise<string[]> {
  const { audience = {} } = draft
  const { tree } = await deps.directory.current(ctx.tx)
  const count = await countNow(ctx, deps, draft)
  const said = sayCount(count, audience, ctx.turn.t)
  const found = [...count.byArea].map(([areaId, people]) => ({ areaId, people }))
  // What few people did or did not read would tell what each of them did.
  const sample = isAboutReading(audience) ? [] : samplePlaces(tree, found)
  if (sample.length === 0) return said
  const lines = sample.map(({ areaId, people }) =>
    ctx.t('campaigns:audience.sample-line', { place: displayName(tree.get(areaId)), people }),
  )
  return [...said, ctx.t('campaigns:audience.sample'), ...lines]
}

async function sayPlaces(
  ctx: ChatContext,
  deps: RemindersDeps,
  staff: Staff,
  draft: ReminderDraft,
  areaId: number | null,
  page: number,
): Promise<void> {
  await keepDraft(ctx, deps, staff, { ...draft, asks: 'place' })
  const { tree } = await deps.directory.current(ctx.tx)
  const t = ctx.t.bind(ctx)
  const view = showAreaChoices({ tree, prefix: 'rem:a', t }, areaId, page)
  const here = areaId === null ? null : tree.find(areaId)
  const whole: Keyboard = here
    ? [
        [
          {
            text: t('campaigns:button.whole', { name: displayName(here) }),
            data: `rem:a:is:${here.id}`,
          },
        ],
      ]
    : []
  await ctx.show(`${t('campaigns:audience.ask-place')}\n\n${view.text}`, [
    ...whole,
    ...view.keyboard,
    [backButton(ctx)],
  ])
}
