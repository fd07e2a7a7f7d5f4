/** People, and the bots among them. */
import type { Bot, Person } from './state.ts'
import type { User } from './wire.ts'
import type { World } from './world.ts'

/** Messages written as the group come from this account. */
export const GROUP_ANONYMOUS_BOT: User = {
  id: 1087968824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
}

const TOKEN = /^(\d{1,16}):[\w-]{3,}$/

export interface NewPerson {
  id?: number
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
  phone?: string
}

export function createPerson(world: World, given: NewPerson): Person {
  const { id: wanted, phone, ...names } = given
  const id = wanted ?? freeId(world)
  const person: Person = {
    user: { id, is_bot: false, ...names },
    phone,
    deactivated: false,
  }
  world.state.people.set(id, person)
  world.feed.emit({ kind: 'user', user_id: id })
  return person
}

function freeId(world: World): number {
  const { state } = world
  while (isTaken(world, state.nextUserId)) state.nextUserId += 1
  return state.nextUserId
}

/** Without making anybody: looking at a member of a crowd would. */
export function isTaken(world: World, id: number): boolean {
  const { people, bots } = world.state
  return people.has(id) || bots.has(id) || id === GROUP_ANONYMOUS_BOT.id || isInCrowd(world, id)
}

export function findPerson(world: World, id: number): Person | null {
  const known = world.state.people.get(id)
  if (known) return known
  return isInCrowd(world, id) ? createPerson(world, { id, first_name: `Villager ${id}` }) : null
}

export function isInCrowd(world: World, id: number): boolean {
  return world.state.crowds.some((crowd) => id >= crowd.fromId && id < crowd.fromId + crowd.count)
}

/** People and bots alike. */
export function findUser(world: World, id: number): User | null {
  const bot = world.state.bots.get(id)
  if (bot) return bot.user
  if (id === GROUP_ANONYMOUS_BOT.id) return GROUP_ANONYMOUS_BOT
  return findPerson(world, id)?.user ?? null
}

export function parseToken(token: string): number | null {
  const match = TOKEN.exec(token)
  return match ? Number(match[1]) : null
}

export interface NewBot {
  token: string
  username?: string
  first_name?: string
  privacy_mode?: boolean
}

export function createBot(world: World, given: NewBot): Bot {
  const id = parseToken(given.token)
  if (id === null) throw new Error('A bot needs a token such as 123456:ABC-DEF')
  const bot: Bot = {
    user: {
      id,
      is_bot: true,
      first_name: given.first_name ?? 'Stand-in bot',
      username: given.username ?? `stand_in_${id}_bot`,
    },
    token: given.token,
    revoked: false,
    privacyMode: given.privacy_mode ?? true,
    privateChats: new Map(),
    updates: [],
    nextUpdateId: world.updateIdBase,
    allowedUpdates: null,
    webhook: null,
    commands: new Map(),
    names: new Map(),
    descriptions: new Map(),
    shortDescriptions: new Map(),
    menuButtons: new Map(),
  }
  world.state.bots.set(id, bot)
  world.feed.emit({ kind: 'user', user_id: id })
  return bot
}
