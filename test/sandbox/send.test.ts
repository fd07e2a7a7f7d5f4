import { expect, test } from 'vitest'
import { startBed } from './support/stand-in.ts'

test('refuses people it has never met, who have not started, who block it, and who are gone', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const send = (chat_id: unknown) => bed.description('sendMessage', { chat_id, text: 'hello' })

  expect(await send(999_999)).toBe('Bad Request: chat not found')
  expect(await send('@nobody_here')).toBe('Bad Request: chat not found')
  expect(await send(id)).toBe("Forbidden: bot can't initiate conversation with a user")
  await bed.act('start', { user_id: id })
  expect(await send(id)).toBeUndefined()
  await bed.act('block', { user_id: id })
  expect(await send(id)).toBe('Forbidden: bot was blocked by the user')
  await bed.act('unblock', { user_id: id })
  expect(await send(String(id))).toBeUndefined()
  await bed.act('deactivate', { user_id: id })
  expect(await send(id)).toBe('Forbidden: user is deactivated')
})

test('refuses to write to a bot', async () => {
  const bed = await startBed()
  const other = await bed.control<{ id: number }>('POST', '/bots', { username: 'other_bot' })
  const description = await bed.description('sendMessage', { chat_id: other.id, text: 'hello' })
  expect(description).toBe("Forbidden: the bot can't send messages to the bot")
})

test('counts the text in UTF-16 units after the markup is parsed', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const send = (text: string, parse_mode?: string) =>
    bed.description('sendMessage', { chat_id: id, text, parse_mode })

  expect(await send('风'.repeat(4096))).toBeUndefined()
  expect(await send('风'.repeat(4097))).toBe('Bad Request: message is too long')
  expect(await send('🎈'.repeat(2049))).toBe('Bad Request: message is too long')
  expect(await send(`<b>${'x'.repeat(4096)}</b>`, 'HTML')).toBeUndefined()
  expect(await send('')).toBe('Bad Request: message text is empty')
  expect(await send('  \n ')).toBe('Bad Request: message text is empty')
  expect(await send('<b></b>', 'HTML')).toBe('Bad Request: message text is empty')
})

test('names the parameter that is missing or of the wrong type', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  expect(await bed.description('sendMessage', { text: 'x' })).toBe('Bad Request: chat_id is empty')
  expect(await bed.description('sendMessage', { chat_id: id })).toBe(
    'Bad Request: message text is empty',
  )
  const wrong = [
    [{ text: 5 }, 'text'],
    [{ text: 'x', message_thread_id: 'five' }, 'message_thread_id'],
    [{ text: 'x', protect_content: 'maybe' }, 'protect_content'],
    [{ text: 'x', entities: { type: 'bold' } }, 'entities'],
    [{ text: 'x', reply_parameters: { message_id: 'x' } }, 'reply_parameters.message_id'],
    [{ text: 'x', chat_id: { id } }, 'chat_id'],
  ] as const
  for (const [params, name] of wrong) {
    const answer = await bed.bot('sendMessage', { chat_id: id, ...params })
    expect(answer.error_code, name).toBe(400)
    expect(answer.description).toContain(`can't parse parameter "${name}"`)
  }
})

test('takes the same call as query, form, JSON and multipart, in any case of the name', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const reply_markup = JSON.stringify({ inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] })
  const fields = { chat_id: String(id), text: '<i>same</i>', parse_mode: 'HTML', reply_markup }
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const url = `${bed.url}/bot7000000001:token-of-the-bot-under-test/SENDmessage`
  const answers = await Promise.all([
    fetch(`${url}?${new URLSearchParams(fields)}`),
    fetch(url, { method: 'POST', body: new URLSearchParams(fields) }),
    fetch(url, { method: 'POST', body: form }),
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    }),
  ])
  for (const answer of answers) {
    const { result } = (await answer.json()) as { result: Record<string, unknown> }
    expect(result).toMatchObject({
      text: 'same',
      entities: [{ type: 'italic', offset: 0, length: 4 }],
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
    })
  }
})

