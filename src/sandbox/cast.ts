/** The people and group chats that a new sandbox begins with. Everybody is made up. */
import { createGroup } from './world/chats.ts'
import { changeMember } from './world/membership.ts'
import { createPerson } from './world/people.ts'
import type { World } from './world/world.ts'

/** The page knows admins and supervisors by their usernames. */
const villagers = [
  { id: 20001, first_name: '秀英', last_name: '王', language_code: 'zh-hans' },
  { id: 20002, first_name: '建国', last_name: '李', language_code: 'zh-hans' },
  { id: 20003, first_name: '小芳', last_name: '陈', language_code: 'zh-hans' },
  { id: 20004, first_name: 'Anna', last_name: 'Zhou', language_code: 'en' },
]
/** Two: what one of them writes, the other one lets out. */
const admins = [
  { id: 30001, first_name: '办公室 林', username: 'admin_lin', language_code: 'zh-hans' },
  { id: 30002, first_name: '办公室 周', username: 'admin_zhou', language_code: 'zh-hans' },
] as const
const supervisors = ['甲', '乙', '丙', '丁', '戊'].map((letter, index) => ({
  id: 40001 + index,
  first_name: `督导员${letter}`,
  username: `supervisor_${index + 1}`,
  language_code: 'zh-hans',
}))
/** Sits in every group chat and is on no roster. */
const outsider = {
  id: 40009,
  first_name: '路过的人',
  username: 'supervisor_outsider',
  language_code: 'zh-hans',
}

export const sandboxBot = {
  token: '700000001:SANDBOX-only-this-is-no-real-token-000',
  username: 'qingfeng_sandbox_bot',
  first_name: '清风（沙盒）',
}
export const sandboxAdminIds: readonly number[] = admins.map(({ id }) => id)

/** The account behind a name of the sample rosters, if the sandbox has one. */
export function findCastMember(rosterName: string): number | undefined {
  return supervisors.find(({ first_name }) => first_name === rosterName)?.id
}

const botRights = { '*': true }

/** A world of an earlier version has one admin. */
export function addMissingAdmins(world: World): void {
  for (const admin of admins) if (!world.state.people.has(admin.id)) createPerson(world, admin)
}

/** Fills an empty world: everybody, and a chat for each group with the bot as an administrator in it. */
export function fillWorld(
  world: World,
  groups: { chatId: number; title: string; isForum: boolean; rosterIds: number[] }[],
): void {
  for (const person of [...villagers, ...admins, ...supervisors, outsider])
    createPerson(world, person)
  const botId = Number(sandboxBot.token.split(':', 1)[0])
  for (const { chatId, title, isForum, rosterIds } of groups) {
    const kind = isForum ? 'forum' : 'supergroup'
    const chat = createGroup(world, { id: chatId, kind, title })
    const [creator = admins[0].id, ...members] = rosterIds
    changeMember(world, chat, { userId: creator, by: creator, status: 'creator' })
    for (const userId of [...members, outsider.id])
      changeMember(world, chat, { userId, by: creator, status: 'member' })
    changeMember(world, chat, {
      userId: botId,
      by: creator,
      status: 'administrator',
      rights: botRights,
    })
  }
  // All this happened before the bot began to listen.
  const bot = world.state.bots.get(botId)
  if (bot) bot.updates.length = 0
}
