import { expect, test } from 'vitest'
import type { CommandMenu } from '../../src/sandbox/control/schemas.ts'
import { BOT_ID, startBed } from './support/stand-in.ts'

const list = (command: string) => [{ command, description: `about ${command}` }]

test('shows each person the commands of the narrowest scope and their language', async () => {
  const bed = await startBed()
  const villager = await bed.villager({ language_code: 'zh-hans' })
  const owner = await bed.person()
  const group = await bed.group({
    members: [{ user_id: owner.id }, { user_id: villager.id }, { user_id: BOT_ID }],
  })
  const set = (command: string, scope?: unknown, language_code?: string) =>
    bed.bot('setMyCommands', { commands: list(command), scope, language_code })
  const seen = async (chat: number, user: number) => {
    const path = `/chats/${chat}/commands?user_id=${user}`
    return (await bed.control<CommandMenu>('GET', path)).commands[0]?.command
  }
  await set('help')
  expect(await seen(villager.id, villager.id)).toBe('help')
  await set('report', { type: 'all_private_chats' }, 'zh')
  await set('report_en', { type: 'all_private_chats' })
  expect(await seen(villager.id, villager.id)).toBe('report')
  await set('inbox', { type: 'all_group_chats' })
  await set('bind', { type: 'chat_administrators', chat_id: group.id })
  expect(await seen(group.id, villager.id)).toBe('inbox')
  expect(await seen(group.id, owner.id)).toBe('bind')
  await set('mine', { type: 'chat_member', chat_id: group.id, user_id: villager.id })
  expect(await seen(group.id, villager.id)).toBe('mine')
  const scope = { type: 'chat_member', chat_id: group.id, user_id: villager.id }
  expect((await bed.bot('getMyCommands', { scope })).result).toEqual(list('mine'))
  await bed.bot('deleteMyCommands', { scope })
  expect(await seen(group.id, villager.id)).toBe('inbox')
})

test('refuses commands, languages and descriptions that Telegram refuses', async () => {
  const bed = await startBed()
  const set = (command: string, more = {}) =>
    bed.description('setMyCommands', { commands: list(command), ...more })
  expect(await set('Report')).toBe('Bad Request: BOT_COMMAND_INVALID')
  expect(await set('ok', { language_code: 'xx' })).toBe(
    'Bad Request: invalid language code specified',
  )
  expect(await set('ok', { language_code: 'english' })).toBe(
    'Bad Request: invalid language code specified',
  )
  const commands = [{ command: 'ok', description: '' }]
  expect(await bed.description('setMyCommands', { commands })).toBe(
    'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
  )
  expect(await bed.description('setMyDescription', { description: 'x'.repeat(513) })).toBe(
    'Bad Request: bot description is too long',
  )
  expect(await set('ok', { scope: { type: 'galaxy' } })).toContain("can't parse parameter")
})

test('keeps descriptions by language and a menu button by chat', async () => {
  const bed = await startBed()
  const { id } = await bed.villager({ language_code: 'zh' })
  await bed.bot('setMyDescription', { description: '清风', language_code: 'zh' })
  await bed.bot('setMyDescription', { description: 'Clean' })
  await bed.bot('setMyShortDescription', { short_description: 'short' })
  await bed.bot('setMyName', { name: '清风', language_code: 'zh' })
  await bed.bot('setChatMenuButton', { chat_id: id, menu_button: { type: 'commands' } })
  const menu = await bed.control<CommandMenu>('GET', `/chats/${id}/commands?user_id=${id}`)
  expect(menu).toMatchObject({ description: '清风', menu_button: { type: 'commands' } })
  expect((await bed.bot('getMyDescription')).result).toEqual({ description: 'Clean' })
  expect((await bed.bot('getMyName', { language_code: 'zh' })).result).toEqual({ name: '清风' })
  expect((await bed.bot('getChatMenuButton')).result).toEqual({ type: 'default' })
})
