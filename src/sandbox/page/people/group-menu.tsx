import { Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatView, MemberView } from '../../control/schemas.ts'
import { MoreIcon } from '../chat/icons.tsx'
import { NewGroupDialog } from './new-group-dialog.tsx'
import { NewTopicDialog } from './new-topic-dialog.tsx'
import { useGroupActions } from './use-group-actions.ts'

interface Props {
  chat: ChatView
  actor: MemberView | undefined
}

/** What the chosen member can do to the group besides writing. */
export function GroupMenu({ chat, actor }: Props) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<'newTopic' | 'newGroup' | null>(null)
  const close = () => setDialog(null)
  const offered = useGroupActions(chat, actor)

  const actions: Record<string, () => void> = {
    ...offered,
    ...(chat.is_forum ? { newTopic: () => setDialog('newTopic') } : {}),
    newGroup: () => setDialog('newGroup'),
  }
  const items = Object.keys(actions).map((key) => ({ key, label: t(`group.${key}`) }))
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{ items, onClick: ({ key }) => actions[key]?.() }}
      >
        <button type="button" className="icon-button" aria-label={t('group.menu')}>
          <MoreIcon />
        </button>
      </Dropdown>
      {dialog === 'newTopic' && <NewTopicDialog chat={chat} actor={actor} onClose={close} />}
      {dialog === 'newGroup' && <NewGroupDialog onClose={close} />}
    </>
  )
}
