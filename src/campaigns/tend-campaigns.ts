import type { Db, PrismaClient } from '../db/open-database.ts'
import {
  countQueue,
  finishQueues,
  type QueueCount,
  resumeQueue,
} from '../delivery/queue-control.ts'
import { describeError } from '../errors.ts'
import type { Log } from '../lib/log.ts'
import { auditCampaign } from './audit-campaign.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import {
  findCampaign,
  listDueCampaigns,
  listMovingCampaigns,
  lockIdleCampaign,
  moveCampaign,
} from './campaign-store.ts'
import { showEveryMs } from './progress.ts'
import { sendReport } from './read-report.ts'
import { showProgress } from './show-progress.ts'
import { startCampaign } from './start-campaign.ts'

/** A snapshot of every villager of a city takes ten seconds; a slow disk may need some times that. */
const startTimeoutMs = 180_000
/** What was cancelled may have messages on their way for so long; then its numbers stand. */
const afterwardsMs = 10 * 60_000

/**
 * Starts what is due, shows how far the others are, and ends those of which nothing waits. Each in a transaction of its
 * own: one that cannot be tended holds up no other. Harmless in two processes, late, or after a crash. Returns how many
 * were started or ended.
 */
export async function tendCampaigns(
  db: PrismaClient,
  deps: CampaignDeps & { log: Log },
): Promise<number> {
  let count = 0
  const attempt = async (
    campaignId: number,
    act: (tx: Db) => Promise<boolean>,
    timeout?: number,
  ) => {
    try {
      if (await db.$transaction(act, timeout === undefined ? {} : { timeout })) count += 1
    } catch (error) {
      const what = { campaignId, error: describeError(error) }
      deps.log.error(what, 'a campaign could not be tended')
    }
  }
  for (const id of await listDueCampaigns(db, deps.now()))
    await attempt(
      id,
      async (tx) => (await startCampaign(tx, deps, id)).outcome === 'started',
      startTimeoutMs,
    )
  const endedSince = new Date(deps.now().getTime() - afterwardsMs)
  for (const id of await listMovingCampaigns(db, endedSince))
    await attempt(id, (tx) => tendOne(tx, deps, id))
  return count
}

/** True when it ended. */
async function tendOne(tx: Db, deps: CampaignDeps, id: number): Promise<boolean> {
  const campaign = await lockIdleCampaign(tx, id)
  if (!campaign || campaign.queueId === null) return false
  const counts = await countQueue(tx, campaign.queueId)
  const isOver = counts.pending + counts.sending === 0
  const isOpen = campaign.state === 'running' || campaign.state === 'paused'
  if (isOver && isOpen) return finishCampaign(tx, deps, campaign, counts)
  const shownAt = campaign.progress ? Date.parse(campaign.progress.at) : 0
  const isDue = deps.now().getTime() - shownAt >= showEveryMs
  if (isDue || isOver) await showProgress(tx, deps, campaign, counts)
  return false
}

async function finishCampaign(
  tx: Db,
  deps: CampaignDeps,
  campaign: Campaign,
  counts: QueueCount,
): Promise<boolean> {
  const { id, queueId } = campaign
  if (queueId === null) return false
  if (!(await moveCampaign(tx, id, 'finish', { finishedAt: deps.now() }))) return false
  await resumeQueue(tx, queueId)
  await finishQueues(tx, { ids: [queueId] })
  const finished = await findCampaign(tx, id)
  if (finished) {
    await showProgress(tx, deps, finished, counts)
    await sendReport(tx, deps, finished)
  }
  const { sent, blocked, failed, uncertain } = counts
  await auditCampaign(tx, deps, { campaignId: id, staffId: null }, 'finished', {
    ...{ sent, blocked, failed, uncertain },
  })
  return true
}
