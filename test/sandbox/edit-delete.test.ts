import { expect, test } from 'vitest'
import { type Bed, BOT_ID, startBed } from './support/stand-in.ts'

const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

async function sent(bed: Bed, more = {}) {
  const { id } = await bed.villager()
  const { result } = await bed.bot('sendMessage', { chat_id: id, text: 'first', ...more })
  return { chat_id: id, message_id: result.message_id as number }
}

test('edits text and buttons, and refuses an edit that changes nothing', async () => {
  const bed = await startBed()
  const reply_markup = { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] }
  const place = await sent(bed, { reply_markup })
  const edit = (params: unknown) => bed.bot('editMessageText', { ...place, ...(params as object) })

  expect((await edit({ text: '<b>first</b>' })).result.text).toBe('<b>first</b>')
  const edited = await edit({ text: '<b>first</b>', parse_mode: 'HTML', reply_markup })
  expect(edited.result).toMatchObject({
    text: 'first',
    reply_markup,
    edit_date: expect.any(Number),
  })
  const same = { text: ' first ', reply_markup, entities: [{ length: 5, offset: 1, type: 'bold' }] }
  expect((await edit(same)).description).toBe(NOT_MODIFIED)
  const without = await bed.bot('editMessageReplyMarkup', place)
  expect(without.result.reply_markup).toBeUndefined()
  expect(await bed.description('editMessageReplyMarkup', place)).toBe(NOT_MODIFIED)
})

test('names what cannot be edited', async () => {
  const bed = await startBed()
  const place = await sent(bed)
  const said = await bed.act('send', { user_id: place.chat_id, text: 'mine' })
  const edit = (params: unknown) => bed.description('editMessageText', params)
  const text = 'new'
  expect(await edit({ ...place, message_id: 4711, text })).toBe(
    'Bad Request: message to edit not found',
  )
  expect(await edit({ ...place, message_id: said.message_ids[0], text })).toBe(
    "Bad Request: message can't be edited",
  )
  expect(await edit({ chat_id: place.chat_id, text })).toBe(
    'Bad Request: message identifier is not specified',
  )
  expect(await edit({ message_id: 1, text })).toBe('Bad Request: chat_id is empty')
  expect(await edit({ ...place, text: '' })).toBe('Bad Request: message text is empty')
  expect(await bed.description('editMessageCaption', { ...place, caption: 'x' })).toBe(
    'Bad Request: there is no caption in the message to edit',
  )
})

test('deletes once, and not what is older than 48 hours', async () => {
  const bed = await startBed()
  const place = await sent(bed)
  expect((await bed.bot('deleteMessage', place)).result).toBe(true)
  expect(await bed.description('deleteMessage', place)).toBe(
    'Bad Request: message to delete not found',
  )
  const old = await bed.bot('sendMessage', { chat_id: place.chat_id, text: 'old' })
  bed.clock.ms += 48 * 3_600_000
  const gone = { chat_id: place.chat_id, message_id: old.result.message_id }
  expect(await bed.description('deleteMessage', gone)).toBe("Bad Request: message can't be deleted")
  expect(await bed.description('deleteMessages', { chat_id: place.chat_id, message_ids: [] })).toBe(
    'Bad Request: message identifiers are not specified',
  )
})

test('needs the right to delete what members of a group wrote', async () => {
  const bed = await startBed()
  const owner = await bed.person()
  const group = await bed.group({ members: [{ user_id: owner.id }, { user_id: BOT_ID }] })
  const { message_ids } = await bed.act('send', {
    user_id: owner.id,
    chat_id: group.id,
    text: 'spam',
  })
  const which = { chat_id: group.id, message_id: message_ids[0] }
  expect(await bed.description('deleteMessage', which)).toBe(
    "Bad Request: message can't be deleted",
  )
  await bed.act('promote', { chat_id: group.id, user_id: BOT_ID })
  expect((await bed.bot('deleteMessage', which)).result).toBe(true)
  const seen = await bed.messages(group.id)
  expect(seen.messages.find((message) => message.text === 'spam')?.deleted).toBe(true)
})

test('copies without the author and forwards with them, but not what is protected', async () => {
  const bed = await startBed()
  const { id } = await bed.villager({ first_name: 'Lan' })
  const said = await bed.act('send', { user_id: id, text: 'who said this' })
  const source = { chat_id: id, from_chat_id: id, message_id: said.message_ids[0] }
  await bed.bot('copyMessage', source)
  await bed.bot('forwardMessage', source)
  const { messages } = await bed.messages(id)
  expect(messages.slice(-2).map((message) => message.forwarded_from)).toEqual([undefined, 'Lan'])
  const secret = await bed.bot('sendMessage', { chat_id: id, text: 's', protect_content: true })
  const copy = { ...source, message_id: secret.result.message_id }
  expect(await bed.description('copyMessage', copy)).toBe("Bad Request: message can't be copied")
  expect(await bed.description('forwardMessage', copy)).toBe(
    "Bad Request: message can't be forwarded",
  )
  expect(await bed.description('forwardMessage', { ...source, message_id: 999 })).toBe(
    'Bad Request: message to forward not found',
  )
  const many = { chat_id: id, from_chat_id: id, message_ids: [2, 1] }
  expect(await bed.description('copyMessages', many)).toBe(
    'Bad Request: message identifiers must be in a strictly increasing order',
  )
})

test('pins and unpins, and says so in the chat', async () => {
  const bed = await startBed()
  const place = await sent(bed)
  expect((await bed.bot('pinChatMessage', place)).result).toBe(true)
  const { messages, pinned_message_id } = await bed.messages(place.chat_id)
  expect(pinned_message_id).toBe(place.message_id)
  expect(messages.at(-1)?.service).toEqual({
    kind: 'pinned_message',
    message_id: place.message_id,
  })
  expect((await bed.bot('getChat', place)).result.pinned_message.text).toBe('first')
  expect((await bed.bot('unpinChatMessage', place)).result).toBe(true)
  expect(await bed.description('unpinChatMessage', place)).toBe(
    'Bad Request: message to unpin not found',
  )
})

test('a person edits a message and the bot hears of it', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const { message_ids } = await bed.act('send', { user_id: id, text: 'tpyo' })
  await bed.act('edit', { user_id: id, message_id: message_ids[0], text: 'typo' })
  const [, edited] = await bed.updates()
  expect(edited?.edited_message).toMatchObject({ text: 'typo', edit_date: expect.any(Number) })
})
