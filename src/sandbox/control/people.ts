/** Making people, bots and groups. */

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Misuse } from '../errors.ts'
import { createGroup } from '../world/chats.ts'
import { seedMembers } from '../world/membership.ts'
import { createBot, createPerson, findPerson, findUser, isTaken } from '../world/people.ts'
import { botView, chatView, personView } from './present.ts'
import { idOf, type Parts, parseInput, post } from './route.ts'
import { changeUser, createChat, createCrowd, createUser, createBot as newBot } from './schemas.ts'

const FIRST_BOT_ID = 7_000_000_001

export function addPeopleRoutes(scope: FastifyInstance, parts: Parts): void {
  const { world } = parts
  post(scope, '/users', createUser, (given) => {
    if (given.id !== undefined && isTaken(world, given.id)) {
      throw new Misuse(`The id ${given.id} is taken`, 409)
    }
    return personView(world, createPerson(world, given).user.id)
  })
  scope.patch('/users/:id', async (request) => {
    const person = findPerson(world, idOf(request))
    if (!person) throw new Misuse('There is no such person', 404)
    const { phone, ...names } = parseInput(changeUser, request.body)
    person.user = { ...person.user, ...names }
    if (phone !== undefined) person.phone = phone
    world.feed.emit({ kind: 'user', user_id: person.user.id })
    return personView(world, person.user.id)
  })
  post(scope, '/crowds', createCrowd, ({ from_id, count }) => {
    world.state.crowds.push({ fromId: from_id, count })
    return { from_id, count }
  })
  post(scope, '/bots', newBot, (given) => {
    const id = FIRST_BOT_ID + world.state.bots.size
    const token = given.token ?? `${id}:${randomBytes(26).toString('base64url')}`
    return botView(createBot(world, { ...given, token }))
  })
  post(scope, '/chats', createChat, ({ members, ...given }) => {
    const strangers = members.filter((member) => !findUser(world, member.user_id))
    if (strangers[0]) throw new Misuse(`There is no person ${strangers[0].user_id}`, 404)
    const chat = createGroup(world, given)
    seedMembers(world, chat, members)
    return chatView(chat)
  })
}
