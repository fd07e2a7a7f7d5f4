import { Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { ForwardDialog } from './forward-dialog.tsx'
import { MoreIcon } from './icons.tsx'
import { useSeat } from './seat.ts'

export function MessageActions({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const seat = useSeat()
  const attempt = useAttempt()
  const [isForwarding, setIsForwarding] = useState(false)

  const isText = message.text !== undefined
  const actions = {
    reply: () => seat.setIntent({ kind: 'reply', message }),
    forward: () => setIsForwarding(true),
    edit: () => seat.setIntent({ kind: 'edit', message }),
    remove: () => void attempt(() => act('act/delete', place)),
  }
  const place = {
    user_id: seat.userId,
    chat_id: seat.chatId,
    bot_id: seat.isGroup ? undefined : seat.botId,
    message_id: message.message_id,
  }
  const items = [
    { key: 'reply', label: t('action.reply') },
    {
      key: 'forward',
      label: t(message.protect ? 'action.forwardForbidden' : 'action.forward'),
      disabled: message.protect,
    },
    ...(message.outgoing && isText ? [{ key: 'edit', label: t('action.edit') }] : []),
    ...(message.outgoing || !seat.isGroup
      ? [{ key: 'remove', label: t('action.remove'), danger: true }]
      : []),
  ]
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{ items, onClick: ({ key }) => actions[key as keyof typeof actions]() }}
      >
        <button type="button" className="message-more" aria-label={t('action.more')}>
          <MoreIcon />
        </button>
      </Dropdown>
      {isForwarding && <ForwardDialog message={message} onClose={() => setIsForwarding(false)} />}
    </>
  )
}
