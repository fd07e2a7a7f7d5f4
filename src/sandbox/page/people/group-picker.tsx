import { useTranslation } from 'react-i18next'
import { useDesk } from '../panes/desk.ts'
import { useNews } from '../panes/news.ts'
import { Picker } from './picker.tsx'
import { useWorld } from './use-world.ts'

export function GroupPicker() {
  const { t } = useTranslation()
  const { groups } = useWorld()
  const { group, openGroup } = useDesk()
  const { unseen } = useNews()
  const choices = groups.map((chat) => ({
    value: chat.id,
    name: chat.title,
    hasNews: unseen(chat) > 0,
  }))
  return (
    <Picker
      label={t('picker.group')}
      value={group?.id}
      groups={[{ title: t('picker.groups'), choices }]}
      onPick={openGroup}
    />
  )
}
