import { Composer } from 'grammy'
import { displayName } from '../../areas/area-name.ts'
import { searchAreas } from '../../areas/search-areas.ts'
import type { Audience } from '../../audiences/audience.ts'
import {
  askReading,
  isListPart,
  toggleDays,
  togglePlace,
  toggleValue,
} from '../../audiences/choose-audience.ts'
import { findPlaces } from '../../calendar/find-place.ts'
import { daysToElectionIn, findPhase } from '../../calendar/phases.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import { changeCampaign } from '../../campaigns/change-campaign.ts'
import { listAskedAbout } from '../../campaigns/choose-content-store.ts'
import { parsePastDay } from '../../campaigns/parse-time.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { addDays } from '../../lib/calendar.ts'
import { showAreaChoices } from '../area-picker.ts'
import type { ChatContext } from '../context.ts'
import { backButton, showChoices } from './broadcast-audience-page.ts'
import { sayChange } from './broadcast-changed.ts'
import { actOf } from './broadcast-compose.ts'
import { type At, askFor, findAt } from './broadcast-page.ts'
import type { StaffWordHandlers } from './staff-words.ts'

/** What one looks through on a phone. */
const shownMatches = 10
const shownContents = 10

/** To whom a campaign goes: places by name or step by step, everything else by buttons. */
export function broadcastAudience(deps: CampaignDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^bc:a-place:(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (at) await sayPlaces(ctx, deps, at, null, 0)
  })
  feature.callbackQuery(/^bc:a:(\d{1,9}):in:(\d{1,9}):(\d{1,4})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (at) await sayPlaces(ctx, deps, at, Number(ctx.match[2]), Number(ctx.match[3]))
  })
  feature.callbackQuery(/^bc:a:(\d{1,9}):is:(\d{1,9})$/, async (ctx) => {
    const areaId = Number(ctx.match[2])
    const { tree } = await deps.directory.current(ctx.tx)
    const area = tree.find(areaId)
    if (!area) return
    const chosen = (audience: Audience) => togglePlace(audience, areaId, tree)
    await change(ctx, deps, Number(ctx.match[1]), chosen)
  })
  feature.callbackQuery(/^bc:a-(risk|role|language|phase):(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[2]))
    if (!at) return
    const { text, keyboard } = showChoices(ctx, at, ctx.match[1] as 'risk')
    await ctx.show(text, keyboard)
  })
  feature.callbackQuery(/^bc:a-set:(\d{1,9}):(\w+):([\w-]+)$/, async (ctx) => {
    const [, id, part, value = ''] = ctx.match
    const phase = part === 'phase' ? findPhase(value) : null
    await change(ctx, deps, Number(id), (audience) =>
      phase
        ? toggleDays(audience, daysToElectionIn(phase))
        : isListPart(part)
          ? toggleValue(audience, part, value)
          : audience,
    )
  })
  feature.callbackQuery(/^bc:a-since:(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (!at) return
    const { id } = at.campaign
    await askFor(ctx, deps, at.staff.id, 'campaign-since', { campaignId: id })
    const days = [7, 30].map((count) => ({
      text: ctx.t('campaigns:button.last-days', { count }),
      data: `bc:a-days:${id}:${count}`,
    }))
    await ctx.show(ctx.t('campaigns:audience.ask-since'), [days, [backButton(ctx, id)]])
  })
  feature.callbackQuery(/^bc:a-days:(\d{1,9}):(\d{1,4})$/, async (ctx) => {
    const joinedSince = addDays(deps.today(), -Number(ctx.match[2]))
    await change(ctx, deps, Number(ctx.match[1]), (audience) => ({ ...audience, joinedSince }))
  })
  feature.callbackQuery(/^bc:a-read:(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (at) await sayContents(ctx, at)
  })
  feature.callbackQuery(/^bc:a-(notread|notright):(\d{1,9}):(\d{1,9})$/, async (ctx) => {
    const contentId = Number(ctx.match[3])
    const what = ctx.match[1] === 'notright' ? 'notMastered' : 'notRead'
    await change(ctx, deps, Number(ctx.match[2]), (audience) =>
      askReading(audience, what, contentId),
    )
  })
  feature.callbackQuery(/^bc:a-clear:(\d{1,9})$/, (ctx) =>
    change(ctx, deps, Number(ctx.match[1]), () => ({})),
  )
  return feature
}

