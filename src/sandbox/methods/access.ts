/** From a chat_id to the chat, or to Telegram's reason why the bot cannot have it. */
import { badRequest, chatNotFound, forbidden, migrated, threadNotFound } from '../errors.ts'
import { findGroup, findGroupByUsername, findPrivateChat } from '../world/chats.ts'
import { findPerson } from '../world/people.ts'
import { hasRight, isPresent } from '../world/rights.ts'
import type { Chat } from '../world/state.ts'
import type { CallContext } from './method.ts'

type ChatId = number | string
type Known = Pick<CallContext, 'world' | 'bot'>

/** A chat the bot may look at. */
export function getChat({ world, bot }: Known, chatId: ChatId): Chat {
  const id = typeof chatId === 'number' ? chatId : Number(chatId)
  const chat =
    typeof chatId === 'string' && chatId.startsWith('@')
      ? findGroupByUsername(world, chatId)
      : Number.isSafeInteger(id)
        ? id > 0
          ? findPrivateChat(world, bot, id)
          : findGroup(world, id)
        : null
  if (!chat) throw chatNotFound()
  if (chat.migratedTo !== undefined) throw migrated(chat.migratedTo)
  if (chat.type === 'private') return chat
  const member = chat.members.get(bot.user.id)
  if (!member) throw chatNotFound()
  const { status } = member
  if (!isPresent(member)) {
    throw forbidden(
      status === 'kicked'
        ? `bot was kicked from the ${chat.type} chat`
        : `bot is not a member of the ${chat.type} chat`,
    )
  }
  return chat
}

/** A chat the bot may write into; people must have started the bot first. */
export function getWritableChat(known: Known, chatId: ChatId): Chat {
  const { world, bot } = known
  const id = Number(chatId)
  if (id > 0 && !bot.privateChats.has(id)) {
    if (world.state.bots.has(id)) throw forbidden("the bot can't send messages to the bot")
    if (findPerson(world, id)?.deactivated) throw forbidden('user is deactivated')
    if (world.state.people.has(id) && !findPrivateChat(world, bot, id)) {
      throw forbidden("bot can't initiate conversation with a user")
    }
  }
  const chat = getChat(known, chatId)
  if (chat.type === 'private') {
    if (world.state.people.get(chat.id)?.deactivated) throw forbidden('user is deactivated')
    if (chat.blocked) throw forbidden('bot was blocked by the user')
    if (!chat.started) throw forbidden("bot can't initiate conversation with a user")
  }
  return chat
}

/** The right each kind of message needs, and how Telegram calls that kind when it is missing. */
const SEND_RIGHTS = {
  text: ['can_send_messages', 'text messages'],
  photo: ['can_send_photos', 'photos'],
  document: ['can_send_documents', 'documents'],
  video: ['can_send_videos', 'videos'],
  voice: ['can_send_voice_notes', 'voice notes'],
  audio: ['can_send_audios', 'music'],
  animation: ['can_send_other_messages', 'GIFs'],
  sticker: ['can_send_other_messages', 'stickers'],
  contact: ['can_send_messages', 'contacts'],
  location: ['can_send_messages', 'locations'],
} as const
export type SendKind = keyof typeof SEND_RIGHTS

export function checkMayWrite(chat: Chat, userId: number, kind: SendKind): void {
  if (chat.type === 'private') return
  const [right, words] = SEND_RIGHTS[kind]
  if (!hasRight(chat, userId, right)) {
    throw badRequest(`not enough rights to send ${words} to the chat`)
  }
}

/** The General topic is addressed by leaving the id out; asking for it by its id 1 is refused. */
export function checkThread(chat: Chat, userId: number, threadId: number | undefined): void {
  if (!chat.isForum) {
    if (threadId !== undefined && threadId !== 0) throw threadNotFound()
    return
  }
  const mayManage = hasRight(chat, userId, 'can_manage_topics')
  if (threadId === undefined || threadId === 0) {
    if (chat.generalClosed && !mayManage) throw badRequest('TOPIC_CLOSED')
    return
  }
  const topic = chat.topics.get(threadId)
  if (!topic || topic.deleted) throw threadNotFound()
  if (topic.closed && !mayManage) throw badRequest('TOPIC_CLOSED')
}
