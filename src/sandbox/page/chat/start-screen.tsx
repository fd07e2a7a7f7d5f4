import { useTranslation } from 'react-i18next'
import { useCommandMenu } from '../composer/use-command-menu.ts'
import { useWorld } from '../people/use-world.ts'
import { useSeat } from './seat.ts'

/** What stands in a chat before the first message. */
export function StartScreen() {
  const { t } = useTranslation()
  const { isGroup } = useSeat()
  const { bot } = useWorld()
  const { description } = useCommandMenu()

  if (isGroup) {
    return (
      <div className="chat-empty">
        <p>{t('chat.emptyGroup')}</p>
      </div>
    )
  }
  return (
    <div className="chat-empty">
      <div className="start-card">
        <h3>{t('chat.whatItDoes', { bot: bot?.first_name })}</h3>
        <p>{description || t('chat.noDescription')}</p>
        {description && <p className="start-hint">{t('chat.pressStart')}</p>}
      </div>
    </div>
  )
}
