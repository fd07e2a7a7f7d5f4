import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../control/schemas.ts'
import { senderName } from '../people/roles.ts'
import { Bubble } from './bubble.tsx'
import { dayOf } from './dates.ts'
import { DownIcon } from './icons.tsx'
import { ServiceLine } from './service-line.tsx'
import { useStayAtNewest } from './use-stay-at-newest.ts'
import './chat.css'

interface Props {
  messages: MessageView[]
  label: string
  isLoading: boolean
}

/** `role="log"`: what is added is read out, what stands there is not. */
export function MessageList({ messages, label, isLoading }: Props) {
  const { t, i18n } = useTranslation()
  const { box, isAway, missed, toNewest } = useStayAtNewest(messages)
  return (
    <div className="message-area">
      <div
        ref={box}
        className="message-scroll"
        role="log"
        aria-label={label}
        aria-busy={isLoading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        tabIndex={0}
      >
        <ol className="messages">
          {messages.map((message, index) => (
            <Fragment key={message.message_id}>
              {isNewDay(message, messages[index - 1]) && (
                <li className="day">
                  <span>{dayOf(message.date, i18n.language)}</span>
                </li>
              )}
              <Row message={message} before={messages[index - 1]} />
            </Fragment>
          ))}
        </ol>
      </div>
      {isAway && (
        <button type="button" className="to-newest" onClick={toNewest}>
          <DownIcon />
          {missed > 0 ? t('chat.missed', { count: missed }) : t('chat.toNewest')}
        </button>
      )}
    </div>
  )
}

function Row({ message, before }: { message: MessageView; before: MessageView | undefined }) {
  const { t } = useTranslation()
  if (message.deleted) {
    return (
      <li className="service-line">
        <span className="is-deleted">{t('chat.deleted', { who: senderName(message) })}</span>
      </li>
    )
  }
  if (message.service) return <ServiceLine message={message} />
  return <Bubble message={message} isContinued={isContinued(message, before)} />
}

function isNewDay(message: MessageView, before: MessageView | undefined): boolean {
  return (
    !before || new Date(message.date * 1000).getDate() !== new Date(before.date * 1000).getDate()
  )
}

function isContinued(message: MessageView, before: MessageView | undefined): boolean {
  return (
    before !== undefined &&
    !before.service &&
    !before.deleted &&
    before.sender_title === message.sender_title &&
    before.outgoing === message.outgoing &&
    message.date - before.date < 300 &&
    !isNewDay(message, before)
  )
}
