import { Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MoreIcon } from '../chat/icons.tsx'
import { useSeat } from '../chat/seat.ts'
import { act } from '../control/call.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { NewPersonDialog } from './new-person-dialog.tsx'
import { ScanDialog } from './scan-dialog.tsx'

export function PhoneMenu() {
  const { t } = useTranslation()
  const { userId, botId, chat } = useSeat()
  const attempt = useAttempt()
  const [dialog, setDialog] = useState<'scan' | 'newPerson' | null>(null)
  const close = () => setDialog(null)

  const toBot = { user_id: userId, bot_id: botId }
  const door = chat?.blocked ? 'unblock' : 'block'
  const actions: Record<string, () => void> = {
    scan: () => setDialog('scan'),
    restart: () => void attempt(() => act('act/start', toBot)),
    [door]: () => void attempt(() => act(`act/${door}`, toBot)),
    newPerson: () => setDialog('newPerson'),
  }
  const items = Object.keys(actions).map((key) => ({ key, label: t(`phone.${key}`) }))
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{ items, onClick: ({ key }) => actions[key]?.() }}
      >
        <button type="button" className="icon-button" aria-label={t('phone.menu')}>
          <MoreIcon />
        </button>
      </Dropdown>
      {dialog === 'scan' && <ScanDialog onClose={close} />}
      {dialog === 'newPerson' && <NewPersonDialog onClose={close} />}
    </>
  )
}
