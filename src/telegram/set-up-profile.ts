import type { Api } from 'grammy'
import type { BotCommandScope } from 'grammy/types'
import { type Language, languages, type Messages } from '../messages/messages.ts'
import type { InvitableRole } from '../staff/staff-store.ts'

/** What whoever serves in the office has as well, as a villager. */
const alsoAsVillager = [
  'report',
  'status',
  'rules',
  'village',
  'settings',
  'verify',
  'language',
  'help',
  'stop',
] as const

const commands = {
  villager: [
    'report',
    'status',
    'rules',
    'progress',
    'village',
    'settings',
    'verify',
    'language',
    'help',
    'stop',
  ],
  admin: [
    'broadcast',
    'content',
    'groups',
    'staff',
    'distributors',
    'calendar',
    'reminders',
    'awareness',
    ...alsoAsVillager,
  ],
  editor: [
    'content',
    'broadcast',
    'calendar',
    'reminders',
    'awareness',
    'distributors',
    ...alsoAsVillager,
  ],
  custodian: ['open', 'hold', ...alsoAsVillager],
  group: ['ask', 'mute', 'check', 'bind', 'help'],
} as const

/** Writes the menus that each audience sees, in every language. Safe to repeat; a chat never met yet is passed over. */
export async function setUpProfile(
  api: Api,
  messages: Messages,
  adminIds: readonly number[],
): Promise<void> {
  await setFor(api, messages, { type: 'all_private_chats' }, commands.villager)
  await setFor(api, messages, { type: 'all_group_chats' }, commands.group)
  for (const language of languages) {
    const t = messages.in(language)
    await api.setMyDescription(t('commands:about.long'), codeOf(language))
    await api.setMyShortDescription(t('commands:about.short'), codeOf(language))
  }
  for (const adminId of adminIds)
    await setUpAdmin(api, messages, adminId).catch(() => {
      // An admin who has not pressed Start yet is no chat for Telegram: `/start` does it then.
    })
  await api.setChatMenuButton({ menu_button: { type: 'commands' } })
}

/** The menu of an admin, who has more commands. @throws when the admin has not pressed Start. */
export async function setUpAdmin(api: Api, messages: Messages, adminId: number): Promise<void> {
  await setFor(api, messages, { type: 'chat', chat_id: adminId }, commands.admin)
}

/** The menu of somebody whom an admin made a custodian or an editor. @throws when they have not pressed Start. */
export async function setUpStaff(
  api: Api,
  messages: Messages,
  { chatId, role }: { chatId: number; role: InvitableRole },
): Promise<void> {
  await setFor(api, messages, { type: 'chat', chat_id: chatId }, commands[role])
}

/** Whoever left the office has the menu of a villager again: commands that do nothing for them would only tell that they exist. */
export async function resetMenu(api: Api, chatId: number): Promise<void> {
  for (const language of languages)
    await api.deleteMyCommands({ scope: { type: 'chat', chat_id: chatId }, ...codeOf(language) })
}

async function setFor(
  api: Api,
  messages: Messages,
  scope: BotCommandScope,
  names: readonly string[],
): Promise<void> {
  for (const language of languages) {
    const t = messages.in(language)
    const list = names.map((command) => ({ command, description: t(`commands:${command}`) }))
    await api.setMyCommands(list, { scope, ...codeOf(language) })
  }
}

/** Without a code the list is for everybody whose language has none: they see Chinese. */
function codeOf(language: Language) {
  return language === 'zh-CN' ? {} : { language_code: 'en' as const }
}
