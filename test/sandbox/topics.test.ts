import { expect, test } from 'vitest'
import { type Bed, BOT_ID, drain, startBed } from './support/stand-in.ts'

async function forum(bed: Bed, rights: Record<string, boolean> | null = { '*': true }) {
  const owner = await bed.person()
  const bot = rights
    ? { user_id: BOT_ID, status: 'administrator' as const, rights }
    : { user_id: BOT_ID }
  const chat = await bed.group({ kind: 'forum', members: [{ user_id: owner.id }, bot] })
  await drain(bed)
  return { chat_id: chat.id, user_id: owner.id }
}

test('creates a topic, writes in it and sees what people write there', async () => {
  const bed = await startBed()
  const { chat_id, user_id } = await forum(bed)
  const { result } = await bed.bot('createForumTopic', { chat_id, name: '线索 1' })
  expect(result).toMatchObject({ name: '线索 1', icon_color: 7322096 })
  const { message_thread_id } = result
  const sent = await bed.bot('sendMessage', { chat_id, message_thread_id, text: 'card' })
  expect(sent.result).toMatchObject({ message_thread_id, is_topic_message: true })
  await bed.act('send', { user_id, chat_id, message_thread_id, text: 'mine' })
  expect((await drain(bed))[0]?.message).toMatchObject({ message_thread_id, text: 'mine' })
  expect(await bed.control('GET', `/chats/${chat_id}/topics`)).toMatchObject([{ name: '线索 1' }])
  const inTopic = await bed.messages(chat_id, `message_thread_id=${message_thread_id}`)
  expect(inTopic.messages).toHaveLength(3)
})

test('leaves the number 1 of a forum to its General topic', async () => {
  const bed = await startBed()
  const owner = await bed.person()
  const { id: chat_id } = await bed.group({
    kind: 'forum',
    members: [
      { user_id: owner.id },
      { user_id: BOT_ID, status: 'administrator', rights: { '*': true } },
    ],
  })
  const { result } = await bed.bot('createForumTopic', { chat_id, name: '线索 1' })
  expect(result.message_thread_id).toBeGreaterThan(1)
  const { messages } = await bed.messages(chat_id)
  expect(Math.min(...messages.map(({ message_id }) => message_id))).toBeGreaterThan(1)
})

test('a reply lands in the topic of the message it answers', async () => {
  const bed = await startBed()
  const { chat_id } = await forum(bed)
  const { result } = await bed.bot('createForumTopic', { chat_id, name: 'T' })
  const { message_thread_id } = result
  const card = await bed.bot('sendMessage', { chat_id, message_thread_id, text: 'card' })
  const reply_parameters = { message_id: card.result.message_id }
  const reply = await bed.bot('sendMessage', { chat_id, text: 'r', reply_parameters })
  expect(reply.result.message_thread_id).toBe(message_thread_id)
})

test('refuses topics that are not there, the General one by its number, and closed ones', async () => {
  const bed = await startBed()
  const { chat_id, user_id } = await forum(bed, { can_delete_messages: true })
  const topic = await bed.act<{ message_thread_id: number }>('create-topic', {
    chat_id,
    user_id,
    name: 'T',
  })
  const which = { chat_id, message_thread_id: topic.message_thread_id }
  const send = (message_thread_id?: number) =>
    bed.description('sendMessage', { chat_id, message_thread_id, text: 'x' })
  expect(await send()).toBeUndefined()
  expect(await send(1)).toBe('Bad Request: message thread not found')
  expect(await send(4711)).toBe('Bad Request: message thread not found')
  expect(await send(which.message_thread_id)).toBeUndefined()
  await bed.act('close-topic', { ...which, user_id })
  expect(await send(which.message_thread_id)).toBe('Bad Request: TOPIC_CLOSED')
  expect(await bed.description('reopenForumTopic', which)).toBe(
    'Bad Request: not enough rights to close or open the topic',
  )
  expect(await bed.description('editForumTopic', { ...which, name: 'U' })).toBe(
    'Bad Request: not enough rights to edit the topic',
  )
  expect(await bed.description('createForumTopic', { chat_id, name: 'U' })).toBe(
    'Bad Request: not enough rights to create a topic',
  )
  await bed.act('reopen-topic', { ...which, user_id })
  expect(await send(which.message_thread_id)).toBeUndefined()
  await bed.bot('deleteForumTopic', which)
  expect(await send(which.message_thread_id)).toBe('Bad Request: message thread not found')
  expect(await bed.description('deleteForumTopic', which)).toBe('Bad Request: TOPIC_ID_INVALID')
})

test('a bot that manages topics closes, writes into and reopens them', async () => {
  const bed = await startBed()
  const { chat_id, user_id } = await forum(bed)
  const { result } = await bed.bot('createForumTopic', { chat_id, name: 'T' })
  const which = { chat_id, message_thread_id: result.message_thread_id }
  expect((await bed.bot('closeForumTopic', which)).result).toBe(true)
  expect(await bed.description('closeForumTopic', which)).toBe('Bad Request: TOPIC_NOT_MODIFIED')
  expect((await bed.bot('sendMessage', { ...which, text: 'x' })).ok).toBe(true)
  expect((await bed.bot('editForumTopic', { ...which, name: 'U' })).result).toBe(true)
  expect((await bed.bot('reopenForumTopic', which)).result).toBe(true)
  const kinds = (await bed.messages(chat_id, `viewer=${user_id}`)).messages.flatMap(
    (message) => message.service?.kind ?? [],
  )
  expect(kinds).toEqual([
    'forum_topic_created',
    'forum_topic_closed',
    'forum_topic_edited',
    'forum_topic_reopened',
  ])
})

test('the General topic closes for those who may not manage topics', async () => {
  const bed = await startBed()
  const { chat_id } = await forum(bed)
  await bed.bot('closeGeneralForumTopic', { chat_id })
  expect((await bed.bot('sendMessage', { chat_id, text: 'x' })).ok).toBe(true)
  await bed.act('demote', { chat_id, user_id: BOT_ID })
  expect(await bed.description('sendMessage', { chat_id, text: 'x' })).toBe(
    'Bad Request: TOPIC_CLOSED',
  )
})

test('a group without topics refuses them', async () => {
  const bed = await startBed()
  const owner = await bed.person()
  const { id: chat_id } = await bed.group({ members: [{ user_id: owner.id }, { user_id: BOT_ID }] })
  expect(await bed.description('createForumTopic', { chat_id, name: 'T' })).toBe(
    'Bad Request: the chat is not a forum',
  )
  expect(await bed.description('sendMessage', { chat_id, message_thread_id: 5, text: 'x' })).toBe(
    'Bad Request: message thread not found',
  )
})
