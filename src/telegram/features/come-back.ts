import { Composer } from 'grammy'
import type { Keyring } from '../../lib/keyring.ts'
import { reviveSubscriber } from '../../subscribers/subscribe.ts'
import type { ChatContext } from '../context.ts'

/**
 * Who writes or presses has not blocked the bot any more, also when Telegram told nothing of it, as after a long outage.
 * Asked before everything else, and passes everything on.
 */
export function comeBackFeature({ keyring }: { keyring: Keyring }): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.on(['message', 'callback_query'], async (ctx, next) => {
    const subscriber = await ctx.turn.subscriber()
    if (ctx.chat && subscriber?.state === 'blocked')
      await reviveSubscriber(ctx.tx, keyring, ctx.chat.id)
    await next()
  })
  return feature
}
