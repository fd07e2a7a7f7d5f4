import type { Message, Update } from 'grammy/types'
import type { DraftInput } from '../tips/filing/answer-draft.ts'
import type { FileKind, RefusedKind } from '../tips/interview/draft.ts'

/**
 * What a message means for somebody who writes a tip. Takes words and file ids and nothing else: no sender, no origin
 * of a forwarded message, no entities, no time. Null for commands and for what Telegram itself writes into a chat.
 */
export function readDraftInput({ message, edited_message: edited }: Update): DraftInput | null {
  // A place that moves is told every few seconds: one answer, to the first, is enough.
  if (edited) return edited.location ? null : { kind: 'refused', what: 'edited' }
  if (!message || message.text?.startsWith('/')) return null
  if (message.text !== undefined)
    return {
      kind: 'text',
      text: message.text,
      isForwarded: message.forward_origin !== undefined,
    }
  return readFile(message) ?? readRefused(message)
}

/** An animation comes as a document too, and is one of the things that are refused. */
function readFile(message: Message): DraftInput | null {
  if (message.animation) return null
  const found = findFile(message)
  if (!found) return null
  const { what, file } = found
  return {
    kind: 'file',
    what,
    fileId: file.file_id,
    bytes: file.file_size,
    caption: message.caption,
    album: message.media_group_id,
    isForwarded: message.forward_origin !== undefined,
  }
}

type TelegramFile = { file_id: string; file_size?: number }

function findFile(message: Message): { what: FileKind; file: TelegramFile } | null {
  const { photo, document, voice, audio, video, video_note: round } = message
  const found: [FileKind, TelegramFile | undefined][] = [
    ['photo', photo?.at(-1)],
    [kindOfDocument(document?.mime_type), document],
    ['voice', voice],
    ['audio', audio],
    ['video', video ?? round],
  ]
  for (const [what, file] of found) if (file) return { what, file }
  return null
}

/** A recording is often sent as a file. Its reporter is to be asked about the voice in it; what it is, its bytes tell. */
function kindOfDocument(claimed = ''): FileKind {
  const [family] = claimed.split('/', 1)
  return family === 'audio' || family === 'video' ? family : 'document'
}

const refusals: [keyof Message, RefusedKind][] = [
  ['contact', 'contact'],
  ['venue', 'location'],
  ['location', 'location'],
  ['sticker', 'sticker'],
  ['dice', 'sticker'],
  ['animation', 'sticker'],
  ['poll', 'other'],
  ['story', 'other'],
  ['game', 'other'],
  ['paid_media', 'other'],
  ['checklist', 'other'],
]

function readRefused(message: Message): DraftInput | null {
  const found = refusals.find(([field]) => message[field] !== undefined)
  return found ? { kind: 'refused', what: found[1] } : null
}
