/** Everybody and every chat there is, as the stand-in lists them. */
import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo } from 'react'
import type { BotView, ChatView, MemberView, PersonView, TopicView } from '../../control/schemas.ts'
import { read } from '../control/call.ts'
import { keys } from '../control/keys.ts'

export interface World {
  isLoaded: boolean
  bot: BotView | undefined
  people: PersonView[]
  groups: ChatView[]
  chats: ChatView[]
  privateChat: (userId: number) => ChatView | undefined
}

export const WorldContext = createContext<World | null>(null)

export function useWorld(): World {
  const world = useContext(WorldContext)
  if (!world) throw new Error('useWorld outside of the world')
  return world
}

export function useMembers(chatId: number): MemberView[] {
  const { data } = useQuery({
    queryKey: keys.members(chatId),
    queryFn: () => read<MemberView[]>(`chats/${chatId}/members`),
    enabled: chatId !== 0,
  })
  return useMemo(() => data?.filter(isPresent) ?? [], [data])
}

export function useTopics(chat: ChatView | undefined): TopicView[] {
  const { data } = useQuery({
    queryKey: keys.topics(chat?.id ?? 0),
    queryFn: () => read<TopicView[]>(`chats/${chat?.id}/topics`),
    enabled: chat?.is_forum ?? false,
  })
  return data ?? []
}

export function isAdministrator({ status }: MemberView): boolean {
  return status === 'creator' || status === 'administrator'
}

function isPresent({ status }: MemberView): boolean {
  return status !== 'left' && status !== 'kicked'
}