test('refuses buttons and keyboards that Telegram refuses', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const send = (reply_markup: unknown) =>
    bed.description('sendMessage', { chat_id: id, text: 'x', reply_markup })
  const button = (one: unknown) => send({ inline_keyboard: [[one]] })

  expect(await button({ text: 'a', callback_data: '风'.repeat(21) })).toBeUndefined()
  expect(await button({ text: 'a', callback_data: '风'.repeat(22) })).toBe(
    'Bad Request: BUTTON_DATA_INVALID',
  )
  expect(await button({ text: 'a', callback_data: '' })).toBe('Bad Request: BUTTON_DATA_INVALID')
  expect(await button({ text: '', callback_data: 'a' })).toBe(
    'Bad Request: inline keyboard button text must be non-empty',
  )
  expect(await button({ text: 'a' })).toBe(
    "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
  )
  expect(await button({ text: 'a', callback_data: 7 })).toContain("can't parse parameter")
  expect(await send('{broken')).toBe("Bad Request: can't parse reply keyboard markup JSON object")
  expect(await send('[]')).toBe('Bad Request: object expected as reply markup')
  expect(await send({ keyboard: [['']] })).toBe(
    'Bad Request: keyboard button text must be non-empty',
  )
  const many = Array.from({ length: 100 }, (_, n) => [
    { text: '很长很长很长很长很长的按钮', callback_data: `${n}${'x'.repeat(60)}` },
  ])
  expect(await send({ inline_keyboard: many })).toBe('Bad Request: reply markup is too long')
})

test('keeps protection and link preview on the message, and replies to what is there', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const first = await bed.bot('sendMessage', {
    chat_id: id,
    text: 'secret https://example.org',
    protect_content: true,
    disable_notification: true,
    allow_paid_broadcast: true,
    link_preview_options: { is_disabled: true },
  })
  expect(first.result).toMatchObject({
    has_protected_content: true,
    link_preview_options: { is_disabled: true },
    entities: [{ type: 'url', offset: 7, length: 19 }],
  })
  const reply = (message_id: number, more = {}) =>
    bed.bot('sendMessage', {
      chat_id: id,
      text: 'reply',
      reply_parameters: { message_id, ...more },
    })
  const answered = await reply(first.result.message_id)
  expect(answered.result.reply_to_message.text).toBe('secret https://example.org')
  expect((await reply(4711)).description).toBe('Bad Request: message to be replied not found')
  const lonely = await reply(4711, { allow_sending_without_reply: true })
  expect(lonely.result.reply_to_message).toBeUndefined()
})

test('answers unknown methods and tokens like Telegram', async () => {
  const bed = await startBed()
  expect(await bed.bot('sendMoney')).toEqual({
    ok: false,
    error_code: 404,
    description: 'Not Found',
  })
  expect(await bed.bot('getMe', {}, '7000000001:not-the-token')).toEqual({
    ok: false,
    error_code: 401,
    description: 'Unauthorized',
  })
  expect((await bed.bot('getMe', {}, 'nonsense')).error_code).toBe(404)
  const broken = await fetch(`${bed.url}/bot7000000001:token-of-the-bot-under-test/getMe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{',
  })
  expect(broken.status).toBe(400)
})

test('makes a bot of any well-formed token when none is given', async () => {
  const bed = await startBed({ bot: undefined })
  const { result } = await bed.bot('getMe', {}, '42:any-token')
  expect(result).toMatchObject({ id: 42, is_bot: true })
})

test('refuses what it cannot play: ephemeral messages and business accounts', async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const send = (more: object) => bed.description('sendMessage', { chat_id: id, text: 'x', ...more })
  const ephemeral_message_parameters = { receiver_user_id: id }
  expect(await send({ ephemeral_message_parameters })).toBe(
    'Bad Request: EPHEMERAL_MESSAGES_UNSUPPORTED',
  )
  expect(await send({ business_connection_id: 'b' })).toBe(
    'Bad Request: business connection not found',
  )
})
