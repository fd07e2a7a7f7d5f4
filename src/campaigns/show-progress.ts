import { createHash } from 'node:crypto'
import type { Db } from '../db/open-database.ts'
import type { OutcomeListener } from '../delivery/outcome-listener.ts'
import type { QueueCount } from '../delivery/queue-control.ts'
import { isQuiet } from '../delivery/quiet-hours.ts'
import { minuteOf } from '../lib/calendar.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import { saveProgress, saveProgressMessage } from './campaign-store.ts'
import { composeProgress } from './compose-progress.ts'
import { measureProgress } from './progress.ts'
import { findOwner } from './tell-office.ts'

const purpose = 'campaign-progress'
const subjectOf = (id: number) => `campaign:${id}`

/**
 * Writes how far it is into its one message, or says it there for the first time. Nothing goes out when nothing changed.
 * True when something was written.
 */
export async function showProgress(
  tx: Db,
  deps: CampaignDeps,
  campaign: Campaign,
  counts: QueueCount,
): Promise<boolean> {
  const owner = await findOwner(tx, campaign)
  if (!owner) return false
  const isNew = campaign.progress === null
  // Telegram has not told yet which message it is: the next look edits it.
  if (!isNew && campaign.progressMessage === null) return false
  const now = deps.now()
  const measured = measureProgress(counts, campaign.progress, {
    now,
    startedAt: campaign.startedAt,
    isMoving: campaign.state === 'running',
  })
  const { text, keyboard } = composeProgress(
    deps.messages.in(owner.language),
    campaign,
    counts,
    measured,
    { isNight: isWaitingForMorning(deps, campaign) },
  )
  const digest = createHash('sha256').update(text).digest('hex')
  if (campaign.progress?.digest === digest) return false
  const { tried: done, perSecond } = measured
  await saveProgress(tx, campaign.id, { at: now.toISOString(), done, perSecond, digest })
  const { progressMessage: messageId } = campaign
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose,
    subject: subjectOf(campaign.id),
    address: { chatId: owner.telegramId },
    outgoing:
      messageId === null
        ? { kind: 'text', text, keyboard }
        : { kind: 'edit', messageId, text, keyboard },
  })
  return true
}

/** By what came of it we learn which message it is, also when the old one was deleted and it was said anew. */
const progressListener: OutcomeListener = async (tx, { subject, outgoing, end }) => {
  const id = Number(subject?.split(':')[1])
  if (end.state !== 'sent' || end.messageId === undefined || outgoing.kind !== 'text') return
  await saveProgressMessage(tx, id, end.messageId)
}

export const progressListeners = { [purpose]: progressListener }

function isWaitingForMorning(
  { now, timezone }: Pick<CampaignDeps, 'now' | 'timezone'>,
  { overridesQuiet, kind }: Campaign,
): boolean {
  if (overridesQuiet || kind === 'recall' || kind === 'correction') return false
  return isQuiet(minuteOf(now(), timezone))
}
