import { Bot, BotError, type Composer } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { Db } from '../db/open-database.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyring } from '../lib/keyring.ts'
import { type Language, type Messages, pickLanguage } from '../messages/messages.ts'
import { subscriberKey } from '../subscribers/subscriber-store.ts'
import { openPrompt, promptKey } from '../tips/reporter/prompt.ts'
import type { HandleUpdate } from '../updates/process-updates.ts'
import { type ApiOptions, toClientOptions } from './api.ts'
import { type ChatRow, readChat } from './chat-store.ts'
import { beginTurn, ChatContext, type Turn } from './context.ts'

export type BotDeps = {
  api: ApiOptions
  me: UserFromGetMe
  keyring: Keyring
  now: () => Date
  messages: Messages
  enqueue: Enqueue
  defaultLanguage: Language
  /** Called after each commit: there may be something to send, and to fetch if the update brought a file. */
  wake: (what: { hasFile: boolean }) => void
  features: Features
}

/** In the order in which they are asked; the first that knows what to do with an update answers it. */
export type Features = { private: Composer<ChatContext>[]; group: Composer<ChatContext>[] }

export type BotHandlers = {
  handle: HandleUpdate
  /** Tells the person whose update was parked that it failed: silence would leave them waiting. */
  apologise: (tx: Db, update: unknown) => Promise<void>
}

/** Puts the features together and gives the two functions that work updates off. */
export function createBot(deps: BotDeps): BotHandlers {
  const bot = new Bot(deps.api.token, {
    botInfo: deps.me,
    ContextConstructor: ChatContext,
    client: toClientOptions(deps.api),
  })
  bot.use(async (ctx, next) => {
    await next()
    // A press that nobody answers would show a clock on the button for a minute.
    if (ctx.callbackQuery && !ctx.answered) ctx.toast()
  })
  bot.chatType('private').use(...deps.features.private)
  bot.chatType(['group', 'supergroup']).use(...deps.features.group)

  const handle = async (tx: Db, update: unknown): Promise<() => void> => {
    const known = update as Update
    const afterCommit: (() => void)[] = []
    const chat = readChatOnce(deps, tx, known)
    const language = await languageOf(deps, known, chat)
    beginTurn(known, {
      tx,
      enqueue: deps.enqueue,
      language,
      ...chat,
      t: deps.messages.in(language),
      afterCommit,
    })
    try {
      await bot.handleUpdate(known)
    } catch (error) {
      // grammY's wrapper carries the whole context; the cause is what counts.
      throw error instanceof BotError ? error.error : error
    }
    return () => {
      for (const act of afterCommit) act()
      deps.wake({ hasFile: hasFile(known) })
    }
  }

  const apologise = async (tx: Db, update: unknown): Promise<void> => {
    const { message, callback_query: press } = update as Update
    const chat = message?.chat ?? press?.message?.chat
    if (chat?.type !== 'private') return
    const known = update as Update
    const t = deps.messages.in(await languageOf(deps, known, readChatOnce(deps, tx, known)))
    await deps.enqueue(tx, {
      lane: 'urgent',
      purpose: 'reply',
      address: { chatId: chat.id },
      outgoing: { kind: 'text', text: t('common:failed') },
    })
    deps.wake({ hasFile: false })
  }

  return { handle, apologise }
}

/** In private: what the person chose, else what Telegram says. In groups: the language of the office. */
async function languageOf(
  deps: BotDeps,
  update: Update,
  { staff, subscriber }: Pick<Turn, 'staff' | 'subscriber'>,
): Promise<Language> {
  if (chatOf(update)?.type !== 'private') return deps.defaultLanguage
  const known = (await subscriber()) ?? (await staff())
  return known?.language ?? pickLanguage(senderOf(update)?.language_code, deps.defaultLanguage)
}

function chatOf(update: Update) {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message
  return message?.chat ?? update.my_chat_member?.chat
}

function senderOf(update: Update) {
  return (update.message ?? update.edited_message ?? update.callback_query ?? update.my_chat_member)
    ?.from
}

/** In groups often nobody asks. */
function readChatOnce(
  { keyring, now }: BotDeps,
  tx: Db,
  update: Update,
): Pick<Turn, 'staff' | 'subscriber' | 'prompt'> {
  const readNow = () => {
    const chat = chatOf(update)
    const isPrivate = chat?.type === 'private'
    const keys = {
      subscriber: isPrivate ? subscriberKey(keyring, chat.id) : null,
      prompt: isPrivate ? promptKey(keyring, chat.id) : null,
      telegramId: senderOf(update)?.id ?? null,
    }
    return readChat(tx, keys, now())
  }
  let found: Promise<ChatRow> | undefined
  const read = () => {
    found ??= readNow()
    return found
  }
  return {
    staff: async () => (await read()).staff,
    subscriber: async () => (await read()).subscriber,
    prompt: async () => {
      const { prompt } = await read()
      return prompt && openPrompt(keyring, prompt)
    },
  }
}

const fileKinds = [
  'photo',
  'document',
  'voice',
  'audio',
  'video',
  'video_note',
  'animation',
] as const

function hasFile({ message, edited_message: edited }: Update): boolean {
  const told = message ?? edited
  return told !== undefined && fileKinds.some((kind) => told[kind] !== undefined)
}
