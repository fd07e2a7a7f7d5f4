import type { Db } from '../db/open-database.ts'
import { auditCampaign } from './audit-campaign.ts'
import { type Campaign, type CampaignState, canHappen } from './campaign.ts'
import type { CampaignAct } from './campaign-deps.ts'
import { lockCampaign, moveCampaign } from './campaign-store.ts'

export type CampaignChange = Partial<
  Pick<
    Campaign,
    'name' | 'versionId' | 'buttons' | 'audience' | 'startAt' | 'overridesQuiet' | 'isPaid'
  >
>

export type ChangeOutcome =
  /** `was`: where it stood before; if it was asked or scheduled, it must be asked for again. */
  | { outcome: 'changed'; campaign: Campaign; was: CampaignState }
  /** Only its author may: else who changed it last could approve their own words. */
  | { outcome: 'not-yours' }
  | { outcome: 'too-late'; state: CampaignState }
  | { outcome: 'gone' }

/**
 * Changes what is not sent yet. `change` sees the campaign as it is now, locked, and gives what is to be different; null
 * leaves it as it is. An approval, asked for or given, ends with the first change.
 */
export async function changeCampaign(
  tx: Db,
  { now }: { now: () => Date },
  { campaignId, staffId }: CampaignAct,
  change: (campaign: Campaign) => CampaignChange | null | Promise<CampaignChange | null>,
): Promise<ChangeOutcome> {
  const known = await lockCampaign(tx, campaignId)
  if (!known) return { outcome: 'gone' }
  if (known.createdById !== staffId) return { outcome: 'not-yours' }
  const was = known.state
  if (!canHappen('change', was)) return { outcome: 'too-late', state: was }
  const changed = await change(known)
  if (!changed) return { outcome: 'changed', campaign: known, was: 'composing' }
  await moveCampaign(tx, campaignId, 'change', { ...changed, approvedById: null })
  if (was !== 'composing')
    await auditCampaign(tx, { now }, { campaignId, staffId }, 'changed', { was })
  const campaign = { ...known, ...changed, state: 'composing' as const, approvedById: null }
  return { outcome: 'changed', campaign, was }
}
