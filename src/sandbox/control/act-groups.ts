/** People coming, going and being given rights; topics. */
import type { FastifyInstance } from 'fastify'
import { Misuse } from '../errors.ts'
import { findGroup } from '../world/chats.ts'
import { changeMember, enterGroup, leaveGroup, postService } from '../world/membership.ts'
import { migrateGroup } from '../world/migrate.ts'
import { findUser } from '../world/people.ts'
import { deactivate, setBlocked } from '../world/relations.ts'
import { hasRight, isPresent } from '../world/rights.ts'
import type { Chat, Member } from '../world/state.ts'
import { chatView, memberView, personView } from './present.ts'
import { getBot, idOf, type Parts, parseInput, post } from './route.ts'
import {
  changeRights,
  inGroup,
  migrate,
  onMember,
  renameChat,
  setAnonymous,
  toBot,
} from './schemas.ts'

export function addGroupRoutes(scope: FastifyInstance, parts: Parts): void {
  const { world } = parts
  const view = (member: Member) => memberView(world, member)

  post(scope, '/act/block', toBot, ({ user_id, bot_id }) =>
    chatView(setBlocked(world, getBot(parts, bot_id), user_id, true)),
  )
  post(scope, '/act/unblock', toBot, ({ user_id, bot_id }) =>
    chatView(setBlocked(world, getBot(parts, bot_id), user_id, false)),
  )
  post(scope, '/act/deactivate', toBot, ({ user_id }) => {
    deactivate(world, user_id)
    return personView(world, user_id)
  })
  post(scope, '/act/join', inGroup, ({ chat_id, user_id }) => {
    const chat = getGroup(parts, chat_id)
    if (chat.members.get(user_id)?.status === 'kicked') {
      throw new Misuse('This person was banned', 403)
    }
    getUser(parts, user_id)
    return view(enterGroup(world, chat, user_id, user_id))
  })
  post(scope, '/act/leave', inGroup, ({ chat_id, user_id }) => {
    const chat = getGroup(parts, chat_id)
    getPresent(chat, user_id)
    return view(leaveGroup(world, chat, { userId: user_id, by: user_id, status: 'left' }))
  })
  post(scope, '/act/add', onMember, ({ chat_id, user_id, by }) => {
    const chat = getGroup(parts, chat_id)
    getUser(parts, user_id)
    return view(enterGroup(world, chat, user_id, by ?? ownerOf(chat)))
  })
  post(scope, '/act/kick', onMember, ({ chat_id, user_id, by }) => {
    const chat = getGroup(parts, chat_id)
    getPresent(chat, user_id)
    const gone = { userId: user_id, by: by ?? ownerOf(chat), status: 'kicked' as const }
    return view(leaveGroup(world, chat, gone))
  })
  for (const [path, status] of [
    ['/act/promote', 'administrator'],
    ['/act/restrict', 'restricted'],
    ['/act/demote', 'member'],
  ] as const) {
    post(scope, path, changeRights, ({ chat_id, user_id, by, rights }) => {
      const chat = getGroup(parts, chat_id)
      getPresent(chat, user_id)
      const change = { userId: user_id, by: by ?? ownerOf(chat), status, rights }
      return view(changeMember(world, chat, change))
    })
  }
  post(scope, '/act/anonymous', setAnonymous, ({ chat_id, user_id, is_anonymous }) => {
    const chat = getGroup(parts, chat_id)
    const { status, rights } = getPresent(chat, user_id)
    if (status !== 'administrator' && status !== 'creator') {
      throw new Misuse('Only administrators can be anonymous')
    }
    const change = { userId: user_id, by: user_id, status, rights, isAnonymous: is_anonymous }
    return view(changeMember(world, chat, change))
  })
  post(scope, '/act/migrate', migrate, ({ chat_id, by }) => {
    const chat = getGroup(parts, chat_id)
    return chatView(migrateGroup(world, chat, by ?? ownerOf(chat)))
  })
  scope.patch('/chats/:id', async (request) => {
    const chat = getGroup(parts, idOf(request))
    const { title, user_id } = parseInput(renameChat, request.body)
    if (user_id !== undefined && !hasRight(chat, user_id, 'can_change_info')) {
      throw new Misuse('This member may not rename the group', 403)
    }
    chat.title = title
    postService(world, chat, user_id ?? ownerOf(chat), { new_chat_title: title })
    return chatView(chat)
  })
}

export function getGroup({ world }: Parts, id: number): Chat {
  const chat = findGroup(world, id)
  if (!chat) throw new Misuse('There is no such group', 404)
  if (chat.migratedTo !== undefined) throw new Misuse('The group has become a supergroup', 409)
  return chat
}

export function getPresent(chat: Chat, userId: number): Member {
  const member = chat.members.get(userId)
  if (!isPresent(member)) throw new Misuse(`${userId} is not a member`, 404)
  return member
}

function getUser({ world }: Parts, id: number): void {
  if (!findUser(world, id)) throw new Misuse(`There is no person ${id}`, 404)
}

/** Acts when nobody is named. */
function ownerOf(chat: Chat): number {
  for (const member of chat.members.values()) if (member.status === 'creator') return member.userId
  const anybody = chat.members.keys().next()
  if (anybody.done) throw new Misuse('There is nobody in the group to do it')
  return anybody.value
}
