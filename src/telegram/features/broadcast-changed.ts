import type { CampaignAct, CampaignDeps } from '../../campaigns/campaign-deps.ts'
import type { ChangeOutcome } from '../../campaigns/change-campaign.ts'
import type { Step } from '../../campaigns/guide.ts'
import type { ChatContext } from '../context.ts'
import { sayPage } from './broadcast-page.ts'
import { sayStep } from './broadcast-steps.ts'

/** What came of a change: the step that follows, or why nothing changed. */
export async function sayChange(
  ctx: ChatContext,
  deps: CampaignDeps,
  { campaignId }: CampaignAct,
  outcome: ChangeOutcome | { outcome: 'no-words' },
  step: Step,
  { isNew = false, notice = '' }: { isNew?: boolean; notice?: string } = {},
): Promise<void> {
  if (outcome.outcome === 'changed') {
    const lost = outcome.was === 'composing' ? [] : [ctx.t(`campaigns:changed.${outcome.was}`)]
    const notices = [notice, ...lost].filter((line) => line !== '').join('\n')
    return sayStep(ctx, deps, campaignId, step, { isNew, notice: notices })
  }
  await sayPage(ctx, deps, campaignId, {
    isNew,
    notice: ctx.t(`campaigns:changed.${outcome.outcome}`),
  })
}
