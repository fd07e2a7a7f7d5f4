import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { act } from '../control/call.ts'
import { useTell } from '../notices/notices.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { useWorld } from '../people/use-world.ts'
import { deepLinkPayload } from './deep-link.ts'
import { useSeat } from './seat.ts'

/** Follows a link as a messenger does: one to this bot starts it, and none leaves for the real Telegram. */
export function useOpenLink(): (url: string) => void {
  const { userId, botId } = useSeat()
  const { bot } = useWorld()
  const attempt = useAttempt()
  const tell = useTell()
  const { t } = useTranslation()

  return useCallback(
    (url) => {
      const payload = deepLinkPayload(url, bot?.username)
      if (payload !== null) {
        const start = { user_id: userId, bot_id: botId, payload }
        void attempt(() => act('act/start', start))
      } else if (/^https?:/i.test(url) && !isTelegram(url)) {
        window.open(url, '_blank', 'noopener,noreferrer')
      } else {
        tell({ kind: 'toast', tone: 'plain', text: t('button.leadsToTelegram', { url }) })
      }
    },
    [attempt, bot?.username, botId, t, tell, userId],
  )
}

function isTelegram(url: string): boolean {
  return /^https?:\/\/(t|telegram)\.(me|org)(\/|$)/i.test(url)
}
