import { Composer } from 'grammy'
import { saveActed } from '../../groups/supervisor-store.ts'
import type { ChatContext } from '../context.ts'

/**
 * Notes the day on which a supervisor acted in the inbox: a button, a command, or an answer to the bot. Talk is no act.
 * The daily check asks after a group that gets tips in which nobody does.
 */
export function supervisorActsFeature({ today }: { today: () => string }): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.on(['callback_query', 'message'], async (ctx, next) => {
    const { message } = ctx
    const isAct =
      ctx.callbackQuery !== undefined ||
      message?.reply_to_message?.from?.id === ctx.me.id ||
      message?.entities?.some(({ type }) => type === 'bot_command') === true
    if (isAct && ctx.from && ctx.chat)
      await saveActed(ctx.tx, { chatId: ctx.chat.id, telegramId: ctx.from.id, day: today() })
    await next()
  })
  return feature
}
