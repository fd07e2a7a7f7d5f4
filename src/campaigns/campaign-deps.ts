import type { DirectoryCache } from '../areas/directory.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Messages } from '../messages/messages.ts'

export type CampaignDeps = {
  keyring: Keyring
  messages: Messages
  directory: DirectoryCache
  enqueue: Enqueue
  /** off: whoever writes a campaign may send it, by day. */
  approval: 'second-person' | 'off'
  timezone: string
  today: () => string
  now: () => Date
}

/** Somebody of the office who does something with a campaign. */
export type CampaignAct = { campaignId: number; staffId: number }
