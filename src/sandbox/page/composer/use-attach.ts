import { useCallback, useMemo } from 'react'
import type { SentView, UploadKind } from '../../control/schemas.ts'
import { useSeat } from '../chat/seat.ts'
import { act } from '../control/call.ts'
import { useAttempt } from '../notices/use-attempt.ts'
import { useWorld } from '../people/use-world.ts'
import type { Attachment } from './attachment.ts'

/** The town hall of Quzhou. */
const SAMPLE_PLACE = { latitude: 28.93592, longitude: 118.87419 }

/** Sends what is not text into the chat of this seat. */
export function useAttach() {
  const { userId, chatId, botId, isGroup, threadId } = useSeat()
  const { people } = useWorld()
  const attempt = useAttempt()

  const place = useMemo(
    () => ({
      user_id: userId,
      chat_id: chatId,
      bot_id: isGroup ? undefined : botId,
      message_thread_id: threadId,
    }),
    [userId, chatId, botId, isGroup, threadId],
  )

  const sendFiles = useCallback(
    (kind: UploadKind, attach: () => Attachment[] | Promise<Attachment[]>) =>
      attempt(async () => {
        const attachments = await attach()
        const files = await Promise.all(
          attachments.map(async (one) => ({ kind, ...(await encode(one)) })),
        )
        return act<SentView>('act/upload', { ...place, files })
      }),
    [attempt, place],
  )

  const sendContact = useCallback(
    () =>
      attempt(() => {
        const phone = people.find(({ id }) => id === userId)?.phone
        return act<SentView>('act/contact', {
          ...place,
          phone_number: phone ?? `+86${String(13_000_000_000 + userId)}`,
        })
      }),
    [attempt, people, place, userId],
  )

  const sendLocation = useCallback(
    () => attempt(() => act<SentView>('act/location', { ...place, ...SAMPLE_PLACE })),
    [attempt, place],
  )

  return { sendFiles, sendContact, sendLocation }
}

async function encode({ file, ...about }: Attachment) {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
  return {
    ...about,
    base64: address.slice(address.indexOf(',') + 1),
    file_name: file.name,
    mime_type: file.type || undefined,
  }
}
