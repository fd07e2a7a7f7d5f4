import { Composer } from 'grammy'
import type { Keyring } from '../../lib/keyring.ts'
import { type Language, languages, type Messages } from '../../messages/messages.ts'
import { reviveSubscriber } from '../../subscribers/subscribe.ts'
import { moveSubscriber, saveSubscriber } from '../../subscribers/subscriber-store.ts'
import type { ChatContext } from '../context.ts'
import { homeKeyboard, languageKeyboard } from '../keyboards.ts'

export type SettingsDeps = { keyring: Keyring; messages: Messages; today: () => string }

/** /language, /help, and a villager who blocks the bot or comes back. */
export function settingsFeature({ keyring, messages, today }: SettingsDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()

  feature.command('language', (ctx) => ctx.say(ctx.t('subscribers:language.ask'), languageKeyboard))

  feature.callbackQuery(/^l:(.+)$/, async (ctx) => {
    const language = languages.find((known) => known === ctx.match[1])
    if (!language) return
    const person = { chatId: ctx.from.id, today: today(), language }
    await saveSubscriber(ctx.tx, keyring, person, { language })
    await sayIn(ctx, language)
  })

  async function sayIn(ctx: ChatContext, language: Language): Promise<void> {
    const t = messages.in(language)
    await ctx.say(t('subscribers:language.chosen'), homeKeyboard(t))
  }

  feature.command('help', sayHelp)
  feature.callbackQuery('home:help', sayHelp)

  feature.on('my_chat_member', async (ctx) => {
    const isGone = ctx.myChatMember.new_chat_member.status === 'kicked'
    if (!isGone) await reviveSubscriber(ctx.tx, keyring, ctx.chat.id)
    else
      await moveSubscriber(ctx.tx, keyring, ctx.chat.id, {
        from: ['active', 'choosing'],
        to: 'blocked',
      })
  })

  return feature
}

export const sayHelp = (ctx: ChatContext): Promise<void> =>
  ctx.say(ctx.t('common:help'), homeKeyboard(ctx.t.bind(ctx)))
