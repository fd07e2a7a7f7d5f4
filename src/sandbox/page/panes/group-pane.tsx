import { useTranslation } from 'react-i18next'
import { ChatBody } from '../chat/chat-body.tsx'
import { SeatProvider } from '../chat/seat-provider.tsx'
import { TopicTabs } from '../chat/topic-tabs.tsx'
import { useMessages } from '../chat/use-messages.ts'
import { useOpenTopic } from '../chat/use-open-topic.ts'
import { ActorPicker } from '../people/actor-picker.tsx'
import { GroupMenu } from '../people/group-menu.tsx'
import { GroupPicker } from '../people/group-picker.tsx'
import { useActor } from '../people/use-actor.ts'
import { useWorld } from '../people/use-world.ts'
import { ChatHeader } from './chat-header.tsx'
import { useDesk } from './desk.ts'
import { useNews } from './news.ts'
import { NewsBar } from './news-bar.tsx'
import { EmptyPhone, Pane } from './pane.tsx'

/** The chat of one group, with the hands of whichever member is chosen. */
export function GroupPane({ isVisible }: { isVisible: boolean }) {
  const { t } = useTranslation()
  const { group } = useDesk()
  const { bot, isLoaded } = useWorld()
  const { isTyping } = useNews()
  const actor = useActor(group)
  const { messages } = useMessages({
    chatId: group?.id ?? 0,
    userId: actor?.user.id ?? 0,
    botId: bot?.id ?? 0,
    isGroup: true,
  })
  const { topic, openTopic } = useOpenTopic(group, messages)

  if (!group || !bot) {
    return (
      <Pane name="group" tools={<GroupPicker />}>
        <EmptyPhone text={t(isLoaded ? 'pane.noGroup' : 'pane.loading')} />
      </Pane>
    )
  }
  const tools = (
    <>
      <GroupPicker />
      <ActorPicker chat={group} />
    </>
  )
  const count = t('chat.members', { count: group.member_count })
  return (
    <Pane name="group" tools={tools}>
      <SeatProvider
        key={group.id}
        chatId={group.id}
        userId={actor?.user.id ?? 0}
        botId={bot.id}
        chat={group}
        threadId={topic}
        isGroup
        isVisible={isVisible}
      >
        <ChatHeader
          title={group.title}
          note={isTyping(group.id) ? t('chat.typing') : count}
          seed={group.id}
          menu={<GroupMenu chat={group} actor={actor} />}
        />
        <NewsBar openId={group.id} />
        {group.is_forum && (
          <TopicTabs
            key={group.id}
            chat={group}
            messages={messages}
            open={topic}
            onOpen={openTopic}
          />
        )}
        {actor ? (
          <ChatBody label={t('pane.messagesOf', { name: group.title })} />
        ) : (
          <EmptyPhone text={t('pane.noMember')} />
        )}
      </SeatProvider>
    </Pane>
  )
}
