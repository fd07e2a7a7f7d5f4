import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../control/schemas.ts'
import { Composer } from '../composer/composer.tsx'
import { DoorBar } from '../composer/door-bar.tsx'
import { useNews } from '../panes/news.ts'
import { MessageList } from './message-list.tsx'
import { PinnedBar } from './pinned-bar.tsx'
import { useSeat } from './seat.ts'
import { StartScreen } from './start-screen.tsx'
import { inTopic, useMessages } from './use-messages.ts'

/** Messages and the place to write, for the seat it stands in. */
export function ChatBody({ label }: { label: string }) {
  const { t } = useTranslation()
  const seat = useSeat()
  const { data, messages, isPending, isError, refetch } = useMessages(seat)
  useMarkSeen(messages)

  if (isError && !data) {
    return (
      <div className="chat-empty" role="alert">
        <p>{t('chat.unreadable')}</p>
        <button type="button" className="solid-button" onClick={() => void refetch()}>
          {t('chat.readAgain')}
        </button>
      </div>
    )
  }

  const shown = seat.chat?.is_forum ? inTopic(messages, seat.threadId) : messages
  const isClosed = !seat.isGroup && (!seat.chat?.started || seat.chat.blocked)
  const pinned = shown.find(({ message_id }) => message_id === data?.pinned_message_id)
  return (
    <>
      {pinned && <PinnedBar message={pinned} />}
      {shown.length === 0 && !isPending ? (
        <StartScreen />
      ) : (
        <MessageList
          key={`${seat.chatId} ${seat.threadId ?? ''}`}
          messages={shown}
          label={label}
          isLoading={isPending}
        />
      )}
      {isClosed ? <DoorBar /> : <Composer keyboard={data?.reply_keyboard ?? null} />}
    </>
  )
}

function useMarkSeen(messages: MessageView[]): void {
  const { chatId, isVisible } = useSeat()
  const { markSeen } = useNews()
  const newestId = messages.at(-1)?.message_id
  useEffect(() => {
    if (isVisible && newestId !== undefined) markSeen(chatId, newestId)
  }, [chatId, isVisible, markSeen, newestId])
}
