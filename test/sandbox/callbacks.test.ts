import { expect, test } from 'vitest'
import { type Bed, BOT_NAME, startBed, until } from './support/stand-in.ts'

const keyboard = {
  inline_keyboard: [
    [
      { text: 'Yes', callback_data: 'yes' },
      { text: 'No', callback_data: 'no' },
    ],
  ],
}

async function ask(bed: Bed) {
  const { id } = await bed.villager()
  const { result } = await bed.bot('sendMessage', {
    chat_id: id,
    text: 'Confirm?',
    reply_markup: keyboard,
  })
  return { user_id: id, message_id: result.message_id as number }
}

const callback = (bed: Bed) =>
  until(async () => (await bed.updates()).find((update) => update.callback_query)?.callback_query)

const TOO_OLD = 'Bad Request: query is too old and response timeout expired or query ID is invalid'

test('brings the press to the bot and its answer back to the person', async () => {
  const bed = await startBed()
  const place = await ask(bed)
  const pressing = bed.press({ ...place, row: 0, column: 1 })
  const query = await callback(bed)
  expect(query).toMatchObject({
    data: 'no',
    from: { id: place.user_id },
    message: { message_id: place.message_id, reply_markup: keyboard, from: { username: BOT_NAME } },
  })
  const answer = { callback_query_id: query.id, text: 'Done', show_alert: true }
  expect((await bed.bot('answerCallbackQuery', answer)).result).toBe(true)
  expect(await pressing).toEqual({
    callback_query_id: query.id,
    answered: true,
    text: 'Done',
    show_alert: true,
  })
})

test('refuses a second answer, a late one, and one to nothing', async () => {
  const bed = await startBed()
  const place = await ask(bed)
  const answer = (callback_query_id?: string) =>
    bed.description('answerCallbackQuery', { callback_query_id })
  const first = await bed.press({ ...place, data: 'yes', wait_ms: 0 })
  expect(first.answered).toBe(false)
  expect(await answer(first.callback_query_id)).toBeUndefined()
  expect(await answer(first.callback_query_id)).toBe(TOO_OLD)
  const second = await bed.press({ ...place, data: 'yes', wait_ms: 0 })
  bed.clock.ms += 15_001
  expect(await answer(second.callback_query_id)).toBe(TOO_OLD)
  expect(await answer('4711')).toBe(TOO_OLD)
  expect(await answer()).toBe(TOO_OLD)
})

test('refuses an answer of more than 200 characters', async () => {
  const bed = await startBed()
  const place = await ask(bed)
  const { callback_query_id } = await bed.press({ ...place, data: 'yes', wait_ms: 0 })
  const answer = { callback_query_id, text: 'x'.repeat(201) }
  expect(await bed.description('answerCallbackQuery', answer)).toBe('Bad Request: MESSAGE_TOO_LONG')
})

test('a press on a deleted message brings an inaccessible message', async () => {
  const bed = await startBed()
  const place = await ask(bed)
  await bed.bot('deleteMessage', { chat_id: place.user_id, message_id: place.message_id })
  await bed.press({ ...place, row: 0, column: 0, wait_ms: 0 })
  expect((await callback(bed)).message).toMatchObject({ message_id: place.message_id, date: 0 })
})

test('only what is there can be pressed, and only by members', async () => {
  const bed = await startBed()
  const place = await ask(bed)
  const status = (body: unknown) => bed.controlStatus('POST', '/act/press', body)
  expect(await status({ ...place, row: 3 })).toBe(404)
  expect(await status({ ...place, message_id: 99 })).toBe(404)
  const [owner, stranger] = [await bed.person(), await bed.person()]
  const group = await bed.group({ members: [{ user_id: owner.id }] })
  expect(await status({ user_id: stranger.id, chat_id: group.id, message_id: 1 })).toBe(403)
})
