import { expect, test } from 'vitest'
import { type Bed, BOT_ID, BOT_NAME, drain, startBed } from './support/stand-in.ts'

async function cast(bed: Bed, kind: 'group' | 'supergroup' | 'forum' = 'supergroup') {
  const owner = await bed.person({ first_name: 'Owner' })
  const member = await bed.person({ first_name: 'Member' })
  const group = await bed.group({
    kind,
    members: [{ user_id: owner.id }, { user_id: member.id }, { user_id: BOT_ID }],
  })
  await drain(bed)
  return { owner, member, group, chat_id: group.id }
}

const everything = { allowed_updates: ['message', 'my_chat_member', 'chat_member'] }

test('a bot in privacy mode sees commands, mentions, replies to it and service messages', async () => {
  const bed = await startBed()
  const { owner, member, chat_id } = await cast(bed)
  const { result } = await bed.bot('sendMessage', { chat_id, text: 'ask me' })
  const say = (text: string, reply_to?: number) =>
    bed.act('send', { user_id: member.id, chat_id, text, reply_to })
  await say('just talk')
  await say('/status')
  await say('/status@other_bot')
  await say(`/status@${BOT_NAME}`)
  await say(`hello @${BOT_NAME}`)
  await say('an answer', result.message_id)
  await bed.act('leave', { user_id: member.id, chat_id })
  const seen = (await drain(bed)).map(({ message }) => message.text ?? Object.keys(message).at(-1))
  expect(seen).toEqual([
    '/status',
    `/status@${BOT_NAME}`,
    `hello @${BOT_NAME}`,
    'an answer',
    'left_chat_member',
  ])
  await bed.act('promote', { chat_id, user_id: BOT_ID, by: owner.id })
  await bed.act('send', { user_id: owner.id, chat_id, text: 'just talk' })
  expect((await drain(bed)).at(-1)?.message.text).toBe('just talk')
})

test('the bot learns of being added, promoted, demoted and removed, and is refused afterwards', async () => {
  const bed = await startBed()
  const owner = await bed.person()
  const { id: chat_id } = await bed.group({ members: [{ user_id: owner.id }] })
  const send = () => bed.description('sendMessage', { chat_id, text: 'x' })
  expect(await send()).toBe('Bad Request: chat not found')
  for (const verb of ['add', 'promote', 'demote', 'kick']) {
    await bed.act(verb, { chat_id, user_id: BOT_ID, by: owner.id })
  }
  const updates = await drain(bed)
  const changes = updates.flatMap(({ my_chat_member: change }) =>
    change ? [[change.old_chat_member.status, change.new_chat_member.status]] : [],
  )
  expect(changes).toEqual([
    ['left', 'member'],
    ['member', 'administrator'],
    ['administrator', 'member'],
    ['member', 'kicked'],
  ])
  expect(updates.find(({ message }) => message)?.message.new_chat_members[0].id).toBe(BOT_ID)
  expect(await send()).toBe('Forbidden: bot was kicked from the supergroup chat')
  await bed.act('add', { chat_id, user_id: BOT_ID })
  await bed.bot('leaveChat', { chat_id })
  expect(await send()).toBe('Forbidden: bot is not a member of the supergroup chat')
})

test('chat_member comes to an administrator that asked for it', async () => {
  const bed = await startBed()
  const { owner, member, chat_id } = await cast(bed)
  await bed.updates(everything)
  await bed.act('leave', { user_id: member.id, chat_id })
  expect((await drain(bed)).some((update) => update.chat_member)).toBe(false)
  await bed.act('promote', { chat_id, user_id: BOT_ID, by: owner.id })
  await drain(bed)
  await bed.act('join', { user_id: member.id, chat_id })
  const change = (await drain(bed)).find((update) => update.chat_member)?.chat_member
  expect(change).toMatchObject({
    old_chat_member: { status: 'left' },
    new_chat_member: { status: 'member', user: { id: member.id } },
  })
})

test('blocking and unblocking sends my_chat_member', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  await bed.act('block', { user_id: id })
  await bed.act('unblock', { user_id: id })
  const statuses = (await bed.updates()).map((u) => u.my_chat_member.new_chat_member.status)
  expect(statuses).toEqual(['kicked', 'member'])
})

