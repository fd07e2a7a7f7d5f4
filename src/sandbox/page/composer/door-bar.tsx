import { useTranslation } from 'react-i18next'
import { useSeat } from '../chat/seat.ts'
import { act } from '../control/call.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import './composer.css'

/** Stands instead of the input while the bot may not write here: before Start, and while blocked. */
export function DoorBar() {
  const { t } = useTranslation()
  const { userId, botId, chat } = useSeat()
  const attempt = useAttempt()
  const isBlocked = chat?.blocked ?? false

  function open() {
    const path = isBlocked ? 'act/unblock' : 'act/start'
    void attempt(() => act(path, { user_id: userId, bot_id: botId }))
  }

  return (
    <div className="door-bar">
      {isBlocked && <p>{t('door.blocked')}</p>}
      <button type="button" className="start-button" data-hint="start" onClick={open}>
        {t(isBlocked ? 'door.unblock' : 'door.start')}
      </button>
    </div>
  )
}
