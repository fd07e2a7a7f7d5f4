/** Reading the world: bots, people, chats, messages, files. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Misuse } from '../errors.ts'
import { isInline } from '../world/messages.ts'
import { isPresent } from '../world/rights.ts'
import type { Chat } from '../world/state.ts'
import { botView, chatView, memberView, messageView, personView, topicView } from './present.ts'
import { getChatOf, idOf, type Parts, parseInput } from './route.ts'
import { chatQuery, type MessageList, messageQuery, type ReplyKeyboardView } from './schemas.ts'

export function addLookRoutes(scope: FastifyInstance, parts: Parts): void {
  const { world } = parts
  scope.get('/bots', async () => [...world.state.bots.values()].map(botView))
  scope.get('/users', async () => [...world.state.people.keys()].map((id) => personView(world, id)))
  scope.get('/chats', async (request) => {
    const { user_id } = parseInput(chatQuery, request.query)
    return listChats(parts, user_id).map(chatView)
  })
  scope.get('/chats/:id', async (request) => chatView(chatAt(parts, request)))
  scope.get('/chats/:id/members', async (request) =>
    [...chatAt(parts, request).members.values()].map((member) => memberView(world, member)),
  )
  scope.get('/chats/:id/topics', async (request) =>
    [...chatAt(parts, request).topics.values()].filter((topic) => !topic.deleted).map(topicView),
  )
  scope.get('/chats/:id/messages', async (request) => {
    const query = parseInput(messageQuery, request.query)
    return listMessages(parts, chatAt(parts, request), query)
  })
  scope.get('/files/:id', async (request, reply) => {
    const { id } = parseInput(z.object({ id: z.string() }), request.params)
    const file = world.state.files.get(id)
    if (!file) throw new Misuse('There is no such file', 404)
    // Uploads are strangers' bytes: never let a browser run them as a page.
    return reply
      .type(file.mime ?? 'application/octet-stream')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "sandbox; default-src 'none'")
      .send(Buffer.from(file.bytes))
  })
}

const botQuery = z.object({ bot_id: z.coerce.number().int().optional() })

function chatAt(parts: Parts, request: Parameters<typeof idOf>[0]): Chat {
  const { bot_id } = parseInput(botQuery, request.query)
  return getChatOf(parts, { chat_id: idOf(request), bot_id })
}

function listChats({ world }: Parts, userId: number | undefined): Chat[] {
  const chats: Chat[] = []
  for (const bot of world.state.bots.values()) {
    if (userId === undefined) chats.push(...bot.privateChats.values())
    else {
      const chat = bot.privateChats.get(userId)
      if (chat) chats.push(chat)
    }
  }
  for (const group of world.state.groups.values()) {
    if (userId === undefined || isPresent(group.members.get(userId))) chats.push(group)
  }
  return chats
}

function listMessages(
  { world }: Parts,
  chat: Chat,
  query: z.output<typeof messageQuery>,
): MessageList {
  const { viewer, after, limit, message_thread_id } = query
  const found = []
  for (let id = chat.nextMessageId - 1; id > after && found.length < limit; id -= 1) {
    const message = chat.messages.get(id)
    if (!message) continue
    if (message_thread_id !== undefined && (message.threadId ?? 0) !== message_thread_id) continue
    found.push(messageView(world, chat, message, viewer))
  }
  return {
    messages: found.toReversed(),
    reply_keyboard: replyKeyboard(chat),
    pinned_message_id: chat.pinned.at(-1) ?? null,
    seq: world.feed.seq,
  }
}

/** The newest keyboard that was sent and not taken away. */
function replyKeyboard(chat: Chat): ReplyKeyboardView | null {
  for (let id = chat.nextMessageId - 1; id > 0; id -= 1) {
    const message = chat.messages.get(id)
    const markup = message?.replyMarkup
    if (!markup || message.deleted || isInline(markup)) continue
    if (!('keyboard' in markup)) return null
    const keyboard = markup.keyboard.map((row) =>
      row.map((button) => (typeof button === 'string' ? { text: button } : button)),
    )
    return { ...markup, keyboard }
  }
  return null
}
