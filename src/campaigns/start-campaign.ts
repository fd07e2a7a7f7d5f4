import { findVersion } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import { countQueue } from '../delivery/queue-control.ts'
import { auditCampaign } from './audit-campaign.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import { findCampaign, lockIdleCampaign, moveCampaign } from './campaign-store.ts'
import { listProblems } from './check-campaign.ts'
import { stopForRecall } from './control-campaign.ts'
import { type Filled, fillWithChanges, fillWithMessages } from './fill-queue.ts'
import { showProgress } from './show-progress.ts'
import { findOwner, tellAuthor } from './tell-office.ts'

export type StartOutcome =
  | { outcome: 'started'; recipients: number }
  /** It cannot go out as it was approved; its author was told. */
  | { outcome: 'fell-back' }
  /** Another process has it, or it is not to start (yet, or any more). */
  | { outcome: 'not-due' }

/**
 * Takes the snapshot and lets it go: state, queue, and a delivery for everybody in its audience at this moment are one
 * transaction, so that it starts once, whole or not at all.
 */
export async function startCampaign(
  tx: Db,
  deps: CampaignDeps,
  campaignId: number,
): Promise<StartOutcome> {
  const campaign = await lockIdleCampaign(tx, campaignId)
  const now = deps.now()
  if (campaign?.state !== 'scheduled') return { outcome: 'not-due' }
  if (campaign.startAt !== null && campaign.startAt > now) return { outcome: 'not-due' }
  // Whoever wrote and approved it was removed: nobody answers for it.
  const isOrphan = (await findOwner(tx, campaign)) === null
  const [problem] = isOrphan ? [{ kind: 'no-owner' }] : await listProblems(tx, deps, campaign)
  if (problem) {
    await moveCampaign(tx, campaignId, 'fall-back', { approvedById: null })
    await tellAuthor(tx, deps, campaign, `campaigns:told.fell-back-${problem.kind}`)
    await auditCampaign(tx, deps, { campaignId, staffId: null }, 'fell back')
    return { outcome: 'fell-back' }
  }
  const filled = await fillQueue(tx, deps, campaign)
  if (!filled) return { outcome: 'not-due' }
  const { queueId, recipients } = filled
  if (!(await moveCampaign(tx, campaignId, 'start', { startedAt: now, queueId, recipients })))
    throw new Error(`campaign ${campaignId} was started although it was locked`)
  const started = await findCampaign(tx, campaignId)
  if (started) await showProgress(tx, deps, started, await countQueue(tx, queueId))
  await auditCampaign(tx, deps, { campaignId, staffId: null }, 'started', { recipients })
  return { outcome: 'started', recipients }
}

/** Null: what it is to change is still under way. */
async function fillQueue(tx: Db, deps: CampaignDeps, campaign: Campaign): Promise<Filled | null> {
  const { kind, originId, versionId } = campaign
  if (kind === 'broadcast' || kind === 'resend') {
    const version = versionId === null ? null : await findVersion(tx, versionId)
    return version && fillWithMessages(tx, deps, campaign, version)
  }
  const origin = originId === null ? null : await findCampaign(tx, originId)
  if (!origin?.queueId) return null
  // Who takes it back does not want the rest of it to go out. Planned by the next tick: this one has written to the audit,
  // which nobody else can until it ends.
  if (kind === 'recall' && (await stopForRecall(tx, deps, origin))) return null
  const { sending } = await countQueue(tx, origin.queueId)
  return sending > 0 ? null : fillWithChanges(tx, deps, campaign, origin.queueId)
}
