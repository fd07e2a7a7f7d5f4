/** Which bots learn of a message, and telling them. */
import { wireMessage } from './messages.ts'
import { isAdmin, isPresent } from './rights.ts'
import type { Bot, Chat, StoredMessage } from './state.ts'
import { enqueueUpdate } from './updates.ts'
import type { World } from './world.ts'

/** Tells every bot in the chat that may see the message; bots never hear of other bots or themselves. */
export function announceMessage(
  world: World,
  chat: Chat,
  message: StoredMessage,
  type: 'message' | 'edited_message' = 'message',
): void {
  for (const bot of listeningBots(world, chat)) {
    if (!canSee(chat, bot, message)) continue
    enqueueUpdate(world, bot, {
      type,
      payload: wireMessage(world, chat, message),
      queue: `chat ${chat.id}`,
      chatId: chat.id,
    })
  }
}

export function listeningBots(world: World, chat: Chat): Bot[] {
  if (chat.botId !== undefined) {
    const bot = world.state.bots.get(chat.botId)
    return bot ? [bot] : []
  }
  const bots: Bot[] = []
  for (const bot of world.state.bots.values()) {
    if (isPresent(chat.members.get(bot.user.id))) bots.push(bot)
  }
  return bots
}

function canSee(chat: Chat, bot: Bot, message: StoredMessage): boolean {
  if (message.authorId === bot.user.id) return false
  if (chat.type === 'private' || message.isService) return true
  if (!bot.privacyMode || isAdmin(chat.members.get(bot.user.id))) return true
  if (message.replyTo !== undefined) {
    if (chat.messages.get(message.replyTo)?.authorId === bot.user.id) return true
  }
  return isForBot(bot, message)
}

/** Privacy mode lets through commands that are not addressed to another bot, and mentions. */
function isForBot(bot: Bot, message: StoredMessage): boolean {
  const text = message.body.text ?? message.body.caption ?? ''
  const entities = message.body.entities ?? message.body.caption_entities ?? []
  const name = `@${bot.user.username ?? ''}`.toLowerCase()
  return entities.some((entity) => {
    const said = text.slice(entity.offset, entity.offset + entity.length).toLowerCase()
    if (entity.type === 'mention') return said === name
    return entity.type === 'bot_command' && (!said.includes('@') || said.endsWith(name))
  })
}
