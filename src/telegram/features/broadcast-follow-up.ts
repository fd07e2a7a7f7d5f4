import { Composer } from 'grammy'
import {
  beginCorrection,
  beginRecall,
  beginResend,
  type FollowUpOutcome,
} from '../../campaigns/begin-follow-up.ts'
import type { CampaignDeps } from '../../campaigns/campaign-deps.ts'
import type { ChatContext } from '../context.ts'
import { actOf } from './broadcast-compose.ts'
import { sayPage } from './broadcast-page.ts'
import { sayStep } from './broadcast-steps.ts'

/** What is done afterwards to what was sent: again, otherwise, or taken back. Each is a campaign of its own. */
export function broadcastFollowUp(deps: CampaignDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^bc:again-(uncertain|unread):(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[2]))
    if (!act) return
    const to = ctx.match[1] === 'uncertain' ? 'uncertain' : 'unread'
    await sayBegun(ctx, deps, await beginResend(ctx.tx, deps, act, to))
  })
  feature.callbackQuery(/^bc:recall:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (act) await sayBegun(ctx, deps, await beginRecall(ctx.tx, deps, act))
  })
  feature.callbackQuery(/^bc:correct:(\d{1,9})$/, async (ctx) => {
    const act = await actOf(ctx, Number(ctx.match[1]))
    if (act) await sayBegun(ctx, deps, await beginCorrection(ctx.tx, deps, act))
  })
  return feature
}

async function sayBegun(
  ctx: ChatContext,
  deps: CampaignDeps,
  outcome: FollowUpOutcome,
): Promise<void> {
  if (outcome.outcome === 'gone') return ctx.show(ctx.t('campaigns:gone'))
  if (outcome.outcome === 'already') {
    const notice = ctx.t('campaigns:follow-up.already')
    return sayPage(ctx, deps, outcome.campaign.id, { isNew: true, notice })
  }
  if (outcome.outcome !== 'begun')
    return ctx.toast(ctx.t(`campaigns:follow-up.${outcome.outcome}`), true)
  const { id, kind } = outcome.campaign
  const notice = ctx.t(`campaigns:follow-up.${kind}`)
  // The report stays where it is.
  if (kind === 'correction') await sayStep(ctx, deps, id, 'words', { isNew: true, notice })
  else await sayPage(ctx, deps, id, { isNew: true, notice })
}
