import { findVersion, moveVersion, replaceOthers } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import { listEditors } from '../staff/staff-store.ts'
import { auditCampaign } from './audit-campaign.ts'
import { type Campaign, type CampaignState, canHappen } from './campaign.ts'
import type { CampaignAct, CampaignDeps } from './campaign-deps.ts'
import { digestOf } from './campaign-digest.ts'
import { lockCampaign, moveCampaign } from './campaign-store.ts'
import { type CampaignProblem, listProblems } from './check-campaign.ts'
import { sendForApproval, tellAuthor, tellOthers } from './tell-office.ts'

export type AskOutcome =
  /** Others have it in their chats; one of them decides. */
  | { outcome: 'asked'; others: number }
  /** Nobody need be asked: it starts at its time. */
  | { outcome: 'scheduled' }
  | { outcome: 'has-problems'; problems: CampaignProblem[] }
  /** Nobody else could approve it. */
  | { outcome: 'no-second' }
  | { outcome: 'not-yours' | 'gone' }
  | { outcome: 'too-late'; state: CampaignState }

/**
 * Whether somebody else must agree: always where it is to go out at night. To take something back needs nobody: what is
 * wrong must go at once, and a message less says nothing wrong.
 */
export function needsSecond(
  { approval }: Pick<CampaignDeps, 'approval'>,
  { overridesQuiet, kind }: Pick<Campaign, 'overridesQuiet' | 'kind'>,
): boolean {
  return kind !== 'recall' && (approval === 'second-person' || overridesQuiet)
}

/** The author is ready. Looks once more whether it can go out like this, and shows it to everybody who may approve it. */
export async function askApproval(
  tx: Db,
  deps: CampaignDeps,
  { campaignId, staffId }: CampaignAct,
): Promise<AskOutcome> {
  const campaign = await lockCampaign(tx, campaignId)
  if (!campaign) return { outcome: 'gone' }
  if (campaign.createdById !== staffId) return { outcome: 'not-yours' }
  if (!canHappen('ask', campaign.state)) return { outcome: 'too-late', state: campaign.state }
  const problems = await listProblems(tx, deps, campaign)
  if (problems.length > 0) return { outcome: 'has-problems', problems }
  if (!needsSecond(deps, campaign)) {
    await letOut(tx, deps, campaign, null)
    await moveCampaign(tx, campaignId, 'schedule')
    if (campaign.kind === 'recall') await tellOthers(tx, deps, campaign, 'campaigns:told.recall')
    await auditCampaign(tx, deps, { campaignId, staffId }, 'scheduled', startOf(campaign))
    return { outcome: 'scheduled' }
  }
  const others = (await listEditors(tx)).filter(({ id }) => id !== staffId)
  if (others.length === 0) return { outcome: 'no-second' }
  if (campaign.versionId !== null)
    await moveVersion(tx, campaign.versionId, {
      from: ['draft'],
      to: 'checked',
      checkedAt: deps.now(),
    })
  await moveCampaign(tx, campaignId, 'ask')
  await sendForApproval(tx, deps, { ...campaign, state: 'asked' }, others)
  await auditCampaign(tx, deps, { campaignId, staffId }, 'asked', startOf(campaign))
  return { outcome: 'asked', others: others.length }
}

export type DecideOutcome =
  | { outcome: 'approved' | 'sent-back'; campaign: Campaign }
  /** Who wrote it cannot approve it. */
  | { outcome: 'own' }
  /** It says something else by now than what was shown to them. */
  | { outcome: 'changed-since' }
  | { outcome: 'has-problems'; problems: CampaignProblem[] }
  | { outcome: 'over'; state: CampaignState }
  | { outcome: 'gone' }

/** A second person has read it. `digest` marks what was shown to them. */
export async function approveCampaign(
  tx: Db,
  deps: CampaignDeps,
  { campaignId, staffId, digest }: CampaignAct & { digest: string },
): Promise<DecideOutcome> {
  const found = await findAsked(tx, { campaignId, staffId, digest })
  if ('outcome' in found) return found
  const { campaign } = found
  // Days may have passed since it was asked for.
  const problems = await listProblems(tx, deps, campaign)
  if (problems.length > 0) return { outcome: 'has-problems', problems }
  await letOut(tx, deps, campaign, staffId)
  await moveCampaign(tx, campaignId, 'approve', { approvedById: staffId })
  await tellAuthor(tx, deps, campaign, 'campaigns:told.approved')
  await auditCampaign(tx, deps, { campaignId, staffId }, 'approved', { digest })
  return { outcome: 'approved', campaign: { ...campaign, state: 'scheduled' } }
}

/** A second person wants something changed. */
export async function sendBackCampaign(
  tx: Db,
  deps: CampaignDeps,
  { campaignId, staffId, digest }: CampaignAct & { digest: string },
): Promise<DecideOutcome> {
  const found = await findAsked(tx, { campaignId, staffId, digest })
  if ('outcome' in found) return found
  await moveCampaign(tx, campaignId, 'send-back')
  await tellAuthor(tx, deps, found.campaign, 'campaigns:told.sent-back')
  await auditCampaign(tx, deps, { campaignId, staffId }, 'sent back', { digest })
  return { outcome: 'sent-back', campaign: { ...found.campaign, state: 'composing' } }
}

async function findAsked(
  tx: Db,
  { campaignId, staffId, digest }: CampaignAct & { digest: string },
): Promise<{ campaign: Campaign } | Exclude<DecideOutcome, { outcome: 'approved' | 'sent-back' }>> {
  const campaign = await lockCampaign(tx, campaignId)
  if (!campaign) return { outcome: 'gone' }
  if (campaign.createdById === staffId) return { outcome: 'own' }
  if (campaign.state !== 'asked') return { outcome: 'over', state: campaign.state }
  const version = campaign.versionId === null ? null : await findVersion(tx, campaign.versionId)
  return digestOf(campaign, version) === digest ? { campaign } : { outcome: 'changed-since' }
}

/** Words of its own are published with the campaign: they can be read, and asked about, like those of the library. */
async function letOut(
  tx: Db,
  { now }: Pick<CampaignDeps, 'now'>,
  { versionId }: Campaign,
  approvedById: number | null,
): Promise<void> {
  if (versionId === null) return
  await moveVersion(tx, versionId, {
    from: ['draft', 'checked'],
    to: 'published',
    publishedAt: now(),
    ...(approvedById === null ? {} : { publishedById: approvedById }),
  })
  const version = await findVersion(tx, versionId)
  if (version?.state === 'published') await replaceOthers(tx, [version])
}

function startOf({ startAt, overridesQuiet }: Campaign) {
  return { startAt: startAt?.toISOString() ?? null, overridesQuiet }
}
