/** What an administrating bot does to members. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { changeMember, leaveGroup } from '../world/membership.ts'
import { findUser } from '../world/people.ts'
import { ADMIN_RIGHTS, hasRight, isAdmin, isPresent, MEMBER_PERMISSIONS } from '../world/rights.ts'
import type { Chat } from '../world/state.ts'
import { getChat } from './access.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, chatId, integer, json } from './params.ts'

const onMember = { chat_id: chatId, user_id: integer }

function getManaged(
  context: CallContext,
  { chat_id, user_id }: { chat_id: number | string; user_id: number },
  need: { right: string; words: string },
): Chat {
  const chat = getChat(context, chat_id)
  if (chat.type === 'private') {
    throw badRequest("chat member status can't be changed in private chats")
  }
  if (!findUser(context.world, user_id)) throw badRequest('user not found')
  if (!hasRight(chat, context.bot.user.id, need.right)) throw badRequest(need.words)
  const member = chat.members.get(user_id)
  if (member?.status === 'creator') throw badRequest("can't remove chat owner")
  return chat
}

const RESTRICT = {
  right: 'can_restrict_members',
  words: 'not enough rights to restrict/unrestrict chat member',
}

export const banChatMember = defineMethod({
  params: z.object({
    ...onMember,
    until_date: integer.optional(),
    revoke_messages: boolean.optional(),
  }),
  handle(context, params) {
    const chat = getManaged(context, params, RESTRICT)
    if (isAdmin(chat.members.get(params.user_id))) {
      throw badRequest('user is an administrator of the chat')
    }
    leaveGroup(context.world, chat, {
      userId: params.user_id,
      by: context.bot.user.id,
      status: 'kicked',
      untilDate: params.until_date,
    })
    return true
  },
})

/** In Telegram this also removes a member who is in the chat, unless `only_if_banned`. */
export const unbanChatMember = defineMethod({
  params: z.object({ ...onMember, only_if_banned: boolean.optional() }),
  handle(context, params) {
    const chat = getManaged(context, params, RESTRICT)
    const member = chat.members.get(params.user_id)
    const by = context.bot.user.id
    if (member?.status === 'kicked') {
      changeMember(context.world, chat, { userId: params.user_id, by, status: 'left' })
    } else if (isPresent(member) && !params.only_if_banned) {
      leaveGroup(context.world, chat, { userId: params.user_id, by, status: 'left' })
    }
    return true
  },
})

const permissionSchema = z.object(
  Object.fromEntries(Object.keys(MEMBER_PERMISSIONS).map((name) => [name, z.boolean().optional()])),
)

export const restrictChatMember = defineMethod({
  params: z.object({
    ...onMember,
    permissions: json(permissionSchema),
    use_independent_chat_permissions: boolean.optional(),
    until_date: integer.optional(),
  }),
  handle(context, params) {
    const chat = getManaged(context, params, RESTRICT)
    if (chat.type === 'group') throw badRequest('method is available only for supergroups')
    const given = Object.entries(params.permissions)
    const rights = Object.fromEntries(given.map(([name, on]) => [name, on === true]))
    const isFree = Object.keys(MEMBER_PERMISSIONS).every(
      (name) => rights[name] || !MEMBER_PERMISSIONS[name],
    )
    changeMember(context.world, chat, {
      userId: params.user_id,
      by: context.bot.user.id,
      status: isFree ? 'member' : 'restricted',
      rights,
      untilDate: params.until_date,
    })
    return true
  },
})

const rightParams = {
  is_anonymous: boolean.optional(),
  can_manage_chat: boolean.optional(),
  can_delete_messages: boolean.optional(),
  can_manage_video_chats: boolean.optional(),
  can_restrict_members: boolean.optional(),
  can_promote_members: boolean.optional(),
  can_change_info: boolean.optional(),
  can_invite_users: boolean.optional(),
  can_post_stories: boolean.optional(),
  can_edit_stories: boolean.optional(),
  can_delete_stories: boolean.optional(),
  can_post_messages: boolean.optional(),
  can_edit_messages: boolean.optional(),
  can_pin_messages: boolean.optional(),
  can_manage_topics: boolean.optional(),
  can_manage_direct_messages: boolean.optional(),
  can_manage_tags: boolean.optional(),
  can_send_welcome_messages: boolean.optional(),
}

/** All rights off demotes. */
export const promoteChatMember = defineMethod({
  params: z.object({ ...onMember, ...rightParams }),
  handle(context, params) {
    const need = { right: 'can_promote_members', words: 'not enough rights' }
    const chat = getManaged(context, params, need)
    const rights = Object.fromEntries(ADMIN_RIGHTS.map((name) => [name, params[name] === true]))
    const isAny = Object.values(rights).includes(true)
    changeMember(context.world, chat, {
      userId: params.user_id,
      by: context.bot.user.id,
      status: isAny ? 'administrator' : 'member',
      isAnonymous: params.is_anonymous,
      rights,
    })
    return true
  },
})
