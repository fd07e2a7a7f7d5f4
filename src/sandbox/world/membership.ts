/** Who is in a group and as what, with the updates and service messages every change brings. */

import type { MemberStatus } from '../control/views.ts'
import { chatRef } from './chats.ts'
import { storeMessage } from './messages.ts'
import { findUser } from './people.ts'
import { adminRights, isAdmin, isPresent, MEMBER_PERMISSIONS } from './rights.ts'
import type { Chat, Member } from './state.ts'
import { enqueueUpdate } from './updates.ts'
import { announceMessage, listeningBots } from './visibility.ts'
import type { MessageBody } from './wire.ts'
import type { World } from './world.ts'

export interface MemberSeed {
  user_id: number
  status: MemberStatus
  is_anonymous: boolean
  rights: Record<string, boolean>
}

/** Fills a new group without any message; bots are told that they are in. */
export function seedMembers(world: World, chat: Chat, seeds: MemberSeed[]): void {
  const hasCreator = seeds.some((seed) => seed.status === 'creator')
  const owner = hasCreator
    ? undefined
    : seeds.find((seed) => seed.status === 'member' && !world.state.bots.has(seed.user_id))
  for (const seed of seeds) {
    const status = seed === owner ? 'creator' : seed.status
    const by = owner?.user_id ?? seeds[0]?.user_id ?? seed.user_id
    changeMember(world, chat, {
      userId: seed.user_id,
      by,
      status,
      isAnonymous: seed.is_anonymous,
      rights: seed.rights,
    })
  }
}

export interface MemberChange {
  userId: number
  by: number
  status: MemberStatus
  isAnonymous?: boolean
  rights?: Record<string, boolean>
  untilDate?: number
}

export function changeMember(world: World, chat: Chat, change: MemberChange): Member {
  const before = chat.members.get(change.userId)
  const after: Member = {
    userId: change.userId,
    status: change.status,
    isAnonymous: change.isAnonymous ?? false,
    rights: rightsOf(change),
    untilDate: change.untilDate,
  }
  chat.members.set(change.userId, after)
  world.feed.emit({ kind: 'member', chat_id: chat.id, user_id: change.userId })
  tellBots(world, chat, { before, after, by: change.by })
  return after
}

function rightsOf({ status, rights = {} }: MemberChange): Record<string, boolean> {
  if (status === 'administrator' || status === 'creator') {
    return adminRights(status === 'creator' ? { '*': true } : rights)
  }
  if (status !== 'restricted') return {}
  const allowed = Object.keys(MEMBER_PERMISSIONS).map((right) => [right, rights[right] ?? false])
  return Object.fromEntries(allowed)
}

/** The bot it happens to always hears of it; others only as admins that asked for chat_member. */
function tellBots(
  world: World,
  chat: Chat,
  { before, after, by }: { before: Member | undefined; after: Member; by: number },
): void {
  const subject = world.state.bots.get(after.userId)
  const payload = {
    chat: chatRef(world, chat),
    from: findUser(world, by),
    date: world.nowSeconds(),
    old_chat_member: wireMember(world, before ?? absent(after.userId)),
    new_chat_member: wireMember(world, after),
  }
  if (subject) {
    enqueueUpdate(world, subject, {
      type: 'my_chat_member',
      payload,
      queue: `membership ${chat.id}`,
      chatId: chat.id,
    })
  }
  for (const bot of listeningBots(world, chat)) {
    if (bot === subject || !isAdmin(chat.members.get(bot.user.id))) continue
    enqueueUpdate(world, bot, {
      type: 'chat_member',
      payload,
      queue: `membership ${chat.id}`,
      chatId: chat.id,
    })
  }
}

function absent(userId: number): Member {
  return { userId, status: 'left', isAnonymous: false, rights: {} }
}

export function wireMember(world: World, member: Member): Record<string, unknown> {
  const { status, isAnonymous, rights, untilDate = 0, customTitle } = member
  const base = { user: findUser(world, member.userId), status }
  switch (status) {
    case 'creator':
      return { ...base, is_anonymous: isAnonymous, custom_title: customTitle }
    case 'administrator':
      return {
        ...base,
        can_be_edited: false,
        is_anonymous: isAnonymous,
        ...rights,
        custom_title: customTitle,
      }
    case 'restricted':
      return { ...base, is_member: true, ...rights, until_date: untilDate }
    case 'kicked':
      return { ...base, until_date: untilDate }
    default:
      return base
  }
}

/** A line in the chat about what happened, seen by every bot in it. */
export function postService(world: World, chat: Chat, authorId: number, body: MessageBody) {
  const message = storeMessage(world, chat, { authorId, body, isService: true })
  announceMessage(world, chat, message)
  return message
}

/** Comes in, added by somebody or by themselves. */
export function enterGroup(world: World, chat: Chat, userId: number, by: number): Member {
  const known = chat.members.get(userId)
  if (isPresent(known)) return known
  const member = changeMember(world, chat, { userId, by, status: 'member' })
  const user = findUser(world, userId)
  if (user) postService(world, chat, by, { new_chat_members: [user] })
  return member
}

/** Goes: `kicked` cannot come back by themselves. A bot that is gone does not see the line. */
export function leaveGroup(
  world: World,
  chat: Chat,
  gone: { userId: number; by: number; status: 'left' | 'kicked'; untilDate?: number },
): Member {
  const user = findUser(world, gone.userId)
  const wasPresent = isPresent(chat.members.get(gone.userId))
  const member = changeMember(world, chat, gone)
  if (user && wasPresent) postService(world, chat, gone.by, { left_chat_member: user })
  return member
}
