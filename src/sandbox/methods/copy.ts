/** Copying and forwarding. A forward names its author; a copy does not. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { chatRef } from '../world/chats.ts'
import { findMessage, wireMessage } from '../world/messages.ts'
import { findUser, GROUP_ANONYMOUS_BOT } from '../world/people.ts'
import type { Chat, StoredMessage } from '../world/state.ts'
import type { ForwardOrigin, MessageBody } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { getChat, getWritableChat, type SendKind } from './access.ts'
import { captionBody } from './body.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, chatId, integer, json } from './params.ts'

import { type Draft, postAll } from './post.ts'
import { replyMarkup, replyParameters, sending, suggestedPost, visualCaption } from './schemas.ts'
import { MEDIA_KINDS } from './take-file.ts'

const MAX_IDS = 100

const source = { from_chat_id: chatId, message_id: integer }
const sources = { from_chat_id: chatId, message_ids: json(z.array(z.int())) }
const oneOnly = {
  video_start_timestamp: integer.optional(),
  suggested_post_parameters: suggestedPost.optional(),
}

export const copyMessage = defineMethod({
  params: z.object({
    ...sending,
    ...source,
    ...oneOnly,
    ...visualCaption,
    allow_paid_broadcast: boolean.optional(),
    reply_parameters: replyParameters.optional(),
    reply_to_message_id: integer.optional(),
    reply_markup: replyMarkup.optional(),
  }),
  handle(context, params) {
    const chat = getWritableChat(context, params.chat_id)
    const message = getSource(context, params, 'copy')
    const body = copyBody(message)
    if (params.caption !== undefined && body.text === undefined) {
      delete body.caption
      delete body.caption_entities
      Object.assign(body, captionBody(params))
    }
    return { message_id: postAll(context, chat, params, [{ kind: kindOf(body), body }])[0]?.id }
  },
})

export const copyMessages = defineMethod({
  params: z.object({ ...sending, ...sources, remove_caption: boolean.optional() }),
  handle(context, params) {
    const chat = getWritableChat(context, params.chat_id)
    const drafts = getSources(context, params, 'copy').map((message): Draft => {
      const { caption, caption_entities, ...rest } = copyBody(message)
      const body = params.remove_caption ? rest : { caption, caption_entities, ...rest }
      return { kind: kindOf(body), body }
    })
    return postAll(context, chat, params, drafts).map(({ id }) => ({ message_id: id }))
  },
})

export const forwardMessage = defineMethod({
  params: z.object({ ...sending, ...source, ...oneOnly }),
  handle(context, params) {
    const { world } = context
    const chat = getWritableChat(context, params.chat_id)
    const from = getChat(context, params.from_chat_id)
    const body = forwardBody(world, from, getSource(context, params, 'forward'))
    const message = postAll(context, chat, params, [{ kind: kindOf(body), body }])[0]
    return message && wireMessage(world, chat, message)
  },
})

export const forwardMessages = defineMethod({
  params: z.object({ ...sending, ...sources }),
  handle(context, params) {
    const chat = getWritableChat(context, params.chat_id)
    const from = getChat(context, params.from_chat_id)
    const drafts = getSources(context, params, 'forward').map((message): Draft => {
      const body = forwardBody(context.world, from, message)
      return { kind: kindOf(body), body }
    })
    return postAll(context, chat, params, drafts).map(({ id }) => ({ message_id: id }))
  },
})

type Verb = 'copy' | 'forward'

function getSource(
  context: CallContext,
  params: { from_chat_id: number | string; message_id: number },
  verb: Verb,
): StoredMessage {
  const message = findMessage(getChat(context, params.from_chat_id), params.message_id)
  if (!message) throw badRequest(`message to ${verb} not found`)
  if (!canLeave(message)) {
    throw badRequest(verb === 'copy' ? "message can't be copied" : "message can't be forwarded")
  }
  return message
}

/** Messages that are missing or may not leave are passed over. */
function getSources(
  context: CallContext,
  params: { from_chat_id: number | string; message_ids: number[] },
  verb: Verb,
): StoredMessage[] {
  const ids = params.message_ids
  if (ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > MAX_IDS) throw badRequest('too many message identifiers specified')
  if (ids.some((id, n) => n > 0 && id <= (ids[n - 1] ?? 0))) {
    throw badRequest('message identifiers must be in a strictly increasing order')
  }
  const from = getChat(context, params.from_chat_id)
  const found = ids.flatMap((id) => findMessage(from, id) ?? []).filter(canLeave)
  if (found.length === 0) throw badRequest(`there are no messages to ${verb}`)
  return found
}

function canLeave(message: StoredMessage): boolean {
  return !message.isService && !message.protect
}

function copyBody(message: StoredMessage): MessageBody {
  const {
    forward_origin: _origin,
    media_group_id: _album,
    effect_id: _effect,
    ...body
  } = message.body
  return body
}

/** A message that was a forward keeps its first author. */
export function forwardBody(world: World, from: Chat, message: StoredMessage): MessageBody {
  const origin = message.body.forward_origin ?? originOf(world, from, message)
  return { ...copyBody(message), forward_origin: origin }
}

function originOf(world: World, from: Chat, message: StoredMessage): ForwardOrigin {
  if (message.asGroup) {
    return { type: 'chat', date: message.date, sender_chat: chatRef(world, from) }
  }
  const sender_user = findUser(world, message.authorId) ?? GROUP_ANONYMOUS_BOT
  return { type: 'user', date: message.date, sender_user }
}

function kindOf(body: MessageBody): SendKind {
  if (body.contact) return 'contact'
  if (body.location) return 'location'
  if (body.animation) return 'animation'
  return MEDIA_KINDS.find((kind) => body[kind] !== undefined) ?? 'text'
}
