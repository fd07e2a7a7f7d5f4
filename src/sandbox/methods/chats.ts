/** Looking at chats and their members. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { chatRef } from '../world/chats.ts'
import { leaveGroup, wireMember } from '../world/membership.ts'
import { findMessage, wireMessage } from '../world/messages.ts'
import { findUser } from '../world/people.ts'
import { isAdmin, isPresent } from '../world/rights.ts'
import type { Member } from '../world/state.ts'
import { getChat as reach } from './access.ts'
import { defineMethod } from './method.ts'
import { boolean, chatId, integer } from './params.ts'

const OF_CHAT = z.object({ chat_id: chatId })

export const getChat = defineMethod({
  params: OF_CHAT,
  handle(context, { chat_id }) {
    const { world } = context
    const chat = reach(context, chat_id)
    const pinned = findMessage(chat, chat.pinned.at(-1) ?? 0)
    return {
      ...chatRef(world, chat),
      accent_color_id: 0,
      max_reaction_count: 11,
      accepted_gift_types: {
        unlimited_gifts: false,
        limited_gifts: false,
        unique_gifts: false,
        premium_subscription: false,
        gifts_from_channels: false,
      },
      permissions: chat.type === 'private' ? undefined : chat.permissions,
      pinned_message: pinned ? wireMessage(world, chat, pinned) : undefined,
    }
  },
})

export const getChatMember = defineMethod({
  params: z.object({ chat_id: chatId, user_id: integer }),
  handle(context, { chat_id, user_id }) {
    const { world } = context
    const chat = reach(context, chat_id)
    if (!findUser(world, user_id)) throw badRequest('user not found')
    const isOfPrivate = user_id === chat.id || user_id === context.bot.user.id
    const absent: Member = {
      userId: user_id,
      status: chat.type === 'private' && isOfPrivate ? 'member' : 'left',
      isAnonymous: false,
      rights: {},
    }
    return wireMember(world, chat.members.get(user_id) ?? absent)
  },
})

export const getChatAdministrators = defineMethod({
  params: z.object({ chat_id: chatId, return_bots: boolean.optional() }),
  handle(context, { chat_id, return_bots }) {
    const { world, bot } = context
    const chat = reach(context, chat_id)
    if (chat.type === 'private') {
      throw badRequest('there are no administrators in the private chat')
    }
    return [...chat.members.values()]
      .filter(isAdmin)
      .filter(
        ({ userId }) => return_bots || userId === bot.user.id || !world.state.bots.has(userId),
      )
      .map((member) => wireMember(world, member))
  },
})

export const getChatMemberCount = defineMethod({
  params: OF_CHAT,
  handle(context, { chat_id }) {
    const chat = reach(context, chat_id)
    return chat.type === 'private' ? 2 : [...chat.members.values()].filter(isPresent).length
  },
})

export const leaveChat = defineMethod({
  params: OF_CHAT,
  handle(context, { chat_id }) {
    const chat = reach(context, chat_id)
    if (chat.type === 'private') {
      throw badRequest("chat member status can't be changed in private chats")
    }
    const userId = context.bot.user.id
    leaveGroup(context.world, chat, { userId, by: userId, status: 'left' })
    return true
  },
})
