import { useQuery } from '@tanstack/react-query'
import type { MessageList, MessageView } from '../../control/schemas.ts'
import { read } from '../control/call.ts'
import { keys } from '../control/keys.ts'
import type { Seat } from './seat.ts'

const NONE: MessageView[] = []

type Place = Pick<Seat, 'chatId' | 'userId' | 'botId' | 'isGroup'>

/** The newest messages of a chat as one person sees them. */
export function useMessages({ chatId, userId, botId, isGroup }: Place) {
  const query = useQuery({
    enabled: chatId !== 0 && userId !== 0,
    queryKey: [...keys.messages(chatId), userId, botId],
    queryFn: () =>
      read<MessageList>(`chats/${chatId}/messages`, {
        viewer: userId,
        bot_id: isGroup ? undefined : botId,
      }),
    // Another member of the same group looks at the same messages; another chat must not show them.
    placeholderData: (before, query) => (query?.queryKey[1] === chatId ? before : undefined),
  })
  return { ...query, messages: query.data?.messages ?? NONE }
}

/** Messages of one topic of a forum; those outside of any topic belong to the general one. */
export function inTopic(messages: MessageView[], threadId: number | undefined): MessageView[] {
  return messages.filter(({ message_thread_id }) => message_thread_id === threadId)
}
