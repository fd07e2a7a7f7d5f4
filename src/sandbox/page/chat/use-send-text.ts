import { useCallback } from 'react'
import type { SentView } from '../../control/schemas.ts'
import { act } from '../control/call.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { useSeat } from './seat.ts'

/** Answers whether it went out, so that what was typed is only cleared then. */
export function useSendText(): (text: string) => Promise<boolean> {
  const { userId, chatId, botId, isGroup, threadId, intent, setIntent } = useSeat()
  const attempt = useAttempt()

  return useCallback(
    async (text) => {
      const place = { user_id: userId, chat_id: chatId, bot_id: isGroup ? undefined : botId }
      const sent = await attempt(() =>
        intent?.kind === 'edit'
          ? act<SentView>('act/edit', { ...place, message_id: intent.message.message_id, text })
          : act<SentView>('act/send', {
              ...place,
              message_thread_id: threadId,
              reply_to: intent?.message.message_id,
              text,
            }),
      )
      if (sent) setIntent(null)
      return sent !== undefined
    },
    [attempt, botId, chatId, intent, isGroup, setIntent, threadId, userId],
  )
}
