/** What has not been seen yet, and where the bot is typing. */
import { createContext, useContext } from 'react'
import type { ChatView } from '../../control/schemas.ts'

export interface News {
  unseen: (chat: ChatView | undefined) => number
  markSeen: (chatId: number, messageId: number) => void
  isTyping: (chatId: number) => boolean
}

export const NewsContext = createContext<News | null>(null)

export function useNews(): News {
  const news = useContext(NewsContext)
  if (!news) throw new Error('useNews outside of the page')
  return news
}
