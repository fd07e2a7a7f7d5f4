import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import type { BotView, ChatView, PersonView } from '../../control/schemas.ts'
import { read } from '../control/call.ts'
import { keys } from '../control/keys.ts'
import { type World, WorldContext } from './use-world.ts'

/** Reads the lists once for the whole page: every bubble asks who is who. */
export function WorldProvider({ children }: { children: ReactNode }) {
  return <WorldContext value={useWorldState()}>{children}</WorldContext>
}

const NOBODY: PersonView[] = []
const NO_CHATS: ChatView[] = []

function useWorldState(): World {
  const bots = useQuery({ queryKey: keys.bots, queryFn: () => read<BotView[]>('bots') })
  const users = useQuery({ queryKey: keys.people, queryFn: () => read<PersonView[]>('users') })
  const chats = useQuery({ queryKey: keys.chats, queryFn: () => read<ChatView[]>('chats') })
  const bot = bots.data?.[0]
  const everybody = users.data ?? NOBODY
  const everyChat = chats.data ?? NO_CHATS

  return useMemo(() => {
    const own = new Map(
      everyChat.filter((chat) => chat.bot_id === bot?.id).map((chat) => [chat.id, chat]),
    )
    return {
      isLoaded: Boolean(bots.data && users.data && chats.data),
      bot,
      people: everybody.filter((person) => !person.is_bot && !person.deactivated),
      groups: everyChat.filter((chat) => chat.type !== 'private' && !chat.migrated_to),
      chats: everyChat,
      privateChat: (userId) => own.get(userId),
    }
  }, [bot, everybody, everyChat, bots.data, users.data, chats.data])
}
