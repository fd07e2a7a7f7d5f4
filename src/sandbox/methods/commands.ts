/** What the bot says about itself: commands, menu button, name, descriptions. */
import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { type CommandScope, inLanguage, scopeKey } from '../world/commands.ts'
import type { Bot } from '../world/state.ts'
import { getChat } from './access.ts'
import { type CallContext, defineMethod } from './method.ts'
import { boolean, integer, json, string } from './params.ts'

const MAX_COMMANDS = 100
const COMMAND = /^[a-z0-9_]{1,32}$/
const MAX_COMMAND_DESCRIPTION = 256

const scopeChat = z.union([z.int(), z.string()])
const scope = json(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('default') }),
    z.object({ type: z.literal('all_private_chats') }),
    z.object({ type: z.literal('all_group_chats') }),
    z.object({ type: z.literal('all_chat_administrators') }),
    z.object({ type: z.literal('chat'), chat_id: scopeChat }),
    z.object({ type: z.literal('chat_administrators'), chat_id: scopeChat }),
    z.object({ type: z.literal('chat_member'), chat_id: scopeChat, user_id: z.int() }),
  ]),
)
const language = { language_code: string.optional() }
const scoped = { scope: scope.optional(), ...language }

type ScopeParam = z.output<typeof scope>

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

function languageOf(code = ''): string {
  if (code === '') return ''
  if (!/^[a-z]{2}$/.test(code) || names.of(code) === undefined) {
    throw badRequest('invalid language code specified')
  }
  return code
}

function keyOf(context: CallContext, params: { scope?: ScopeParam; language_code?: string }) {
  const given: ScopeParam = params.scope ?? { type: 'default' }
  const resolved: CommandScope = { type: given.type }
  if ('chat_id' in given) resolved.chat_id = getChat(context, given.chat_id).id
  if ('user_id' in given) resolved.user_id = given.user_id
  return scopeKey(resolved, languageOf(params.language_code))
}

function changed({ world, bot }: CallContext): true {
  world.feed.emit({ kind: 'commands', bot_id: bot.user.id })
  return true
}

const command = z.object({ command: z.string(), description: z.string() })

export const setMyCommands = defineMethod({
  params: z.object({ ...scoped, commands: json(z.array(command).readonly()) }),
  missing: { commands: () => badRequest("can't parse commands JSON object") },
  handle(context, params) {
    if (params.commands.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH')
    const commands = params.commands.map(({ command: name, description }) => {
      const bare = name.replace(/^\//, '')
      if (!COMMAND.test(bare)) throw badRequest('BOT_COMMAND_INVALID')
      if (description.length < 1 || description.length > MAX_COMMAND_DESCRIPTION) {
        throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
      }
      return { command: bare, description }
    })
    context.bot.commands.set(keyOf(context, params), commands)
    return changed(context)
  },
})

export const getMyCommands = defineMethod({
  params: z.object(scoped),
  handle: (context, params) => context.bot.commands.get(keyOf(context, params)) ?? [],
})

export const deleteMyCommands = defineMethod({
  params: z.object(scoped),
  handle(context, params) {
    context.bot.commands.delete(keyOf(context, params))
    return changed(context)
  },
})

function setText(
  context: CallContext,
  texts: Map<string, string>,
  given: { text?: string; language_code?: string; max: number; words: string },
): true {
  const code = languageOf(given.language_code)
  const { text = '', max, words } = given
  if (text.length > max) throw badRequest(`${words} is too long`)
  if (text === '') texts.delete(code)
  else texts.set(code, text)
  return changed(context)
}

export const setMyName = defineMethod({
  params: z.object({ name: string.optional(), ...language }),
  handle: (context, { name, language_code }) =>
    setText(context, context.bot.names, {
      text: name,
      language_code,
      max: 64,
      words: 'bot name',
    }),
})
export const getMyName = defineMethod({
  params: z.object(language),
  handle: ({ bot }, { language_code }) => ({ name: nameOf(bot, language_code) }),
})

function nameOf(bot: Bot, code: string | undefined): string {
  return inLanguage(bot.names, languageOf(code)) || bot.user.first_name
}

export const setMyDescription = defineMethod({
  params: z.object({ description: string.optional(), ...language }),
  handle: (context, { description, language_code }) =>
    setText(context, context.bot.descriptions, {
      text: description,
      language_code,
      max: 512,
      words: 'bot description',
    }),
})
export const getMyDescription = defineMethod({
  params: z.object(language),
  handle: ({ bot }, { language_code }) => ({
    description: inLanguage(bot.descriptions, languageOf(language_code)),
  }),
})

export const setMyShortDescription = defineMethod({
  params: z.object({ short_description: string.optional(), ...language }),
  handle: (context, { short_description, language_code }) =>
    setText(context, context.bot.shortDescriptions, {
      text: short_description,
      language_code,
      max: 120,
      words: 'bot short description',
    }),
})
export const getMyShortDescription = defineMethod({
  params: z.object(language),
  handle: ({ bot }, { language_code }) => ({
    short_description: inLanguage(bot.shortDescriptions, languageOf(language_code)),
  }),
})

const menuButton = json(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('default') }),
    z.object({ type: z.literal('commands') }),
    z.object({
      type: z.literal('web_app'),
      text: z.string(),
      web_app: z.object({ url: z.string() }),
    }),
  ]),
)

export const setChatMenuButton = defineMethod({
  params: z.object({ chat_id: integer.optional(), menu_button: menuButton.optional() }),
  handle(context, { chat_id, menu_button = { type: 'default' as const } }) {
    const key = chat_id === undefined ? 'default' : getChat(context, chat_id).id
    context.bot.menuButtons.set(key, menu_button)
    return changed(context)
  },
})
export const getChatMenuButton = defineMethod({
  params: z.object({ chat_id: integer.optional() }),
  handle({ bot }, { chat_id }) {
    const own = chat_id === undefined ? undefined : bot.menuButtons.get(chat_id)
    return own ?? bot.menuButtons.get('default') ?? { type: 'default' }
  },
})

/** Kept by nobody here: people add bots through the control API with the rights they choose. */
export const setMyDefaultAdministratorRights = defineMethod({
  params: z.object({
    rights: json(z.record(z.string(), z.boolean())).optional(),
    for_channels: boolean.optional(),
  }),
  handle: () => true,
})
