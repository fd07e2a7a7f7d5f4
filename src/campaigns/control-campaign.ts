import type { Db } from '../db/open-database.ts'
import {
  cancelQueue,
  countQueue,
  pauseQueue,
  type QueueCount,
  resumeQueue,
} from '../delivery/queue-control.ts'
import { auditCampaign } from './audit-campaign.ts'
import { type Campaign, type CampaignEvent, type CampaignState, canHappen } from './campaign.ts'
import type { CampaignAct, CampaignDeps } from './campaign-deps.ts'
import { listFollowUps, lockCampaign, moveCampaign } from './campaign-store.ts'
import { showProgress } from './show-progress.ts'
import { tellInvolved } from './tell-office.ts'

/** `staffId` null: the clock. */
type ClockAct = { campaignId: number; staffId: number | null }

export type ControlOutcome =
  /** `counts`: as they are now; null when nothing was planned yet. */
  | { outcome: 'done'; campaign: Campaign; counts: QueueCount | null; was: CampaignState }
  /** Somebody was faster, or it is over. */
  | { outcome: 'not-now'; state: CampaignState }
  | { outcome: 'gone' }

/** Nothing more goes out until it is resumed, but for the few that are on their way at this moment. */
export function pauseCampaign(tx: Db, deps: CampaignDeps, act: CampaignAct) {
  return control(tx, deps, act, 'pause', (queueId) => pauseQueue(tx, queueId))
}

/** It goes on where it was: nobody is skipped, nobody gets it twice. */
export function resumeCampaign(tx: Db, deps: CampaignDeps, act: CampaignAct) {
  return control(tx, deps, act, 'resume', (queueId) => resumeQueue(tx, queueId))
}

/** Nobody else gets it. What was sent stays where it is: see `beginRecall`. */
export function cancelCampaign(tx: Db, deps: CampaignDeps, act: ClockAct) {
  return control(tx, deps, act, 'cancel', (queueId) => cancelQueue(tx, queueId, deps.now()))
}

/** An approved one need not wait for its time. Quiet hours hold as they did. */
export async function hurryCampaign(
  tx: Db,
  deps: CampaignDeps,
  act: CampaignAct,
): Promise<ControlOutcome> {
  return control(tx, deps, act, 'hurry', async () => {})
}

/**
 * What it has sent is to be taken back, so the rest of it must not go out, nor what changes it meanwhile. False when all
 * of it had ended.
 */
export async function stopForRecall(
  tx: Db,
  deps: CampaignDeps,
  origin: Campaign,
): Promise<boolean> {
  const corrections = (await listFollowUps(tx, origin.id)).filter(
    ({ kind }) => kind === 'correction',
  )
  const open = [origin, ...corrections].filter(({ state }) => canHappen('cancel', state))
  for (const { id: campaignId } of open)
    await cancelCampaign(tx, deps, { campaignId, staffId: null })
  return open.length > 0
}

async function control(
  tx: Db,
  deps: CampaignDeps,
  act: ClockAct,
  event: Extract<CampaignEvent, 'pause' | 'resume' | 'cancel' | 'hurry'>,
  changeQueue: (queueId: number) => Promise<unknown>,
): Promise<ControlOutcome> {
  const known = await lockCampaign(tx, act.campaignId)
  if (!known) return { outcome: 'gone' }
  const { state: was, queueId, id } = known
  if (!canHappen(event, was)) return { outcome: 'not-now', state: was }
  const now = deps.now()
  const change = {
    ...(event === 'cancel' ? { finishedAt: now } : {}),
    ...(event === 'hurry' ? { startAt: now } : {}),
  }
  await moveCampaign(tx, id, event, change)
  if (queueId !== null) await changeQueue(queueId)
  const campaign = (await lockCampaign(tx, id)) ?? known
  const counts = queueId === null ? null : await countQueue(tx, queueId)
  if (counts) await showProgress(tx, deps, campaign, counts)
  else if (event === 'cancel') await tellInvolved(tx, deps, campaign, act.staffId)
  await auditCampaign(tx, deps, act, pastOf[event], counts ? auditCounts(counts) : {})
  return { outcome: 'done', campaign, counts, was }
}

const pastOf = { pause: 'paused', resume: 'resumed', cancel: 'cancelled', hurry: 'hurried' }

function auditCounts({ pending, sending, sent, cancelled }: QueueCount) {
  return { pending, sending, sent, cancelled }
}
