import { createContext, useContext } from 'react'

/** `toast` goes by itself; `alert` waits to be closed, as a bot's alert does. */
export interface Notice {
  id: number
  kind: 'toast' | 'alert'
  tone: 'plain' | 'bad'
  text: string
}

export type Tell = (notice: Omit<Notice, 'id'>) => void

export const NoticesContext = createContext<Tell | null>(null)

/** Tells the person at the nearest phone. */
export function useTell(): Tell {
  const tell = useContext(NoticesContext)
  if (!tell) throw new Error('useTell outside of notices')
  return tell
}
