import { type ReactNode, useMemo, useState } from 'react'
import { type Intent, type Seat, SeatContext } from './seat.ts'

interface Props extends Omit<Seat, 'intent' | 'setIntent'> {
  children: ReactNode
}

export function SeatProvider({ children, ...place }: Props) {
  const [intent, setIntent] = useState<Intent>(null)
  const { chatId, userId, botId, chat, threadId, isGroup, isVisible } = place
  const seat = useMemo(
    () => ({ chatId, userId, botId, chat, threadId, isGroup, isVisible, intent, setIntent }),
    [chatId, userId, botId, chat, threadId, isGroup, isVisible, intent],
  )
  return <SeatContext value={seat}>{children}</SeatContext>
}
