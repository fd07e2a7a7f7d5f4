import { expect, test } from 'vitest'
import { z } from 'zod'
import * as schemas from '../../src/sandbox/control/schemas.ts'
import { type Bed, BOT_ID, startBed } from './support/stand-in.ts'

/** Parsing strictly would refuse the loose parts; comparing shows any field the schema lacks. */
async function matches(bed: Bed, schema: z.ZodType, path: string, body?: unknown) {
  const answer = await bed.control(body === undefined ? 'GET' : 'POST', path, body)
  expect(schema.parse(answer), path).toEqual(answer)
}

test('answers what its schemas say, without fields they lack', async () => {
  const bed = await startBed()
  const { id } = await bed.villager({ last_name: 'Xu', username: 'xu', phone: '+86' })
  const user = { user_id: id }
  const chat = await bed.group({
    kind: 'forum',
    members: [user, { user_id: BOT_ID, status: 'administrator', rights: { '*': true } }],
  })
  const chat_id = chat.id
  await bed.act('create-topic', { ...user, chat_id, name: 'T' })
  for (const kind of ['photo', 'document', 'voice', 'sticker', 'video']) {
    await bed.act('upload', { ...user, files: [{ kind, base64: 'AAAA', duration: 2 }] })
  }
  const { result } = await bed.bot('sendMessage', {
    chat_id: id,
    text: '/help <b>x</b> https://example.org/',
    reply_parameters: { message_id: 1 },
    reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] },
  })
  await bed.bot('sendMessage', { chat_id: id, text: 'k', reply_markup: { keyboard: [['a']] } })
  await bed.fault({ kind: 'hang', match: 'nothing' })

  await matches(bed, z.array(schemas.botView), '/bots')
  await matches(bed, z.array(schemas.personView), '/users')
  await matches(bed, z.array(schemas.chatView), '/chats')
  await matches(bed, schemas.chatView, `/chats/${chat_id}`)
  await matches(bed, z.array(schemas.memberView), `/chats/${chat_id}/members`)
  await matches(bed, z.array(schemas.topicView), `/chats/${chat_id}/topics`)
  await matches(bed, schemas.messageList, `/chats/${chat_id}/messages?viewer=${id}`)
  await matches(bed, schemas.messageList, `/chats/${id}/messages?viewer=${id}`)
  await matches(bed, schemas.commandMenu, `/chats/${id}/commands?user_id=${id}`)
  await matches(bed, schemas.changeFeed, '/events?wait_ms=0')
  await matches(bed, schemas.limits, '/limits')
  await matches(bed, schemas.violations, '/violations')
  await matches(bed, z.array(schemas.faultView), '/faults')
  await matches(bed, schemas.logPage, '/log')
  await matches(bed, schemas.counters, `/counters?chat_id=${id}`)
  await matches(bed, schemas.sentView, '/act/send', { ...user, text: 'x' })
  const press = { ...user, message_id: result.message_id, data: 'a', wait_ms: 0 }
  await matches(bed, schemas.pressView, '/act/press', press)
  const refused = await fetch(`${bed.url}/control/chats/4711`)
  expect(schemas.controlError.parse(await refused.json()).error).toBe('There is no such chat')
})
