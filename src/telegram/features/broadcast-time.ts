import { Composer } from 'grammy'
import type { Campaign } from '../../campaigns/campaign.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import { type CampaignChange, changeCampaign } from '../../campaigns/change-campaign.ts'
import { parseTime } from '../../campaigns/parse-time.ts'
import { addDays, instantAt } from '../../lib/calendar.ts'
import type { ChatContext } from '../context.ts'
import { sayChange } from './broadcast-changed.ts'
import { actOf } from './broadcast-compose.ts'
import { askFor, findAt } from './broadcast-page.ts'
import { offeredTimes } from './broadcast-steps.ts'
import type { StaffWordHandlers } from './staff-words.ts'

/** When a campaign goes out, whether also at night, and how fast. */
export function broadcastTime(deps: CampaignDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^bc:time:(\d{1,9}):(\w+)$/, async (ctx) => {
    const [, id, key] = ctx.match
    if (key === 'soon') return change(ctx, deps, Number(id), () => ({ startAt: null }))
    const offered = offeredTimes.find((one) => one.key === key)
    if (!offered) return
    const startAt = instantAt(addDays(deps.today(), offered.days), offered.minute, deps.timezone)
    if (startAt <= deps.now()) return ctx.toast(ctx.t('campaigns:time.past'), true)
    await change(ctx, deps, Number(id), () => ({ startAt }))
  })
  feature.callbackQuery(/^bc:time-type:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    await askFor(ctx, deps, act.staffId, 'campaign-time', { campaignId: act.campaignId })
    await ctx.say(ctx.t('campaigns:time.type'))
  })
  feature.callbackQuery(/^bc:night:(\d{1,9})$/, (ctx) =>
    change(ctx, deps, Number(ctx.match[1]), ({ overridesQuiet }) => ({
      overridesQuiet: !overridesQuiet,
    })),
  )
  feature.callbackQuery(/^bc:paid:(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (at?.staff.role !== 'admin') return
    await change(ctx, deps, at.campaign.id, ({ isPaid }) => ({ isPaid: !isPaid }))
  })
  return feature
}

/** The time that somebody types. */
export function timeWords(deps: CampaignDeps): StaffWordHandlers {
  return {
    'campaign-time': async (ctx, _staff, data) => {
      const { campaignId } = data as { campaignId: number }
      const { now, timezone } = deps
      const parsed = parseTime(ctx.message?.text ?? '', { now: now(), timezone })
      if (parsed.kind !== 'at') return ctx.say(ctx.t(`campaigns:time.${parsed.kind}`))
      await change(ctx, deps, campaignId, () => ({ startAt: parsed.at }))
    },
  }
}

async function change(
  ctx: ChatContext,
  deps: CampaignDeps,
  campaignId: number,
  changed: (campaign: Campaign) => CampaignChange,
): Promise<void> {
  const act = await actOf(ctx, campaignId)
  if (!act) return
  const outcome = await changeCampaign(ctx.tx, deps, act, changed)
  await sayChange(ctx, deps, act, outcome, 'time')
}
