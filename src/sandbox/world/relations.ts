/** A person and a bot: blocking, unblocking, deleting the account. */
import { Misuse } from '../errors.ts'
import { chatRef, openPrivateChat } from './chats.ts'
import { findPerson, findUser } from './people.ts'
import type { Bot, Chat } from './state.ts'
import { enqueueUpdate } from './updates.ts'
import type { World } from './world.ts'

const FOREVER = 0

export function setBlocked(world: World, bot: Bot, userId: number, blocked: boolean): Chat {
  const chat = openPrivateChat(world, bot, userId, { started: false })
  if (!chat) throw new Misuse(`There is no person ${userId}`, 404)
  if (chat.blocked === blocked) return chat
  chat.blocked = blocked
  if (!blocked) chat.started = true
  world.feed.emit({ kind: 'chat', chat_id: chat.id, bot_id: bot.user.id })
  const member = { user: bot.user, status: 'member' }
  const kicked = { user: bot.user, status: 'kicked', until_date: FOREVER }
  enqueueUpdate(world, bot, {
    type: 'my_chat_member',
    payload: {
      chat: chatRef(world, chat),
      from: findUser(world, userId),
      date: world.nowSeconds(),
      old_chat_member: blocked ? member : kicked,
      new_chat_member: blocked ? kicked : member,
    },
    queue: `membership ${chat.id}`,
    chatId: chat.id,
  })
  return chat
}

/** Telegram tells nobody; bots find out when they write. */
export function deactivate(world: World, userId: number): void {
  const person = findPerson(world, userId)
  if (!person) throw new Misuse(`There is no person ${userId}`, 404)
  person.deactivated = true
  person.user = { id: userId, is_bot: false, first_name: '' }
  world.feed.emit({ kind: 'user', user_id: userId })
}
