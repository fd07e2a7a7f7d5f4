import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../control/schemas.ts'
import { PinIcon } from './icons.tsx'

export function PinnedBar({ message }: { message: MessageView }) {
  const { t } = useTranslation()

  function show() {
    document
      .querySelector(`[role="log"] [data-message-id="${message.message_id}"]`)
      ?.scrollIntoView({ block: 'center' })
  }

  return (
    <button type="button" className="pinned-bar" onClick={show}>
      <PinIcon />
      <b>{t('chat.pinned')}</b>
      <span>{message.text ?? message.caption ?? message.sender_title}</span>
    </button>
  )
}
