/** Private chats and groups. */

import { findPerson, isInCrowd } from './people.ts'
import { MEMBER_PERMISSIONS } from './rights.ts'
import type { Bot, Chat, Member, Topic } from './state.ts'
import type { ChatRef } from './wire.ts'
import type { World } from './world.ts'

// Shared by all private chats: a million villagers would otherwise carry two million empty maps.
const NO_MEMBERS: Map<number, Member> = new Map()
const NO_TOPICS: Map<number, Topic> = new Map()

const SUPERGROUP_BASE = -1_000_000_000_000

export function findPrivateChat(world: World, bot: Bot, userId: number): Chat | null {
  const known = bot.privateChats.get(userId)
  if (known) return known
  if (!isInCrowd(world, userId)) return null
  return openPrivateChat(world, bot, userId, { started: true })
}

/** The chat of a person with a bot, made on the first look. Null for strangers. */
export function openPrivateChat(
  world: World,
  bot: Bot,
  userId: number,
  options: { started: boolean },
): Chat | null {
  const known = bot.privateChats.get(userId)
  if (known) return known
  const person = findPerson(world, userId)
  if (!person) return null
  const { first_name, last_name } = person.user
  const chat: Chat = {
    id: userId,
    type: 'private',
    title: last_name ? `${first_name} ${last_name}` : first_name,
    isForum: false,
    nextMessageId: 1,
    messages: new Map(),
    pinned: [],
    botId: bot.user.id,
    started: options.started || isInCrowd(world, userId),
    blocked: false,
    members: NO_MEMBERS,
    topics: NO_TOPICS,
    generalClosed: false,
    permissions: MEMBER_PERMISSIONS,
  }
  bot.privateChats.set(userId, chat)
  return chat
}

export interface NewGroup {
  id?: number
  kind: 'group' | 'supergroup' | 'forum'
  title: string
  username?: string
}

export function createGroup(world: World, given: NewGroup): Chat {
  const chat: Chat = {
    id: given.id ?? nextGroupId(world, given.kind),
    type: given.kind === 'group' ? 'group' : 'supergroup',
    title: given.title,
    username: given.username,
    isForum: given.kind === 'forum',
    // In Telegram 1 is the creation of the group; a topic with that id would be the General one.
    nextMessageId: 2,
    messages: new Map(),
    pinned: [],
    started: true,
    blocked: false,
    members: new Map(),
    topics: new Map(),
    generalClosed: false,
    permissions: { ...MEMBER_PERMISSIONS },
  }
  world.state.groups.set(chat.id, chat)
  world.feed.emit({ kind: 'chat', chat_id: chat.id })
  return chat
}

function nextGroupId(world: World, kind: NewGroup['kind']): number {
  const number = 4_100_000 + world.state.nextGroupId
  world.state.nextGroupId += 1
  return kind === 'group' ? -number : SUPERGROUP_BASE - number
}

export function findGroup(world: World, id: number): Chat | null {
  return world.state.groups.get(id) ?? null
}

export function findGroupByUsername(world: World, username: string): Chat | null {
  const wanted = username.replace(/^@/, '').toLowerCase()
  for (const chat of world.state.groups.values()) {
    if (chat.username?.toLowerCase() === wanted) return chat
  }
  return null
}

/** How a chat appears inside messages and updates. */
export function chatRef(world: World, chat: Chat): ChatRef {
  if (chat.type === 'private') {
    const user = findPerson(world, chat.id)?.user
    return {
      id: chat.id,
      first_name: user?.first_name,
      last_name: user?.last_name,
      username: user?.username,
      type: 'private',
    }
  }
  return {
    id: chat.id,
    title: chat.title,
    username: chat.username,
    type: chat.type,
    is_forum: chat.isForum || undefined,
  }
}
