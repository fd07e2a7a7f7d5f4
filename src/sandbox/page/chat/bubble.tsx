import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../control/schemas.ts'
import { Avatar } from '../people/avatar.tsx'
import { senderName } from '../people/roles.ts'
import { clockTime } from './dates.ts'
import { LockIcon } from './icons.tsx'
import { InlineKeyboard } from './inline-keyboard.tsx'
import { Media } from './media.tsx'
import { MessageActions } from './message-actions.tsx'
import { RichText } from './rich-text.tsx'
import { useSeat } from './seat.ts'
import './bubble.css'

interface Props {
  message: MessageView
  /** Follows a message of the same sender: name and picture stand there already. */
  isContinued: boolean
}

export function Bubble({ message, isContinued }: Props) {
  const { isGroup } = useSeat()
  const { t } = useTranslation()
  const isOthersInGroup = isGroup && !message.outgoing
  const sender = message.outgoing ? t('chat.you') : senderName(message)
  return (
    <li
      className={`message ${message.outgoing ? 'is-own' : 'is-others'} ${isContinued ? 'is-continued' : ''}`}
      data-message-id={message.message_id}
    >
      {isOthersInGroup && (
        <span className="message-avatar">{!isContinued && <Avatar {...avatarOf(message)} />}</span>
      )}
      <div className="message-body">
        <article className="bubble" aria-label={t('chat.messageOf', { sender })}>
          {isOthersInGroup && !isContinued && <p className="sender">{sender}</p>}
          <Contents message={message} />
          <Meta message={message} />
        </article>
        {message.buttons && <InlineKeyboard message={message} />}
      </div>
      <MessageActions message={message} />
    </li>
  )
}

function avatarOf(message: MessageView) {
  const { from } = message
  return { name: senderName(message), seed: from?.id ?? 0, isPerson: from?.is_bot === false }
}

function Contents({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  return (
    <>
      {message.forwarded_from !== undefined && (
        <p className="forwarded">{t('chat.forwardedFrom', { name: message.forwarded_from })}</p>
      )}
      {message.reply_to && (
        <p className="reply-quote">
          <b>{message.reply_to.sender_title}</b>
          <span>{message.reply_to.preview}</span>
        </p>
      )}
      {message.media && <Media media={message.media} />}
      {message.text !== undefined && (
        <p className="words">
          <RichText text={message.text} entities={message.entities} />
        </p>
      )}
      {message.caption !== undefined && (
        <p className="words">
          <RichText text={message.caption} entities={message.caption_entities} />
        </p>
      )}
      {message.contact && (
        <p className="card-line">
          📇 {message.contact.first_name} · {message.contact.phone_number}
        </p>
      )}
      {message.location && (
        <p className="card-line">
          📍 {message.location.latitude.toFixed(5)}, {message.location.longitude.toFixed(5)}
        </p>
      )}
    </>
  )
}

function Meta({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  return (
    <p className="meta">
      {message.reactions?.map((emoji) => (
        <span key={emoji} className="reaction">
          {emoji}
        </span>
      ))}
      {message.protect && (
        <span className="protect" title={t('chat.protectHint')}>
          <LockIcon />
          {t('chat.protect')}
        </span>
      )}
      {message.edit_date !== undefined && <span>{t('chat.edited')}</span>}
      <time dateTime={new Date(message.date * 1000).toISOString()}>{clockTime(message.date)}</time>
    </p>
  )
}
