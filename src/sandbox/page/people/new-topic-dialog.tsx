import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatView, MemberView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { Dialog } from '../notices/dialog.tsx'
import { useAttempt } from '../notices/use-attempt.ts'

interface Props {
  chat: ChatView
  actor: MemberView | undefined
  onClose: () => void
}

export function NewTopicDialog({ chat, actor, onClose }: Props) {
  const { t } = useTranslation()
  const attempt = useAttempt()
  const [name, setName] = useState('')

  async function create() {
    const created = await attempt(() =>
      act('act/create-topic', { chat_id: chat.id, user_id: actor?.user.id, name: name.trim() }),
    )
    if (created) onClose()
  }

  return (
    <Dialog
      title={t('newTopic.title')}
      okText={t('newTopic.ok')}
      canOk={name.trim() !== ''}
      onOk={create}
      onClose={onClose}
    >
      <label className="field">
        {t('newTopic.name')}
        <input value={name} maxLength={128} onChange={(event) => setName(event.target.value)} />
      </label>
    </Dialog>
  )
}
