/** People writing: what they may do, and who hears of it. */
import { Misuse } from '../errors.ts'
import { formatText } from '../text/format.ts'
import { openPrivateChat } from './chats.ts'
import { deleteMessage, editMessage, findMessage, storeMessage } from './messages.ts'
import { findPerson } from './people.ts'
import { hasRight, isAdmin, isPresent } from './rights.ts'
import type { Bot, Chat, StoredMessage } from './state.ts'
import { announceMessage } from './visibility.ts'
import type { MessageBody } from './wire.ts'
import type { World } from './world.ts'

export interface Spoken {
  userId: number
  body: MessageBody
  threadId?: number
  replyTo?: number
}

/** Writing to a bot starts the chat with it, as pressing Start does. */
export function openChatWith(world: World, bot: Bot, userId: number): Chat {
  const person = findPerson(world, userId)
  const chat = openPrivateChat(world, bot, userId, { started: true })
  if (!person || !chat) throw new Misuse(`There is no person ${userId}`, 404)
  if (person.deactivated) throw new Misuse('This account was deleted')
  if (chat.blocked) throw new Misuse('Unblock the bot first')
  chat.started = true
  return chat
}

export function speak(world: World, chat: Chat, said: Spoken): StoredMessage {
  checkMaySpeak(chat, said.userId, said.threadId)
  const replied = said.replyTo === undefined ? null : findMessage(chat, said.replyTo)
  if (said.replyTo !== undefined && !replied) throw new Misuse('There is no such message', 404)
  const message = storeMessage(world, chat, {
    authorId: said.userId,
    body: said.body,
    threadId: said.threadId ?? (chat.isForum ? replied?.threadId : undefined),
    replyTo: said.replyTo,
    asGroup: chat.members.get(said.userId)?.isAnonymous,
  })
  announceMessage(world, chat, message)
  return message
}

export function spokenText(said: string, parseMode?: 'HTML'): MessageBody {
  const { text, entities } = formatText(said, parseMode)
  return entities.length > 0 ? { text, entities } : { text }
}

function checkMaySpeak(chat: Chat, userId: number, threadId: number | undefined): void {
  if (chat.migratedTo !== undefined) throw new Misuse('The group has become a supergroup')
  if (chat.type === 'private') return
  if (!isPresent(chat.members.get(userId))) throw new Misuse('Only members can write here', 403)
  if (!hasRight(chat, userId, 'can_send_messages')) {
    throw new Misuse('This member may not write here', 403)
  }
  if (!chat.isForum) {
    if (threadId !== undefined) throw new Misuse('This chat has no topics')
    return
  }
  const topic = threadId === undefined ? null : chat.topics.get(threadId)
  if (threadId !== undefined && (!topic || topic.deleted)) {
    throw new Misuse('There is no such topic', 404)
  }
  const closed = topic ? topic.closed : chat.generalClosed
  if (closed && !hasRight(chat, userId, 'can_manage_topics')) {
    throw new Misuse('The topic is closed', 403)
  }
}

export function editSpoken(
  world: World,
  chat: Chat,
  change: { userId: number; messageId: number; text: string },
): StoredMessage {
  const message = getOwn(chat, change)
  const words = spokenText(change.text)
  const body: MessageBody =
    message.body.text === undefined
      ? { ...message.body, caption: words.text, caption_entities: words.entities }
      : words
  editMessage(world, chat, message, { body })
  announceMessage(world, chat, message, 'edited_message')
  return message
}

function getOwn(chat: Chat, { userId, messageId }: { userId: number; messageId: number }) {
  const message = findMessage(chat, messageId)
  if (!message) throw new Misuse('There is no such message', 404)
  if (message.authorId !== userId) throw new Misuse('Only its author can change a message', 403)
  return message
}

/** In a private chat either side may delete anything; bots are not told. */
export function deleteSpoken(
  world: World,
  chat: Chat,
  which: { userId: number; messageId: number },
): StoredMessage {
  const message = findMessage(chat, which.messageId)
  if (!message) throw new Misuse('There is no such message', 404)
  const may =
    chat.type === 'private' ||
    message.authorId === which.userId ||
    (isAdmin(chat.members.get(which.userId)) && hasRight(chat, which.userId, 'can_delete_messages'))
  if (!may) throw new Misuse('This member may not delete it', 403)
  deleteMessage(world, chat, message)
  return message
}