/** What is typed for an audience. */
export function audienceWords(deps: CampaignDeps): StaffWordHandlers {
  return {
    'campaign-place': async (ctx, _staff, data) => {
      const { campaignId } = data as { campaignId: number }
      const typed = ctx.message?.text?.trim() ?? ''
      const { tree, index } = await deps.directory.current(ctx.tx)
      const named = findPlaces(tree, typed)
      const found = named.length > 0 ? named : searchAreas(index, typed).map(({ area }) => area)
      const shown = found
        .slice(0, shownMatches)
        .map(({ id }) => [{ text: tree.path(id), data: `bc:a:${campaignId}:is:${id}` }])
      const key = shown.length === 0 ? 'no-place' : 'which-place'
      const rows: Keyboard = [...shown, [backButton(ctx, campaignId)]]
      await ctx.say(ctx.t(`campaigns:audience.${key}`, { typed: typed.slice(0, 40) }), rows)
    },
    'campaign-since': async (ctx, _staff, data) => {
      const { campaignId } = data as { campaignId: number }
      const { timezone, now } = deps
      const joinedSince = parsePastDay(ctx.message?.text ?? '', { now: now(), timezone })
      if (joinedSince === null) return ctx.say(ctx.t('campaigns:audience.no-day'))
      await change(ctx, deps, campaignId, (audience) => ({ ...audience, joinedSince }))
    },
  }
}

async function change(
  ctx: ChatContext,
  deps: CampaignDeps,
  campaignId: number,
  changed: (audience: Audience) => Audience,
): Promise<void> {
  const act = await actOf(ctx, campaignId)
  if (!act) return
  const outcome = await changeCampaign(ctx.tx, deps, act, ({ audience, kind }) =>
    kind === 'broadcast' ? { audience: changed(audience) } : null,
  )
  await sayChange(ctx, deps, act, outcome, 'audience')
}

async function sayPlaces(
  ctx: ChatContext,
  deps: CampaignDeps,
  { campaign, staff }: At,
  areaId: number | null,
  page: number,
): Promise<void> {
  const { tree } = await deps.directory.current(ctx.tx)
  const t = ctx.t.bind(ctx)
  const view = showAreaChoices({ tree, prefix: `bc:a:${campaign.id}`, t }, areaId, page)
  const here = areaId === null ? null : tree.find(areaId)
  const whole = here
    ? [
        {
          text: t('campaigns:button.whole', { name: displayName(here) }),
          data: `bc:a:${campaign.id}:is:${here.id}`,
        },
      ]
    : null
  await askFor(ctx, deps, staff.id, 'campaign-place', { campaignId: campaign.id })
  await ctx.show(`${t('campaigns:audience.ask-place')}\n\n${view.text}`, [
    ...(whole ? [whole] : []),
    ...view.keyboard,
    [backButton(ctx, campaign.id)],
  ])
}

/** Of which content those are meant who did not confirm it, or did not answer its question rightly. */
async function sayContents(ctx: ChatContext, { campaign: { id } }: At): Promise<void> {
  const contents = await listAskedAbout(ctx.tx, shownContents)
  const rows: Keyboard = contents.map(({ contentId, title }) => [
    {
      text: ctx.t('campaigns:button.not-read', { title }),
      data: `bc:a-notread:${id}:${contentId}`,
    },
    { text: ctx.t('campaigns:button.not-right'), data: `bc:a-notright:${id}:${contentId}` },
  ])
  const key = rows.length === 0 ? 'no-contents' : 'ask-read'
  await ctx.show(ctx.t(`campaigns:audience.${key}`), [...rows, [backButton(ctx, id)]])
}
