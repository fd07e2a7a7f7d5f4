/** Which person sits at each phone, which group is open, who acts in it, and which pane is in front. */
import { createContext, useContext } from 'react'
import type { ChatView, PersonView } from '../../control/schemas.ts'

export const paneNames = ['villager', 'group', 'admin'] as const
export type PaneName = (typeof paneNames)[number]

export interface Desk {
  front: PaneName
  villager: PersonView | undefined
  admin: PersonView | undefined
  group: ChatView | undefined
  bringToFront: (pane: PaneName) => void
  seatVillager: (userId: number) => void
  seatAdmin: (userId: number) => void
  openGroup: (chatId: number) => void
  /** Who writes and presses in the open group; null until somebody is picked there. */
  actorId: number | null
  actAs: (userId: number) => void
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk outside of the desk')
  return desk
}
