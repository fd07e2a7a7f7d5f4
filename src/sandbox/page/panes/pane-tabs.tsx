import { useTranslation } from 'react-i18next'
import { useWorld } from '../people/use-world.ts'
import { type PaneName, paneNames, useDesk } from './desk.ts'
import { useNews } from './news.ts'

export function PaneTabs() {
  const { t } = useTranslation()
  const { front, bringToFront } = useDesk()
  const unseen = useUnseenByPane()
  return (
    <nav className="pane-tabs" aria-label={t('tabs.label')}>
      {paneNames.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={front === name}
          aria-label={
            unseen[name] > 0
              ? t('tabs.unseen', { name: t(`tabs.${name}`), count: unseen[name] })
              : t(`tabs.${name}`)
          }
          onClick={() => bringToFront(name)}
        >
          {t(`tabs.${name}`)}
          {unseen[name] > 0 && <span className="badge">{unseen[name]}</span>}
        </button>
      ))}
    </nav>
  )
}

/** News of any group counts for the group tab, for the open one may not be where a tip goes. */
function useUnseenByPane(): Record<PaneName, number> {
  const { villager, admin } = useDesk()
  const { groups, privateChat } = useWorld()
  const { unseen } = useNews()
  return {
    villager: villager ? unseen(privateChat(villager.id)) : 0,
    group: groups.reduce((sum, chat) => sum + unseen(chat), 0),
    admin: admin ? unseen(privateChat(admin.id)) : 0,
  }
}
