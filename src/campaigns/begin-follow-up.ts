import type { ContentVersion } from '../content/content.ts'
import { findPublished, findVersion } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import { auditCampaign } from './audit-campaign.ts'
import type { Campaign, CampaignKind } from './campaign.ts'
import type { CampaignAct, CampaignDeps } from './campaign-deps.ts'
import { createCampaign, isOneOff, listFollowUps, lockCampaign } from './campaign-store.ts'
import { cancelCampaign } from './control-campaign.ts'
import { countRecipientsIn } from './recipient-store.ts'
import { copyAsDraft } from './write-words.ts'

export type FollowUpOutcome =
  | { outcome: 'begun'; campaign: Campaign }
  /** It sent nothing yet, or is still at it. */
  | { outcome: 'not-over' | 'nothing-sent' }
  /** Somebody has begun the same, or it was done. */
  | { outcome: 'already'; campaign: Campaign }
  /** It was so long ago that the ledger does not know any more to whom it went. */
  | { outcome: 'forgotten' }
  /** What it said belongs to the library, where no other version is published. */
  | { outcome: 'same-words' }
  /** A correction needs it to rest: what is on its way would say the old words. */
  | { outcome: 'not-paused' }
  | { outcome: 'gone' }

/** Who of those that it was sent to gets it again. */
export type ResendTo = 'uncertain' | 'unread'

/**
 * The same once more: to those of whom nobody knows whether they got it, or to those who got it and did not say that they
 * read it. Who stopped or blocked since gets nothing.
 */
export async function beginResend(
  tx: Db,
  deps: CampaignDeps,
  act: CampaignAct,
  to: ResendTo,
): Promise<FollowUpOutcome> {
  const origin = await lockCampaign(tx, act.campaignId)
  if (!origin) return { outcome: 'gone' }
  const version = origin.versionId === null ? null : await findVersion(tx, origin.versionId)
  const { queueId } = origin
  if (!version || queueId === null) return { outcome: 'nothing-sent' }
  if (!isOver(origin)) return { outcome: 'not-over' }
  const state = to === 'uncertain' ? 'uncertain' : 'sent'
  if ((await countRecipientsIn(tx, queueId, state)) === 0) return { outcome: 'forgotten' }
  const same = await findFollowUp(tx, origin, ({ kind, state, audience: { inQueue } }) => {
    if (kind !== 'resend') return false
    // Those who did not confirm may be asked again and again; those in doubt stay in doubt, and would get it once more each time.
    return to === 'unread' ? !isOver({ state }) && inQueue?.state === 'sent' : inQueue?.state === to
  })
  if (same) return { outcome: 'already', campaign: same }
  const audience =
    to === 'uncertain'
      ? { inQueue: { id: queueId, state: 'uncertain' as const } }
      : { inQueue: { id: queueId, state: 'sent' as const }, notRead: version.contentId }
  // What the library publishes by now is what is to be read.
  const current = await findPublished(tx, version.contentId, deps.today())
  const { buttons, name } = origin
  return begin(tx, deps, act, 'resend', {
    ...{ name, buttons, audience, originId: origin.id },
    versionId: current?.id ?? version.id,
  })
}

/** Everything that it sent is to be deleted. */
export async function beginRecall(
  tx: Db,
  deps: CampaignDeps,
  act: CampaignAct,
): Promise<FollowUpOutcome> {
  const origin = await lockCampaign(tx, act.campaignId)
  if (!origin) return { outcome: 'gone' }
  if (origin.queueId === null) return { outcome: 'nothing-sent' }
  const same = await findFollowUp(tx, origin, ({ kind }) => kind === 'recall')
  // Begun and not confirmed: what is wrong must go at once, whoever is at hand.
  const isLeft = same?.state === 'composing' && same.createdById !== act.staffId
  if (same && !isLeft) return { outcome: 'already', campaign: same }
  if (same) await cancelCampaign(tx, deps, { ...act, campaignId: same.id })
  const { name, buttons, versionId } = origin
  return begin(tx, deps, act, 'recall', {
    ...{ name, buttons, versionId, originId: origin.id, audience: {} },
  })
}

/**
 * Everything that it sent is to say something else: words of its own that are written anew from those that stand there, or what
 * the library has published since.
 */
export async function beginCorrection(
  tx: Db,
  deps: CampaignDeps,
  act: CampaignAct,
): Promise<FollowUpOutcome> {
  const origin = await lockCampaign(tx, act.campaignId)
  if (!origin) return { outcome: 'gone' }
  const version = await findLastWords(tx, origin)
  if (!version || origin.queueId === null) return { outcome: 'nothing-sent' }
  if (origin.state === 'running') return { outcome: 'not-paused' }
  const same = await findFollowUp(tx, origin, ({ kind, state }) =>
    kind === 'recall' ? true : kind === 'correction' && !isOver({ state }),
  )
  if (same) return { outcome: 'already', campaign: same }
  const corrected = (await isOneOff(tx, version.contentId))
    ? await copyAsDraft(tx, deps, version, act.staffId)
    : await findPublished(tx, version.contentId, deps.today())
  if (!corrected || corrected.id === version.id) return { outcome: 'same-words' }
  const { name, buttons } = origin
  return begin(tx, deps, act, 'correction', {
    ...{ name, buttons, originId: origin.id, audience: {}, versionId: corrected.id },
  })
}

/** What those who got it read now: what the last correction of it says. */
async function findLastWords(tx: Db, origin: Campaign): Promise<ContentVersion | null> {
  const corrections = (await listFollowUps(tx, origin.id)).filter(
    ({ kind, startedAt }) => kind === 'correction' && startedAt !== null,
  )
  const { versionId } = corrections.at(-1) ?? origin
  return versionId === null ? null : findVersion(tx, versionId)
}

async function begin(
  tx: Db,
  deps: CampaignDeps,
  { campaignId: originId, staffId }: CampaignAct,
  kind: CampaignKind,
  about: Pick<Campaign, 'name' | 'buttons' | 'audience' | 'versionId' | 'originId'>,
): Promise<FollowUpOutcome> {
  const campaign = await createCampaign(tx, {
    ...about,
    kind,
    createdById: staffId,
    createdAt: deps.now(),
  })
  await auditCampaign(tx, deps, { campaignId: campaign.id, staffId }, 'begun', { kind, originId })
  return { outcome: 'begun', campaign }
}

/** Such a thing that was made of it and not given up. The origin is locked: of two who begin it one finds the other's. */
async function findFollowUp(
  tx: Db,
  origin: Campaign,
  isSame: (followUp: Campaign) => boolean,
): Promise<Campaign | null> {
  const known = await listFollowUps(tx, origin.id)
  return known.find((one) => one.state !== 'cancelled' && isSame(one)) ?? null
}

/** While it goes on, who is uncertain now may be sent to in a moment. */
function isOver({ state }: Pick<Campaign, 'state'>): boolean {
  return state === 'finished' || state === 'cancelled'
}
