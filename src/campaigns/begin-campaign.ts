import type { Db } from '../db/open-database.ts'
import { auditCampaign } from './audit-campaign.ts'
import type { Campaign } from './campaign.ts'
import { createCampaign, findBlank } from './campaign-store.ts'

/**
 * A new campaign that says nothing yet, to everybody. Only who begins it may write it. Who has begun one and chosen nothing
 * yet goes on with that.
 */
export async function beginCampaign(
  tx: Db,
  { now }: { now: () => Date },
  { staffId }: { staffId: number },
): Promise<Campaign> {
  const known = await findBlank(tx, staffId)
  if (known) return known
  const campaign = await createCampaign(tx, {
    name: '',
    kind: 'broadcast',
    versionId: null,
    buttons: { asksRead: true, links: [] },
    audience: {},
    originId: null,
    createdById: staffId,
    createdAt: now(),
  })
  await auditCampaign(tx, { now }, { campaignId: campaign.id, staffId }, 'begun')
  return campaign
}
