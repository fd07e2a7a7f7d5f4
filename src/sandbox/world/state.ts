/**
 * Everything the stand-in remembers, as plain data: maps, arrays, numbers and bytes, no functions,
 * so that a snapshot can write it down and read it back as it is.
 */
import type { MemberStatus } from '../control/views.ts'
import type { ChatType, MessageBody, ReplyMarkup, UpdateType, User } from './wire.ts'

export interface Person {
  user: User
  phone?: string
  deactivated: boolean
}

/** `rights` holds the administrator's rights, or what a restricted member may still do. */
export interface Member {
  userId: number
  status: MemberStatus
  isAnonymous: boolean
  rights: Record<string, boolean>
  untilDate?: number
  customTitle?: string
}

export interface StoredMessage {
  id: number
  /** Who really wrote it, also when it was written as the group. */
  authorId: number
  date: number
  body: MessageBody
  editDate?: number
  threadId?: number
  replyTo?: number
  asGroup?: true
  isService?: true
  deleted?: true
  protect?: true
  replyMarkup?: ReplyMarkup
  reactions?: string[]
  /** Send options that leave no trace in the message itself. */
  sentWith?: { disable_notification?: true; allow_paid_broadcast?: true }
}

export interface Topic {
  id: number
  name: string
  iconColor: number
  iconEmojiId?: string
  creatorId: number
  closed: boolean
  deleted: boolean
}

export interface Chat {
  id: number
  type: ChatType
  title: string
  username?: string
  isForum: boolean
  nextMessageId: number
  messages: Map<number, StoredMessage>
  pinned: number[]
  /** Private chats: the bot on the other side, and whether the person started and blocks it. */
  botId?: number
  started: boolean
  blocked: boolean
  /** Groups. Private chats keep these empty and share one empty map. */
  members: Map<number, Member>
  topics: Map<number, Topic>
  generalClosed: boolean
  permissions: Record<string, boolean>
  migratedTo?: number
  migratedFrom?: number
}

export interface QueuedUpdate {
  id: number
  type: UpdateType
  payload: unknown
  /** Updates of one queue are delivered one after the other; queues are independent. */
  queue: string
  chatId: number
  /** By the stand-in's clock, in milliseconds. */
  expiresAt: number
  /**
   * For updates that come late or twice: `held` is kept back, `overdue` may go out and cannot be
   * confirmed before it did, though the bot has long confirmed greater numbers.
   */
  standing?: 'held' | 'overdue'
}

interface Webhook {
  url: string
  secretToken?: string
  maxConnections: number
  ipAddress?: string
  hasCertificate: boolean
  lastErrorDate?: number
  lastErrorMessage?: string
}

export interface CommandEntry {
  command: string
  description: string
}

export interface Bot {
  user: User
  token: string
  revoked: boolean
  privacyMode: boolean
  privateChats: Map<number, Chat>
  updates: QueuedUpdate[]
  nextUpdateId: number
  /** null is the default set. */
  allowedUpdates: string[] | null
  webhook: Webhook | null
  /** Keys are scope and language, see methods/commands.ts. */
  commands: Map<string, CommandEntry[]>
  names: Map<string, string>
  descriptions: Map<string, string>
  shortDescriptions: Map<string, string>
  menuButtons: Map<number | 'default', Record<string, unknown>>
}

export interface StoredFile {
  id: string
  uniqueId: string
  kind: string
  path: string
  bytes: Uint8Array
  /** Greater than the bytes when a test claims a larger file. */
  size: number
  name?: string
  mime?: string
  attributes: Record<string, unknown>
}

export interface CallbackQuery {
  id: string
  botId: number
  userId: number
  chatId: number
  messageId: number
  createdAt: number
  answer?: { text?: string; show_alert?: boolean; url?: string }
}

export interface WorldState {
  bots: Map<number, Bot>
  people: Map<number, Person>
  /** People who exist and have started every bot, made when first met. */
  crowds: { fromId: number; count: number }[]
  /** Groups by id. Private chats live with their bot. */
  groups: Map<number, Chat>
  files: Map<string, StoredFile>
  callbacks: Map<string, CallbackQuery>
  nextUserId: number
  nextGroupId: number
  nextFileNumber: number
  nextCallbackNumber: number
  nextAlbumNumber: number
}

export function createState(): WorldState {
  return {
    bots: new Map(),
    people: new Map(),
    crowds: [],
    groups: new Map(),
    files: new Map(),
    callbacks: new Map(),
    nextUserId: 1001,
    nextGroupId: 1,
    nextFileNumber: 1,
    nextCallbackNumber: 1,
    nextAlbumNumber: 1,
  }
}
