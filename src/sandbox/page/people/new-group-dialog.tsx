import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatView, CreateChat } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { Dialog } from '../notices/dialog.tsx'
import { useAttempt } from '../notices/use-attempt.ts'
import { useDesk } from '../panes/desk.ts'

const kinds = ['group', 'supergroup', 'forum'] as const

/** The admin at the third phone makes it and owns it, as somebody does who sets up an inbox. */
export function NewGroupDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const attempt = useAttempt()
  const { admin, openGroup } = useDesk()
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<CreateChat['kind']>('supergroup')

  async function create() {
    const wanted: CreateChat = {
      kind,
      title: title.trim(),
      members: admin ? [{ user_id: admin.id, status: 'creator' }] : [],
    }
    const chat = await attempt(() => act<ChatView>('chats', wanted))
    if (!chat) return
    openGroup(chat.id)
    onClose()
  }

  return (
    <Dialog
      title={t('newGroup.title')}
      okText={t('newGroup.ok')}
      canOk={title.trim() !== ''}
      onOk={create}
      onClose={onClose}
    >
      <label className="field">
        {t('newGroup.name')}
        <input value={title} maxLength={128} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <fieldset className="field">
        <legend>{t('newGroup.kind')}</legend>
        {kinds.map((each) => (
          <label key={each} className="radio">
            <input type="radio" checked={kind === each} onChange={() => setKind(each)} />
            {t(`newGroup.${each}`)}
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
