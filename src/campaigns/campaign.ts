import { z } from 'zod'
import type { Audience } from '../audiences/audience.ts'
import { languages } from '../messages/messages.ts'

/**
 * composing: being written. asked: shown to others, waits for a second person. scheduled: approved, starts by itself at
 * its time. running and paused: its snapshot is taken. finished: nothing of it waits any more. cancelled: nobody else
 * gets it.
 */
export const campaignStates = [
  'composing',
  'asked',
  'scheduled',
  'running',
  'paused',
  'finished',
  'cancelled',
] as const
export type CampaignState = (typeof campaignStates)[number]

/** resend: the same again, to some. recall: what was sent is deleted. correction: what was sent says something else. */
export type CampaignKind = 'broadcast' | 'resend' | 'recall' | 'correction'

type Actor = 'author' | 'second' | 'office' | 'clock'
type Transition = { from: readonly CampaignState[]; to: CampaignState; by: readonly Actor[] }

/**
 * Everything that can happen to a campaign, and nothing else can. Every change is an update on the condition that it is
 * in one of `from`. `by`: author: who wrote it; second: anybody else of the office; office: anybody of it.
 */
export const campaignTransitions = {
  /** Whatever is changed takes an approval away: it was given to something else. */
  change: { from: ['composing', 'asked', 'scheduled'], to: 'composing', by: ['author'] },
  ask: { from: ['composing'], to: 'asked', by: ['author'] },
  approve: { from: ['asked'], to: 'scheduled', by: ['second'] },
  'send-back': { from: ['asked'], to: 'composing', by: ['second'] },
  /** Without a second person, where the settings allow that. */
  schedule: { from: ['composing'], to: 'scheduled', by: ['author'] },
  /** Now instead of at its time; its approval stays. */
  hurry: { from: ['scheduled'], to: 'scheduled', by: ['office'] },
  start: { from: ['scheduled'], to: 'running', by: ['clock'] },
  /** At its time it could not be sent any more as it was approved. */
  'fall-back': { from: ['scheduled'], to: 'composing', by: ['clock'] },
  pause: { from: ['running'], to: 'paused', by: ['office'] },
  resume: { from: ['paused'], to: 'running', by: ['office'] },
  finish: { from: ['running', 'paused'], to: 'finished', by: ['clock'] },
  cancel: {
    from: ['composing', 'asked', 'scheduled', 'running', 'paused'],
    to: 'cancelled',
    by: ['office'],
  },
} as const satisfies Record<string, Transition>

export type CampaignEvent = keyof typeof campaignTransitions

/** The states in which this may happen; the condition of every update. */
export function campaignStatesBefore(event: CampaignEvent): CampaignState[] {
  return [...campaignTransitions[event].from]
}

export function campaignStateAfter(event: CampaignEvent): CampaignState {
  return campaignTransitions[event].to
}

export function canHappen(event: CampaignEvent, state: CampaignState): boolean {
  return campaignStatesBefore(event).includes(state)
}

const linkTextMaxLength = 40
/** What a thumb still scrolls past under a message. */
export const mostLinks = 4

/** What stands under the message: whether it asks “I have read it”, and links, each with its words by language. */
export const campaignButtons = z.strictObject({
  asksRead: z.boolean(),
  links: z.array(
    z.strictObject({
      texts: z.partialRecord(z.enum(languages), z.string().min(1).max(linkTextMaxLength)),
      url: z.url({ protocol: /^https?$/ }),
    }),
  ),
})
export type CampaignButtons = z.infer<typeof campaignButtons>

/** What the progress message showed last. `done` counts what had ended, `at` is an instant. */
export const campaignProgress = z.object({
  at: z.iso.datetime(),
  done: z.int(),
  perSecond: z.number(),
  /** Of its words: whether there is anything to change. */
  digest: z.string(),
})
export type CampaignProgress = z.infer<typeof campaignProgress>

export type Campaign = {
  id: number
  name: string
  kind: CampaignKind
  state: CampaignState
  versionId: number | null
  buttons: CampaignButtons
  audience: Audience
  originId: number | null
  /** Null: as soon as it may. */
  startAt: Date | null
  overridesQuiet: boolean
  isPaid: boolean
  createdById: number
  approvedById: number | null
  queueId: number | null
  /** The snapshot: how many it was planned for. */
  recipients: number | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  progressMessage: number | null
  progress: CampaignProgress | null
}
