/** Where a message goes. `threadId` is a forum topic; absent for the General topic, which Telegram refuses by number. */
export type Address = { chatId: number; threadId?: number | undefined }

/** A button answers with `data` (at most 64 bytes) or opens `url`. */
export type Button = { text: string; data: string } | { text: string; url: string }
export type Keyboard = Button[][]

/** A file of ours, which the sender loads by its reference, or one that Telegram has already under this id. */
export type FileSource = { fileRef: string; fileName: string } | { fileId: string }
/** Voice stands alone: Telegram neither takes it into an album nor lets it take the place of another file. */
export const mediaKinds = ['photo', 'video', 'document', 'audio', 'voice'] as const
export type MediaKind = (typeof mediaKinds)[number]
export type Media<Kind extends MediaKind = MediaKind> = FileSource & {
  kind: Kind
  caption?: string
}
export type AlbumMedia = Media<'photo' | 'video' | 'document' | 'audio'>

/** Fails when the message is gone or too old: who deleted it does not want it again, and who counts wants to know. */
type MustExist = { mustExist?: boolean }

/**
 * What is to happen in the chat. Texts are plain: no markup, so nothing a reporter wrote can turn into a link or a
 * mention. `isProtected` forbids forwarding and saving.
 */
export type Outgoing =
  | {
      kind: 'text'
      text: string
      keyboard?: Keyboard
      isProtected?: boolean
      replyTo?: number
      /** Fails when the message to reply to is gone: the only way to notice that. Else it is said without reply. */
      mustReply?: boolean
      /** Opens the field for an answer to it; not together with a keyboard. */
      asksReply?: boolean
    }
  /** Changes a message of ours; sent anew when that one is gone, unless it must exist. */
  | ({
      kind: 'edit'
      messageId: number
      text: string
      keyboard?: Keyboard
      isProtected?: boolean
    } & MustExist)
  | (Media & { keyboard?: Keyboard; isProtected?: boolean; replyTo?: number })
  /** 2 to 10: photos and videos, or documents alone, or audio alone. A message for each, and no buttons. */
  | { kind: 'album'; items: AlbumMedia[]; isProtected?: boolean; replyTo?: number }
  /** Changes what stands under a file of ours; said in a new text when that message is gone. */
  | ({
      kind: 'edit-caption'
      messageId: number
      caption: string
      keyboard?: Keyboard
      isProtected?: boolean
    } & MustExist)
  /** Puts another file, with its caption, into a message of ours; sent anew when that one is gone. */
  | ({
      kind: 'edit-media'
      messageId: number
      media: AlbumMedia
      keyboard?: Keyboard
      isProtected?: boolean
    } & MustExist)
  | ({ kind: 'delete'; messageId: number } & MustExist)
  /** 1 to 100 at once, such as an album. Those that are gone already are passed over. */
  | { kind: 'delete-many'; messageIds: number[] }
  | { kind: 'open-topic'; name: string }
  | { kind: 'rename-topic'; threadId: number; name: string }
  /** Nobody but admins can write in it any more. */
  | { kind: 'close-topic'; threadId: number }
  /** With everything that was ever written in it, by whomever. */
  | { kind: 'delete-topic'; threadId: number }
  /** Asks what these people (or the bot) may do in the chat. `note` comes back to whoever waits for the answer. */
  | { kind: 'ask-members'; userIds: number[]; note: Record<string, string | number | boolean> }

/** What a person may do in a chat. `rights` names those that an administrator has, such as can_manage_topics. */
export type Member = { userId: number; status: string; rights: string[] }

/** The id that Telegram gave a file of ours. It holds for this kind only: a photo cannot be sent as a document by it. */
export type SentFile = { fileRef: string; kind: MediaKind; fileId: string }

/** The files of it, in order; none for what has none. */
export function listMedia(outgoing: Outgoing): Media[] {
  switch (outgoing.kind) {
    case 'album':
      return outgoing.items
    case 'edit-media':
      return [outgoing.media]
    case 'photo':
    case 'video':
    case 'document':
    case 'audio':
    case 'voice':
      return [outgoing]
    default:
      return []
  }
}

/** How many messages Telegram counts for it. */
export function countMessages(outgoing: Outgoing): number {
  return outgoing.kind === 'album' ? outgoing.items.length : 1
}

/** What came of one attempt to send. */
export type SendOutcome =
  | {
      kind: 'sent'
      /** Of an album the first. */
      messageId?: number
      /** Of an album all, in the order of its items. */
      messageIds?: number[]
      threadId?: number
      members?: Member[]
      /** What was uploaded: Telegram has it now. */
      files?: SentFile[]
    }
  /** Too many, for this chat or for the bot: Telegram does not say which. */
  | { kind: 'wait'; afterMs: number }
  /** No connection came about, so nothing has arrived. */
  | { kind: 'unreachable'; afterMs: number; reason: string }
  /** The person or the chat is gone for us, until they come back by themselves. */
  | { kind: 'gone'; reason: string }
  /** The chat lives on under another id. */
  | { kind: 'moved'; chatId: number }
  /** The chat is there but this cannot be done in it: a right or a topic is missing. */
  | { kind: 'route'; reason: string }
  /** The message to edit or delete is gone. `isTooOld`: it is there, and Telegram does not let it be changed any more. */
  | { kind: 'edit-gone'; isTooOld?: true }
  /** The message to answer is gone. */
  | { kind: 'reply-gone' }
  /** A file could not be read here, or Telegram does not know it (any more) by the id that it once gave. */
  | { kind: 'no-file'; reason: string }
  /** The request left, no answer came: it may or may not have arrived. */
  | { kind: 'unknown'; reason: string }
  /** Telegram refuses what we sent: our bug. */
  | { kind: 'bug'; reason: string }
  /** Nothing can be sent at all: the token is revoked, or another process uses it. */
  | { kind: 'fatal'; reason: string }

/** The outside world. Never throws, and gives up by itself after some seconds without an answer. */
export type Sender = (
  address: Address,
  outgoing: Outgoing,
  options: { isPaid: boolean },
) => Promise<SendOutcome>
