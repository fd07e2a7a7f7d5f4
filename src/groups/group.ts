/** Supervision groups take tips about vote-buying; mediation groups take the quarrels that an election brings. */
export const groupKinds = ['supervision', 'mediation'] as const
export type GroupKind = (typeof groupKinds)[number]

/** The level of office that the group belongs to, which is not the size of its territory. */
export const groupLevels = ['city', 'county', 'township'] as const
export type GroupLevel = (typeof groupLevels)[number]

/**
 * unbound: no chat yet, or it was given up. bound: tips go to its chat. broken: the chat is known, but the bot was
 * removed or lacks a right; tips go one level up until somebody binds it again.
 */
export type InboxState = 'unbound' | 'bound' | 'broken'

export const inboxTransitions: Record<InboxState, readonly InboxState[]> = {
  unbound: ['bound'],
  bound: ['bound', 'broken', 'unbound'],
  broken: ['bound', 'unbound'],
}

/** The states from which an inbox may come to this one; the condition of every update. */
export function inboxStatesBefore(next: InboxState): InboxState[] {
  const states = Object.keys(inboxTransitions) as InboxState[]
  return states.filter((state) => inboxTransitions[state].includes(next))
}

export type BreakReason = 'left' | 'kicked' | 'no-rights' | 'chat-gone'

/** listed: on the roster. enrolled: used the personal link, may act. left: off the roster, may do nothing. */
export type SupervisorState = 'listed' | 'enrolled' | 'left'

export type Group = {
  id: number
  code: string
  name: string
  kind: GroupKind
  level: GroupLevel
  description: string
  /** Categories of tips it takes; empty: all. */
  categories: string[]
  areaIds: number[]
  retiredAt: Date | null
  inboxState: InboxState
  /** Telegram promises at most 52 significant bits, so a number holds chat and person ids. */
  inboxChatId: number | null
  inboxForum: boolean
  inboxReason: string | null
}

export type Supervisor = {
  id: number
  groupId: number
  name: string
  title: string
  state: SupervisorState
  telegramId: number | null
}