test('an anonymous administrator speaks as the group but presses as themselves', async () => {
  const bed = await startBed()
  const { owner, chat_id } = await cast(bed)
  await bed.act('promote', { chat_id, user_id: BOT_ID, by: owner.id })
  await bed.act('anonymous', { chat_id, user_id: owner.id, is_anonymous: true })
  await drain(bed)
  await bed.act('send', { user_id: owner.id, chat_id, text: 'handled' })
  const message = (await drain(bed))[0]?.message
  expect(message.from).toMatchObject({ id: 1087968824, username: 'GroupAnonymousBot' })
  expect(message.sender_chat.id).toBe(chat_id)
  const card = await bed.bot('sendMessage', {
    chat_id,
    text: 'card',
    reply_markup: { inline_keyboard: [[{ text: 'Take', callback_data: 't' }]] },
  })
  const where = { user_id: owner.id, chat_id, message_id: card.result.message_id }
  await bed.press({ ...where, data: 't', wait_ms: 0 })
  expect((await drain(bed))[0]?.callback_query.from.id).toBe(owner.id)
})

test('a basic group becomes a supergroup and the old id only points to it', async () => {
  const bed = await startBed()
  const { owner, chat_id } = await cast(bed, 'group')
  const fresh = await bed.act<{ id: number }>('migrate', { chat_id, by: owner.id })
  const messages = (await drain(bed)).map((update) => update.message)
  expect(messages).toMatchObject([
    { chat: { id: chat_id, type: 'group' }, migrate_to_chat_id: fresh.id },
    { chat: { id: fresh.id, type: 'supergroup' }, migrate_from_chat_id: chat_id },
  ])
  expect(await bed.bot('sendMessage', { chat_id, text: 'x' })).toEqual({
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: fresh.id },
  })
  expect((await bed.bot('sendMessage', { chat_id: fresh.id, text: 'x' })).ok).toBe(true)
})

test('a restricted bot is told which right it lacks', async () => {
  const bed = await startBed()
  const { owner, chat_id } = await cast(bed)
  const rights = { can_send_messages: true }
  await bed.act('restrict', { chat_id, user_id: BOT_ID, by: owner.id, rights })
  expect(await bed.description('sendMessage', { chat_id, text: 'x' })).toBeUndefined()
  const voice = await bed.villager()
  await bed.act('upload', { user_id: voice.id, files: [{ kind: 'voice', base64: 'AAAA' }] })
  const file_id = (await bed.updates({ offset: -1 }))[0]?.message.voice.file_id
  expect(await bed.description('sendVoice', { chat_id, voice: file_id })).toBe(
    'Bad Request: not enough rights to send voice notes to the chat',
  )
  await bed.act('restrict', { chat_id, user_id: BOT_ID, by: owner.id, rights: {} })
  expect(await bed.description('sendMessage', { chat_id, text: 'x' })).toBe(
    'Bad Request: not enough rights to send text messages to the chat',
  )
  const { result } = await bed.bot('sendMessage', { chat_id: voice.id, text: 'x' })
  const pin = { chat_id, message_id: result.message_id }
  expect(await bed.description('pinChatMessage', pin)).toBe(
    'Bad Request: not enough rights to manage pinned messages in the chat',
  )
})

test('shows members with their rights, and needs rights to change them', async () => {
  const bed = await startBed()
  const { owner, member, chat_id } = await cast(bed)
  const status = async (user_id: number) =>
    (await bed.bot('getChatMember', { chat_id, user_id })).result.status
  expect(await status(owner.id)).toBe('creator')
  expect(await status(BOT_ID)).toBe('member')
  const ban = { chat_id, user_id: member.id }
  expect(await bed.description('banChatMember', ban)).toBe(
    'Bad Request: not enough rights to restrict/unrestrict chat member',
  )
  await bed.act('promote', {
    chat_id,
    user_id: BOT_ID,
    by: owner.id,
    rights: { can_restrict_members: true },
  })
  const { result } = await bed.bot('getChatMember', { chat_id, user_id: BOT_ID })
  expect(result).toMatchObject({ can_restrict_members: true, can_manage_topics: false })
  expect((await bed.bot('getChatAdministrators', { chat_id })).result).toHaveLength(2)
  await bed.bot('banChatMember', ban)
  expect(await status(member.id)).toBe('kicked')
  expect(await bed.controlStatus('POST', '/act/join', ban)).toBe(403)
  await bed.bot('unbanChatMember', ban)
  expect(await status(member.id)).toBe('left')
  expect((await bed.bot('getChatMemberCount', { chat_id })).result).toBe(2)
  expect(await bed.description('getChatMember', { chat_id, user_id: 31337 })).toBe(
    'Bad Request: user not found',
  )
})

test('a renamed group says so', async () => {
  const bed = await startBed()
  const { chat_id } = await cast(bed)
  await bed.control('PATCH', `/chats/${chat_id}`, { title: 'New name' })
  expect((await drain(bed))[0]?.message.new_chat_title).toBe('New name')
  expect((await bed.bot('getChat', { chat_id })).result.title).toBe('New name')
})
