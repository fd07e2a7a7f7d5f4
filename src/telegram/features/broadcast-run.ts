import { Composer } from 'grammy'
import type { Campaign } from '../../campaigns/campaign.ts'
import type { CampaignAct, CampaignDeps } from '../../campaigns/campaign-deps.ts'
import {
  type ControlOutcome,
  cancelCampaign,
  hurryCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../../campaigns/control-campaign.ts'
import { composeReport, readReport } from '../../campaigns/read-report.ts'
import type { ChatContext } from '../context.ts'
import { actOf } from './broadcast-compose.ts'
import { findAt, sayPage } from './broadcast-page.ts'

/** What anybody of the office may do with a campaign that is approved, runs, or is over. */
export function broadcastRun(deps: CampaignDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^bc:(pause|resume):(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[2]))
    if (!act) return
    const control = ctx.match[1] === 'pause' ? pauseCampaign : resumeCampaign
    await sayControl(ctx, deps, act, await control(ctx.tx, deps, act))
  })
  feature.callbackQuery(/^bc:go:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    await sayControl(ctx, deps, act, await hurryCampaign(ctx.tx, deps, act))
  })
  // Asked in a message of its own: the one that shows how far it is would be written over in a moment.
  feature.callbackQuery(/^bc:cancel:(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (!at) return
    const { id, name } = at.campaign
    await ctx.say(ctx.t('campaigns:cancel.sure', { name }), [
      [{ text: ctx.t('campaigns:button.cancel-yes'), data: `bc:cancel-1:${id}` }],
      [{ text: ctx.t('campaigns:button.cancel-no'), data: `bc:page:${id}` }],
    ])
  })
  feature.callbackQuery(/^bc:(?:cancel-1|discard):(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (!act) return
    const outcome = await cancelCampaign(ctx.tx, deps, act)
    await sayControl(ctx, deps, act, outcome)
  })
  feature.callbackQuery(/^bc:(?:report|refresh):(\d{1,9})$/, async (ctx) => {
    const at = await findAt(ctx, Number(ctx.match[1]))
    if (!at) return
    const report = await readReport(ctx.tx, deps, at.campaign)
    if (!report) return sayPage(ctx, deps, at.campaign.id)
    const t = deps.messages.in(ctx.turn.language)
    const { text, keyboard } = composeReport(t, deps, at.campaign, report)
    // The message that shows how far it is stays what it is.
    const isApart = isProgress(ctx, at.campaign, at.staff.id)
    await (isApart ? ctx.say : ctx.show).call(ctx, text, keyboard)
  })
  return feature
}

async function sayControl(
  ctx: ChatContext,
  deps: CampaignDeps,
  { campaignId, staffId }: CampaignAct,
  outcome: ControlOutcome,
): Promise<void> {
  if (outcome.outcome === 'gone') return ctx.show(ctx.t('campaigns:gone'))
  const notice =
    outcome.outcome === 'not-now'
      ? ctx.t(`campaigns:not-now.${outcome.state}`)
      : sayDone(ctx, outcome)
  ctx.toast(notice.slice(0, 200))
  const campaign = outcome.outcome === 'done' ? outcome.campaign : null
  // That message was just written anew.
  if (campaign && isProgress(ctx, campaign, staffId)) return
  await sayPage(ctx, deps, campaignId, { notice })
}

function sayDone(
  ctx: ChatContext,
  { campaign, counts }: ControlOutcome & { outcome: 'done' },
): string {
  const { pending = 0, sending = 0, sent = 0, cancelled = 0 } = counts ?? {}
  const key = counts === null && campaign.state === 'cancelled' ? 'discarded' : campaign.state
  return ctx.t(`campaigns:done.${key}`, { sent, cancelled, waiting: pending + sending, sending })
}

/** Whether the pressed message is the one that shows how far it is: it stands in the chat of its author. */
function isProgress(
  ctx: ChatContext,
  { progressMessage, createdById }: Campaign,
  staffId: number,
): boolean {
  const pressed = ctx.callbackQuery?.message?.message_id
  return createdById === staffId && progressMessage !== null && pressed === progressMessage
}
