import { type Api, InputFile } from 'grammy'
import type {
  InputMediaAudio,
  InputMediaDocument,
  InputMediaPhoto,
  InputMediaVideo,
  Message,
} from 'grammy/types'
import {
  listMedia,
  type Media,
  type MediaKind,
  type Outgoing,
  type SendOutcome,
  type SentFile,
} from '../delivery/outgoing.ts'
import { numberOf, replyOptions, toMarkup } from './wire-options.ts'

/**
 * Gives what is behind a `fileRef`: bytes, or the id under which Telegram has it already as this kind; null when it is
 * gone.
 */
export type LoadFile = (fileRef: string, kind: MediaKind) => Promise<Uint8Array | string | null>

type WithFiles = Extract<Outgoing, { kind: MediaKind | 'album' | 'edit-media' }>
export type MediaDeps = {
  api: Api
  /** The same with more patience, for what takes long to go over the line. */
  uploads: Api
  loadFile: LoadFile
}
/** grammY's own type, which Node's signal fits in all that is used of it. */
type Signal = Parameters<Api['sendPhoto']>[3]
/** What goes with every message of this delivery: its topic and its price. */
type Place = { message_thread_id?: number; allow_paid_broadcast?: boolean }
/** `bytes`: of what is to be uploaded; 0 when Telegram has it. */
type ReadyFile = Media & { file: InputFile | string; bytes: number }

/** The most that any upload is given. */
export const uploadSeconds = 600
/** A slow line takes so much in a second; one that takes less has broken down. */
const slowBytesPerSecond = 100_000
const answerSeconds = 20

/** Sends what has files: loads them, uploads those that Telegram does not have, and tells under which ids it has them now. */
export async function sendMedia(
  deps: MediaDeps,
  chatId: number,
  outgoing: WithFiles,
  place: Place,
): Promise<SendOutcome> {
  const ready: ReadyFile[] = []
  for (const item of listMedia(outgoing)) {
    // Nothing has left yet: that it cannot be read now says nothing about the next time.
    const loaded = await load(deps.loadFile, item).catch(() => 'unreadable' as const)
    if (loaded === 'unreadable') return { kind: 'no-file', reason: 'the file cannot be read' }
    if (!loaded) return { kind: 'bug', reason: 'the file is gone' }
    ready.push(loaded)
  }
  const bytes = ready.reduce((sum, file) => sum + file.bytes, 0)
  const sent = await call(bytes > 0 ? deps.uploads : deps.api, {
    chatId,
    outgoing,
    ready,
    place,
    signal: bytes > 0 ? (AbortSignal.timeout(patienceMs(bytes)) as Signal) : undefined,
  })
  const ids =
    outgoing.kind === 'edit-media'
      ? [outgoing.messageId]
      : sent.flatMap((message) => numberOf('id', message?.message_id).id ?? [])
  const files = sent.flatMap((message, n) => listUploaded(ready[n], message))
  return {
    kind: 'sent',
    ...(ids[0] === undefined ? {} : { messageId: ids[0] }),
    ...(outgoing.kind === 'album' ? { messageIds: ids } : {}),
    ...(files.length === 0 ? {} : { files }),
  }
}

const patienceMs = (bytes: number) =>
  Math.round(Math.min(uploadSeconds, answerSeconds + bytes / slowBytesPerSecond) * 1_000)

async function load(loadFile: LoadFile, media: Media): Promise<ReadyFile | null> {
  if ('fileId' in media) return { ...media, file: media.fileId, bytes: 0 }
  const file = await loadFile(media.fileRef, media.kind)
  if (!file) return null
  if (typeof file === 'string') return { ...media, file, bytes: 0 }
  return { ...media, file: new InputFile(file, media.fileName), bytes: file.length }
}

type MediaCall = {
  chatId: number
  outgoing: WithFiles
  ready: ReadyFile[]
  place: Place
  signal: Signal
}

/** The messages that came of it, in the order of the files; what Telegram gives back is not trusted to be there. */
async function call(
  api: Api,
  { chatId, outgoing, ready, place, signal }: MediaCall,
): Promise<(Message | undefined)[]> {
  if (outgoing.kind === 'edit-media') {
    const [media] = ready.map(toInputMedia)
    if (!media) return []
    const reply_markup = toMarkup(outgoing.keyboard)
    const edited = await api.editMessageMedia(
      chatId,
      outgoing.messageId,
      media,
      { reply_markup },
      signal,
    )
    return [typeof edited === 'object' ? edited : undefined]
  }
  const options = {
    ...place,
    protect_content: outgoing.isProtected ?? false,
    ...replyOptions(outgoing.replyTo),
  }
  if (outgoing.kind === 'album') {
    // The types of grammY want to know at compile time that an album is all of one sort.
    const media = ready.map(toInputMedia) as InputMediaPhoto[]
    const sent = await api.sendMediaGroup(chatId, media, options, signal)
    return Array.isArray(sent) ? sent : []
  }
  const [{ file } = { file: '' }] = ready
  return [
    await sendOne(api, outgoing.kind, [
      chatId,
      file,
      {
        ...options,
        ...captionOf(outgoing),
        ...(outgoing.keyboard ? { reply_markup: toMarkup(outgoing.keyboard) } : {}),
      },
      signal,
    ]),
  ]
}

type OneFile = [chatId: number, file: InputFile | string, options: object, signal: Signal]

function sendOne(api: Api, kind: MediaKind, args: OneFile): Promise<Message> {
  switch (kind) {
    case 'photo':
      return api.sendPhoto(...args)
    case 'video':
      return api.sendVideo(...args)
    case 'document': {
      const [chatId, file, options, signal] = args
      // Telegram would turn a document that looks like a picture or a sound into one.
      const asItIs = { ...options, disable_content_type_detection: true }
      return api.sendDocument(chatId, file, asItIs, signal)
    }
    case 'audio':
      return api.sendAudio(...args)
    case 'voice':
      return api.sendVoice(...args)
  }
}

type InputMedia = InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio

function toInputMedia(ready: ReadyFile): InputMedia {
  const { kind, file } = ready
  const content = { media: file, ...captionOf(ready) }
  if (kind === 'voice') throw new Error('A voice message stands alone')
  if (kind === 'document') return { type: kind, disable_content_type_detection: true, ...content }
  return { type: kind, ...content }
}

const captionOf = ({ caption }: { caption?: string }) => (caption === undefined ? {} : { caption })

/** Telegram says which ids it gave; the largest size of a photo is the photo. */
function listUploaded(ready: ReadyFile | undefined, message: Message | undefined): SentFile[] {
  if (!ready?.bytes || !('fileRef' in ready) || !message) return []
  const { fileRef, kind } = ready
  const fileId = kind === 'photo' ? message.photo?.at(-1)?.file_id : message[kind]?.file_id
  return fileId ? [{ fileRef, kind, fileId }] : []
}
