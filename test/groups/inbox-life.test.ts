import { beforeEach, describe, expect, it } from 'vitest'
import { bindInbox } from '../../src/groups/bind-inbox.ts'
import { breakInbox } from '../../src/groups/break-inbox.ts'
import { createBindCode } from '../../src/groups/create-bind-code.ts'
import { type InboxState, inboxTransitions } from '../../src/groups/group.ts'
import { findGroup, findGroupByChat } from '../../src/groups/group-store.ts'
import { moveInbox } from '../../src/groups/move-inbox.ts'
import { createTestDatabase, emptyDatabase } from '../support/database.ts'
import { createCast, groupIdOf, hash, now } from './cast.ts'

const database = await createTestDatabase()
const { db } = database
const deps = { db, hash }
const chatId = -4000
let groupId = 0

async function bind() {
  const result = await createBindCode(deps, { groupId, now })
  if (result.outcome !== 'created') throw new Error(result.outcome)
  await bindInbox(deps, { code: result.code, chatId, forum: false, now })
}

beforeEach(async () => {
  await emptyDatabase(database)
  await createCast(db)
  groupId = await groupIdOf(db, 'LY-01')
  await bind()
})

describe('breakInbox', () => {
  it('marks the inbox broken with its reason, once', async () => {
    const broken = { outcome: 'broken', groupId, groupName: '龙洲督导组' }
    expect(await breakInbox(db, { chatId, reason: 'kicked' })).toEqual(broken)
    expect(await findGroup(db, groupId)).toMatchObject({
      inboxState: 'broken',
      inboxReason: 'kicked',
      inboxChatId: chatId,
    })
    expect(await breakInbox(db, { chatId, reason: 'left' })).toEqual({ outcome: 'unchanged' })
  })

  it('leaves alone what is no inbox', async () => {
    expect(await breakInbox(db, { chatId: -1, reason: 'left' })).toEqual({ outcome: 'unchanged' })
  })

  it('is mended by binding the chat again', async () => {
    await breakInbox(db, { chatId, reason: 'no-rights' })
    await bind()
    expect(await findGroup(db, groupId)).toMatchObject({ inboxState: 'bound', inboxReason: null })
  })
})

describe('moveInbox', () => {
  it('follows a chat that became a supergroup, however often Telegram tells', async () => {
    const move = { from: chatId, to: -1002345678901 }
    expect(await moveInbox(db, move)).toEqual({ outcome: 'moved', groupId })
    expect(await moveInbox(db, move)).toEqual({ outcome: 'unchanged' })
    expect(await findGroupByChat(db, move.to)).toMatchObject({ id: groupId, inboxState: 'bound' })
    expect(await findGroupByChat(db, chatId)).toBeNull()
  })
})

describe('inbox states', () => {
  it('can all be left and reached', () => {
    const states = Object.keys(inboxTransitions) as InboxState[]
    const reached = new Set(states.flatMap((state) => inboxTransitions[state]))
    expect(reached).toEqual(new Set(states))
    for (const state of states) expect(inboxTransitions[state].length).toBeGreaterThan(0)
  })
})
