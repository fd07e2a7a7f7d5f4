/** Presses of buttons, from the press to the bot's answer. */
import { chatRef } from './chats.ts'
import { findMessage, wireMessage } from './messages.ts'
import { findUser } from './people.ts'
import type { Bot, CallbackQuery, Chat } from './state.ts'
import { enqueueUpdate } from './updates.ts'
import type { World } from './world.ts'

/** Far more than can be waiting for an answer; older ones answer as too old anyway. */
const KEPT_CALLBACKS = 10_000

export function createCallback(
  world: World,
  given: { bot: Bot; chat: Chat; userId: number; messageId: number; data: string },
): CallbackQuery {
  const { bot, chat, userId, messageId, data } = given
  const number = world.state.nextCallbackNumber
  world.state.nextCallbackNumber += 1
  const query: CallbackQuery = {
    id: String(number * 1_000_003),
    botId: bot.user.id,
    userId,
    chatId: chat.id,
    messageId,
    createdAt: world.nowMs(),
  }
  world.state.callbacks.set(query.id, query)
  forgetOldest(world)
  const message = findMessage(chat, messageId)
  enqueueUpdate(world, bot, {
    type: 'callback_query',
    payload: {
      id: query.id,
      from: findUser(world, userId),
      // A message that is gone comes as an InaccessibleMessage, whose date is 0.
      message: message
        ? wireMessage(world, chat, message)
        : { chat: chatRef(world, chat), message_id: messageId, date: 0 },
      chat_instance: String(chat.id * 7919),
      data,
    },
    queue: `callback ${userId}`,
    chatId: chat.id,
  })
  return query
}

function forgetOldest(world: World): void {
  const { callbacks } = world.state
  if (callbacks.size <= KEPT_CALLBACKS) return
  const oldest = callbacks.keys().next()
  if (!oldest.done) callbacks.delete(oldest.value)
}
