import { useTranslation } from 'react-i18next'
import { useDesk } from './desk.ts'
import { GroupPane } from './group-pane.tsx'
import { PaneTabs } from './pane-tabs.tsx'
import { PrivatePane } from './private-pane.tsx'
import { useIsNarrow } from './use-is-narrow.ts'

/** Side by side where there is room; one at a time, with tabs, on a phone. */
export function DeskLayout() {
  const { t } = useTranslation()
  const { front } = useDesk()
  const isNarrow = useIsNarrow()
  return (
    <>
      <main className="desk" aria-label={t('page.desk')} data-front={front}>
        <PrivatePane name="villager" isVisible={!isNarrow || front === 'villager'} />
        <GroupPane isVisible={!isNarrow || front === 'group'} />
        <PrivatePane name="admin" isVisible={!isNarrow || front === 'admin'} />
      </main>
      {isNarrow && <PaneTabs />}
    </>
  )
}
