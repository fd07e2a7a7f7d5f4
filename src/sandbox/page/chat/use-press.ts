import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InlineButtonView, MessageView, PressView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { useTell } from '../notices/notices.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { useProgress } from '../tour/progress.ts'
import { useSeat } from './seat.ts'
import { useOpenLink } from './use-open-link.ts'

export interface Place {
  row: number
  column: number
}

/** Presses a button under a message, and shows what the bot says to it. */
export function usePress(message: MessageView) {
  const seat = useSeat()
  const openLink = useOpenLink()
  const tell = useTell()
  const attempt = useAttempt()
  const { notePress } = useProgress()
  const { t } = useTranslation()
  const [pressed, setPressed] = useState<Place | null>(null)

  async function press(button: InlineButtonView, place: Place) {
    if (button.url) return openLink(button.url)
    if (button.callback_data === undefined) return toast(t('button.unsupported'))
    setPressed(place)
    const answer = await attempt(() =>
      act<PressView>('act/press', {
        user_id: seat.userId,
        chat_id: message.chat_id,
        bot_id: seat.isGroup ? undefined : seat.botId,
        message_id: message.message_id,
        ...place,
      }),
    )
    setPressed(null)
    if (!answer) return
    if (!answer.answered) return toast(t('button.silent'))
    // The bot refuses with an alert: then nothing was done.
    if (!answer.show_alert) notePress(button.callback_data)
    if (answer.url) return openLink(answer.url)
    if (answer.text)
      tell({ kind: answer.show_alert ? 'alert' : 'toast', tone: 'plain', text: answer.text })
  }

  function toast(text: string) {
    tell({ kind: 'toast', tone: 'plain', text })
  }

  return { press, pressed }
}
