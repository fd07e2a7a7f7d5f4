import type { Language } from '../messages/messages.ts'

/**
 * choosing: has met the bot, no village yet. active: gets content. stopped: said /stop. blocked: blocked the bot or
 * is gone; comes back by writing to it.
 */
export type SubscriberState = 'choosing' | 'active' | 'stopped' | 'blocked'

/** What a subscriber said they are; villager until they say something else. */
export const subscriberRoles = ['villager', 'candidate', 'observer', 'cadre'] as const
export type SubscriberRole = (typeof subscriberRoles)[number]

/** What can be switched off: the kinds of content, in the order in which people see them. */
export const topics = ['reminder', 'notice', 'case', 'policy'] as const
export type Topic = (typeof topics)[number]

export type Subscriber = {
  id: number
  state: SubscriberState
  language: Language
  areaId: number | null
  role: SubscriberRole
  mutedTopics: Topic[]
  /** Of the local day, at which reminders come; null: when they are due. */
  hour: number | null
  /** YYYY-MM-DD, the last day without content; null: none. */
  pausedUntil: string | null
}
