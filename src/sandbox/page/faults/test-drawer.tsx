import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { NoticeBoard } from '../notices/notice-board.tsx'
import { CallLog } from './call-log.tsx'
import { Clock } from './clock.tsx'
import { FaultForm } from './fault-form.tsx'
import { FaultList } from './fault-list.tsx'
import { RateLimits } from './rate-limits.tsx'

export default function TestDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer
      open
      title={t('faults.title')}
      size={560}
      onClose={onClose}
      closable={{ 'aria-label': t('faults.close') }}
    >
      <NoticeBoard>
        <p className="bench-lead">{t('faults.lead')}</p>
        <FaultForm />
        <FaultList />
        <RateLimits />
        <Clock />
        <CallLog />
      </NoticeBoard>
    </Drawer>
  )
}
