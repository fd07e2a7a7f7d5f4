/** The place in front of one chat: whose eyes and hands, in which chat, with which bot. */
import { createContext, useContext } from 'react'
import type { ChatView, MessageView } from '../../control/schemas.ts'

/** What the next text is for, when it is not simply a new message. */
export type Intent = { kind: 'reply' | 'edit'; message: MessageView } | null

export interface Seat {
  chatId: number
  userId: number
  botId: number
  chat: ChatView | undefined
  /** The forum topic that is open; undefined is the general one. */
  threadId: number | undefined
  isGroup: boolean
  /** Whether somebody can see this chat now: the others collect unread messages. */
  isVisible: boolean
  intent: Intent
  setIntent: (intent: Intent) => void
}

export const SeatContext = createContext<Seat | null>(null)

export function useSeat(): Seat {
  const seat = useContext(SeatContext)
  if (!seat) throw new Error('useSeat outside of a chat')
  return seat
}
