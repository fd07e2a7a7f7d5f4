/** Commands and menu buttons: kept per scope and language, and which of them a person sees. */
import { isAdmin } from './rights.ts'
import type { Bot, Chat, CommandEntry } from './state.ts'

export interface CommandScope {
  type: string
  chat_id?: number
  user_id?: number
}

export function scopeKey(scope: CommandScope, language: string): string {
  return [scope.type, scope.chat_id ?? '', scope.user_id ?? '', language].join('|')
}

/** The narrowest scope that has commands wins; within a scope the person's language, then none. */
export function commandsFor(
  bot: Bot,
  chat: Chat,
  user: { id: number; language?: string },
): CommandEntry[] {
  for (const scope of scopesFor(chat, user.id)) {
    for (const language of [user.language?.slice(0, 2) ?? '', '']) {
      const commands = bot.commands.get(scopeKey(scope, language))
      if (commands && commands.length > 0) return commands
    }
  }
  return []
}

function scopesFor(chat: Chat, userId: number): CommandScope[] {
  const chat_id = chat.id
  if (chat.type === 'private') {
    return [{ type: 'chat', chat_id }, { type: 'all_private_chats' }, { type: 'default' }]
  }
  const isManager = isAdmin(chat.members.get(userId))
  return [
    { type: 'chat_member', chat_id, user_id: userId },
    ...(isManager ? [{ type: 'chat_administrators', chat_id }] : []),
    { type: 'chat', chat_id },
    ...(isManager ? [{ type: 'all_chat_administrators' }] : []),
    { type: 'all_group_chats' },
    { type: 'default' },
  ]
}

/** A text by language, falling back to the one for everybody. */
export function inLanguage(texts: Map<string, string>, language = ''): string {
  return texts.get(language.slice(0, 2)) ?? texts.get('') ?? ''
}
