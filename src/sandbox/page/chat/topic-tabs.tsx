import { useTranslation } from 'react-i18next'
import type { ChatView, MessageView } from '../../control/schemas.ts'
import { useTopics } from '../people/use-world.ts'
import { useTopicNews } from './use-topic-news.ts'
import './topic-tabs.css'

interface Props {
  chat: ChatView
  messages: MessageView[]
  open: number | undefined
  onOpen: (threadId: number | undefined) => void
}

export function TopicTabs({ chat, messages, open, onOpen }: Props) {
  const { t } = useTranslation()
  const hasNews = useTopicNews(messages, open)
  const topics = useTopics(chat).map(({ message_thread_id, name, closed }) => ({
    id: message_thread_id,
    name: closed ? t('topic.closed', { name }) : name,
  }))
  return (
    <div className="topic-tabs" role="tablist" aria-label={t('topic.list')}>
      {[{ id: undefined, name: t('topic.general') }, ...topics].map(({ id, name }) => (
        <button
          key={id ?? 'general'}
          type="button"
          role="tab"
          aria-selected={id === open}
          aria-label={hasNews(id) ? t('topic.news', { name }) : name}
          title={name}
          onClick={() => onOpen(id)}
        >
          {name}
          {hasNews(id) && <span className="topic-dot" />}
        </button>
      ))}
    </div>
  )
}
