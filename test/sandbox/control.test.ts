import Fastify from 'fastify'
import { expect, test } from 'vitest'
import type {
  ChangeFeed,
  ChatView,
  MemberView,
  PersonView,
} from '../../src/sandbox/control/schemas.ts'
import { createStandIn } from '../../src/sandbox/stand-in.ts'
import { startBed, TOKEN } from './support/stand-in.ts'

test('a page learns of everything that happens, at once', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const { seq } = await bed.messages(id)
  const waiting = bed.events(seq, 30_000)
  const { result } = await bed.bot('sendMessage', { chat_id: id, text: 'hi' })
  expect((await waiting).events).toEqual([
    {
      seq: seq + 1,
      kind: 'message',
      chat_id: id,
      bot_id: 7000000001,
      message_id: result.message_id,
    },
  ])
  await bed.bot('sendChatAction', { chat_id: id, action: 'typing' })
  expect((await bed.events(seq + 1)).events).toMatchObject([{ kind: 'action', text: 'typing' }])
  expect((await bed.events(seq + 2)).events).toEqual([])
  expect((await bed.events(99_999)).lost).toBe(true)
})

test('sends the same changes to browsers as a stream', async () => {
  const bed = await startBed()
  const aborter = new AbortController()
  const response = await fetch(`${bed.url}/control/events?since=0`, {
    headers: { accept: 'text/event-stream' },
    signal: aborter.signal,
  })
  const reader = response.body?.getReader()
  const first = new TextDecoder().decode((await reader?.read())?.value)
  const data = /^data: (.*)$/m.exec(first)?.[1] ?? ''
  expect((JSON.parse(data) as ChangeFeed).events[0]?.kind).toBe('user')
  aborter.abort()
})

test('shows a reply keyboard until it is taken away', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const keyboard = [[{ text: 'Share', request_contact: true }, 'Other']]
  await bed.bot('sendMessage', { chat_id: id, text: 'x', reply_markup: { keyboard } })
  await bed.bot('sendMessage', { chat_id: id, text: 'y' })
  expect((await bed.messages(id)).reply_keyboard?.keyboard).toEqual([
    [{ text: 'Share', request_contact: true }, { text: 'Other' }],
  ])
  await bed.bot('sendMessage', { chat_id: id, text: 'z', reply_markup: { remove_keyboard: true } })
  expect((await bed.messages(id)).reply_keyboard).toBeNull()
})

test('lists people, chats and members', async () => {
  const bed = await startBed()
  const one = await bed.villager({ first_name: 'Lan', last_name: 'Xu', phone: '+86' })
  const two = await bed.person()
  const group = await bed.group({ members: [{ user_id: two.id }, { user_id: one.id }] })
  const users = await bed.control<PersonView[]>('GET', '/users')
  expect(users.map((user) => user.phone)).toEqual(['+86', undefined])
  const chats = await bed.control<ChatView[]>('GET', `/chats?user_id=${one.id}`)
  expect(chats.map((chat) => chat.title)).toEqual(['Lan Xu', 'Inspection group'])
  const members = await bed.control<MemberView[]>('GET', `/chats/${group.id}/members`)
  expect(members.map((member) => member.status)).toEqual(['creator', 'member'])
  await bed.control('PATCH', `/users/${one.id}`, { first_name: 'Mei' })
  const { messages } = await bed.messages(one.id)
  expect(messages[0]?.sender_title).toBe('Mei Xu')
})

test('says in words what people cannot do', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const status = (path: string, body: unknown) => bed.controlStatus('POST', path, body)
  expect(await status('/act/send', { user_id: 4711, text: 'x' })).toBe(404)
  expect(await status('/act/send', { user_id: id, text: '  ' })).toBe(400)
  expect(await status('/act/send', { user_id: id })).toBe(400)
  expect(await status('/act/start', { user_id: id, payload: 'not allowed!' })).toBe(400)
  await bed.act('block', { user_id: id })
  expect(await status('/act/send', { user_id: id, text: 'x' })).toBe(400)
  const { result } = await bed.bot('getMe')
  expect(await status('/users', { id: result.id, first_name: 'x' })).toBe(409)
})

test('protected messages cannot be forwarded by people', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const send = (protect_content: boolean) =>
    bed.bot('sendMessage', { chat_id: id, text: 'x', protect_content })
  const forward = (message_id: number) =>
    bed.controlStatus('POST', '/act/forward', { user_id: id, from_chat_id: id, message_id })
  expect(await forward((await send(false)).result.message_id)).toBe(200)
  expect(await forward((await send(true)).result.message_id)).toBe(403)
})

test('moves the clock only where there is one to move', async () => {
  const bed = await startBed()
  const before = bed.clock.ms
  const clock = await bed.control('POST', '/clock', { advance_ms: 5_000 })
  expect(clock).toEqual({ now_ms: before + 5_000, controllable: true })
  const fixed = await startBed({ advanceClock: undefined })
  expect(await fixed.controlStatus('POST', '/clock', { advance_ms: 1 })).toBe(409)
})

test('starts over when told to', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  await bed.control('POST', '/reset')
  expect(await bed.control('GET', '/users')).toEqual([])
  expect(await bed.description('sendMessage', { chat_id: id, text: 'x' })).toBe(
    'Bad Request: chat not found',
  )
})

test('a snapshot brings everything back: people, groups, files, waiting updates, numbers', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  await bed.group({ kind: 'forum', members: [{ user_id: id }] })
  await bed.act('upload', { user_id: id, files: [{ kind: 'photo', base64: 'AQID' }] })
  const snapshot = JSON.parse(JSON.stringify(bed.standIn.world.snapshot()))
  const copy = await startBed({ snapshot })
  const [update] = await copy.updates()
  expect(await copy.updates()).toEqual(await bed.updates())
  const file = await copy.bot('getFile', { file_id: update?.message.photo[0].file_id })
  const link = `${copy.url}/file/bot${TOKEN}/${file.result.file_path}`
  expect(new Uint8Array(await (await fetch(link)).arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
  expect(await copy.control('GET', '/chats')).toEqual(await bed.control('GET', '/chats'))
  const next = await copy.bot('sendMessage', { chat_id: id, text: 'goes on' })
  expect(next.result.message_id).toBe(3)
})

test('can be mounted under a prefix of another server', async () => {
  const standIn = createStandIn({ bot: { token: TOKEN } })
  const app = Fastify()
  await app.register(standIn.plugin, { prefix: '/sandbox' })
  const me = await app.inject({ method: 'POST', url: `/sandbox/bot${TOKEN}/getMe` })
  expect(me.json()).toMatchObject({ ok: true })
  const bots = await app.inject({ url: '/sandbox/control/bots' })
  expect(bots.json()).toHaveLength(1)
  const outside = await app.inject({ url: '/elsewhere' })
  expect(outside.json()).toMatchObject({ message: 'Route GET:/elsewhere not found' })
  await standIn.stop()
  await app.close()
})
