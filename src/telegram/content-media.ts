import type { Message } from 'grammy/types'
import type { ContentMedia } from '../content/content.ts'

/** The file of a message that Telegram has under an id of ours; null: none, refused: one that cannot be sent on. */
export function readContentMedia(message: Message): ContentMedia | 'refused' | null {
  const { photo, video, audio, document, animation } = message
  if (animation || message.voice || message.video_note || message.sticker) return 'refused'
  if (photo) return { kind: 'photo', fileId: photo.at(-1)?.file_id ?? '' }
  if (video) return { kind: 'video', fileId: video.file_id }
  if (audio) return { kind: 'audio', fileId: audio.file_id }
  if (document) return { kind: 'document', fileId: document.file_id }
  return null
}
