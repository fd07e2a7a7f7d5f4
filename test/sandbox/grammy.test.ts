import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Api, Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from 'grammy'
import { expect, test } from 'vitest'
import { type Bed, BOT_NAME, startBed, TOKEN, until } from './support/stand-in.ts'

const options = (bed: Bed) => ({ client: { apiRoot: bed.url } })

test("grammY's client sends, edits, uploads and reads errors", async () => {
  const bed = await startBed()
  const { id } = await bed.villager()
  const api = new Api(TOKEN, { apiRoot: bed.url })
  expect((await api.getMe()).username).toBe(BOT_NAME)
  const keyboard = new InlineKeyboard().text('Yes', 'y').url('Law', 'https://example.org/')
  const sent = await api.sendMessage(id, '<b>hi</b>', {
    parse_mode: 'HTML',
    reply_markup: keyboard,
    link_preview_options: { is_disabled: true },
  })
  await api.editMessageText(id, sent.message_id, 'new', { reply_markup: keyboard })
  const bytes = new Uint8Array([1, 2, 3])
  const photo = await api.sendPhoto(id, new InputFile(bytes, 'a.png'), { caption: 'c' })
  expect(photo.photo.at(-1)?.file_size).toBe(3)
  const album = await api.sendMediaGroup(id, [
    { type: 'photo', media: new InputFile(bytes, 'a.png') },
    { type: 'photo', media: photo.photo.at(-1)?.file_id ?? '' },
  ])
  expect(album).toHaveLength(2)
  await api.setMyCommands([{ command: 'start', description: 'Start' }])
  await api.deleteMessages(id, [sent.message_id])
  const error = await api.sendMessage(31337, 'x').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(GrammyError)
  expect((error as GrammyError).description).toBe('Bad Request: chat not found')
})

test('a grammY bot talks over long polling', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const bot = new Bot(TOKEN, options(bed))
  bot.command('start', (ctx) =>
    ctx.reply(`from ${ctx.match}`, { reply_markup: new InlineKeyboard().text('Go', 'go') }),
  )
  bot.callbackQuery('go', (ctx) => ctx.answerCallbackQuery('gone'))
  const stopped = bot.start({ drop_pending_updates: false })
  await bed.act('start', { user_id: id, payload: 'village_7' })
  const reply = await until(async () => (await bed.messages(id)).messages[1])
  expect(reply.text).toBe('from village_7')
  const where = { user_id: id, message_id: reply.message_id }
  expect(await bed.press({ ...where, row: 0, column: 0 })).toMatchObject({
    answered: true,
    text: 'gone',
  })
  await bot.stop()
  await stopped
})

test('a grammY bot talks over a webhook with a secret', async () => {
  const bed = await startBed()
  const { id } = await bed.person()
  const bot = new Bot(TOKEN, options(bed))
  bot.on('message:text', (ctx) => ctx.reply(`echo ${ctx.message.text}`))
  const secretToken = 'sesame'
  const server = createServer(webhookCallback(bot, 'http', { secretToken }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await bot.api.setWebhook(`http://127.0.0.1:${port}/`, { secret_token: secretToken })
  await bed.act('send', { user_id: id, text: 'hello' })
  const reply = await until(async () => (await bed.messages(id)).messages[1])
  expect(reply.text).toBe('echo hello')
  await bot.api.deleteWebhook()
  server.closeAllConnections()
  server.close()
})
