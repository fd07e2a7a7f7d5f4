import { useTranslation } from 'react-i18next'
import { useWorld } from '../people/use-world.ts'
import { useDesk } from './desk.ts'
import { useNews } from './news.ts'

/** Something arrived in a group that is not open: a tip goes to one of many, and it would be missed. */
export function NewsBar({ openId }: { openId: number }) {
  const { t } = useTranslation()
  const { groups } = useWorld()
  const { openGroup } = useDesk()
  const { unseen } = useNews()
  const waiting = groups
    .filter((chat) => chat.id !== openId && unseen(chat) > 0)
    .sort((a, b) => (b.last_date ?? 0) - (a.last_date ?? 0))
  const newest = waiting[0]
  if (!newest) return null
  return (
    <div className="news-bar" role="status">
      <p title={newest.title}>
        {t('news.elsewhere', { title: newest.title })}
        {waiting.length > 1 && ` ${t('news.more', { count: waiting.length - 1 })}`}
      </p>
      <button type="button" data-hint="news" onClick={() => openGroup(newest.id)}>
        {t('news.open')}
      </button>
    </div>
  )
}
