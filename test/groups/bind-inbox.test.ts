import { beforeEach, describe, expect, it } from 'vitest'
import { bindInbox } from '../../src/groups/bind-inbox.ts'
import { breakInbox } from '../../src/groups/break-inbox.ts'
import { createBindCode } from '../../src/groups/create-bind-code.ts'
import { findGroup, findGroupByChat } from '../../src/groups/group-store.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import { createCast, groupIdOf, hash, inEightDays, now } from './cast.ts'

const database = await createTestDatabase()
const { db } = database
const deps = { db, hash }
const chatId = -1002345678901

beforeEach(async () => {
  await emptyDatabase(database)
  await createCast(db)
})

async function codeFor(group: string): Promise<string> {
  const result = await createBindCode(deps, { groupId: await groupIdOf(db, group), now })
  if (result.outcome !== 'created') throw new Error(result.outcome)
  return result.code
}
const bind = (code: string, chat = chatId, at = now) =>
  bindInbox(deps, { code, chatId: chat, forum: true, now: at })

describe('bindInbox', () => {
  it('makes a chat the inbox of the group whose code is sent, once', async () => {
    const code = await codeFor('LY')
    const groupId = await groupIdOf(db, 'LY')
    expect(await bind(code.toLowerCase())).toEqual({
      outcome: 'bound',
      groupId,
      groupName: '龙游县督导组',
      formerChatId: null,
      wasBroken: false,
    })
    expect(await findGroupByChat(db, chatId)).toMatchObject({
      id: groupId,
      inboxState: 'bound',
      inboxChatId: chatId,
      inboxForum: true,
    })
    // Used up; where it is the inbox already, that is what the chat is told.
    expect(await bind(code)).toMatchObject({ outcome: 'already-bound' })
  })

  it('keeps nothing of the code but its hash', async () => {
    const code = await codeFor('LY')
    const row = await db.group.findUniqueOrThrow({ where: { code: 'LY' } })
    expect(row.bindKey).toEqual(hash(code))
    expect(JSON.stringify(row)).not.toContain(code)
  })

  it('refuses a wrong code, an old one and one that ran out', async () => {
    const old = await codeFor('LY')
    const code = await codeFor('LY')
    expect(await bind('AAAAAAAA')).toEqual({ outcome: 'wrong-code' })
    expect(await bind(old)).toEqual({ outcome: 'wrong-code' })
    expect(await bind(code, chatId, inEightDays)).toEqual({ outcome: 'expired-code' })
    expect(await findGroupByChat(db, chatId)).toBeNull()
  })

  it('refuses a chat that is the inbox of another group, and the code stays good', async () => {
    await bind(await codeFor('LY'))
    const code = await codeFor('LY-01')
    expect(await bind(code)).toEqual({ outcome: 'chat-taken', groupName: '龙游县督导组' })
    expect(await bind(code, -5)).toMatchObject({ outcome: 'bound' })
  })

  it('takes a chat over from a group whose inbox is broken', async () => {
    await bind(await codeFor('LY'))
    await breakInbox(db, { chatId, reason: 'kicked' })
    expect(await bind(await codeFor('LY-01'))).toMatchObject({ outcome: 'bound' })
    const former = await findGroup(db, await groupIdOf(db, 'LY'))
    expect(former).toMatchObject({ inboxState: 'unbound', inboxChatId: null })
  })

  it('moves a group to another chat and names the former one', async () => {
    await bind(await codeFor('LY'))
    expect(await bind(await codeFor('LY'), -6)).toMatchObject({
      outcome: 'bound',
      formerChatId: chatId,
      wasBroken: false,
    })
    expect(await bind(await codeFor('LY'), -6)).toMatchObject({
      outcome: 'bound',
      formerChatId: null,
      wasBroken: false,
    })
    expect(await findGroupByChat(db, chatId)).toBeNull()
  })

  it('binds once when the same code is sent twice at the same time', async () => {
    const code = await codeFor('LY')
    const outcomes = (await Promise.all([bind(code), bind(code, -7)])).map(({ outcome }) => outcome)
    expect(outcomes.sort()).toEqual(['bound', 'wrong-code'])
  })

  it('gives no code for a group that does not exist or is retired', async () => {
    const groupId = await groupIdOf(db, 'LY')
    const code = await codeFor('LY')
    await db.group.update({ where: { id: groupId }, data: { retiredAt: now } })
    expect(await createBindCode(deps, { groupId, now })).toEqual({ outcome: 'no-group' })
    expect(await createBindCode(deps, { groupId: 999, now })).toEqual({ outcome: 'no-group' })
    expect(await bind(code)).toEqual({ outcome: 'wrong-code' })
  })
})
