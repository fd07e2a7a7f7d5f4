import { audienceOf } from '../audiences/count-recipients.ts'
import { composeFor, partFor, planContent } from '../audiences/plan-content.ts'
import type { ContentVersion } from '../content/content.ts'
import { findVersion } from '../content/content-store.ts'
import type { Db } from '../db/open-database.ts'
import { type ChangeSentOutcome, type Correction, changeSent } from '../delivery/change-sent.ts'
import { openEmptyQueue } from '../delivery/queue-control.ts'
import { sendingHours } from '../delivery/quiet-hours.ts'
import type { Language } from '../messages/messages.ts'
import type { Campaign } from './campaign.ts'
import type { CampaignDeps } from './campaign-deps.ts'
import { listRecipientGroups } from './recipient-store.ts'

export type Filled = { queueId: number; recipients: number }

/** A queue with a delivery for everybody in the audience at this moment. */
export async function fillWithMessages(
  tx: Db,
  deps: CampaignDeps,
  { id, isPaid, overridesQuiet, audience, buttons }: Campaign,
  version: ContentVersion,
): Promise<Filled> {
  const { keyring, messages } = deps
  const now = deps.now()
  const hours = overridesQuiet ? null : sendingHours
  const queueId = await openEmptyQueue(tx, { name: `campaign:${id}`, isPaid, hours, now })
  const { tree } = await deps.directory.current(tx)
  const recipients = await planContent(
    tx,
    { keyring, messages, tree, today: deps.today(), now },
    {
      queueId,
      version,
      audience: audienceOf(audience, version),
      links: buttons.links,
      asksRead: buttons.asksRead,
      purpose: 'campaign',
    },
  )
  return { queueId, recipients }
}

/**
 * A queue that deletes, or edits, what this other queue has sent. At any hour: neither makes a sound. The other queue must
 * rest, with nothing of it under way.
 */
export async function fillWithChanges(
  tx: Db,
  deps: CampaignDeps,
  campaign: Campaign,
  ofQueueId: number,
): Promise<Filled> {
  const now = deps.now()
  const newQueueId = await openEmptyQueue(tx, {
    name: `campaign:${campaign.id}`,
    isPaid: false,
    hours: null,
    now,
  })
  const change =
    campaign.kind === 'recall'
      ? { kind: 'delete' as const }
      : {
          kind: 'edit' as const,
          corrections: await composeCorrections(tx, deps, campaign, ofQueueId),
        }
  const { planned, replaced, underWay }: ChangeSentOutcome = await changeSent(tx, deps, {
    ...{ ofQueueId, newQueueId, change, now },
  })
  // Undone with the transaction, and tried again by the clock.
  if (underWay > 0) throw new Error(`queue ${ofQueueId} is still at it`)
  return { queueId: newQueueId, recipients: planned + replaced }
}

/** The new words for everybody who got the old ones, by language and place as they are today. */
async function composeCorrections(
  tx: Db,
  deps: CampaignDeps,
  { versionId, buttons }: Campaign,
  queueId: number,
): Promise<Correction[]> {
  const version = versionId === null ? null : await findVersion(tx, versionId)
  if (!version) return []
  const { tree } = await deps.directory.current(tx)
  const about = { messages: deps.messages, tree, today: deps.today() }
  const { links, asksRead } = buttons
  const groups = await listRecipientGroups(tx, queueId)
  return groups.flatMap(({ language, areaId, recipientIds }) => {
    const reader = { language: language as Language, areaId }
    const part = partFor(about, version, reader)
    if (!part) return []
    return [{ anew: composeFor(about, { version, links, asksRead }, part), recipientIds }]
  })
}
