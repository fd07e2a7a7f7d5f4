import { Composer, type Filter } from 'grammy'
import type { InboxDeps } from '../../tips/cards/put-into-inbox.ts'
import { type AcknowledgeDeps, acknowledgeTip } from '../../tips/handling/acknowledge-tip.ts'
import type { Press } from '../../tips/handling/check-press.ts'
import { openListedCard } from '../../tips/handling/open-listed-card.ts'
import { anonymousAdminId } from '../anonymous-admin.ts'
import type { ChatContext } from '../context.ts'

/** The buttons of a tip's card in a group's inbox, and those of the lists of tips. */
export function tipCardFeature(deps: AcknowledgeDeps & InboxDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^t:ack:(\d{1,9})$/, async (ctx) => {
    const press = readPress(ctx)
    if (!press) return
    const outcome = await acknowledgeTip(ctx.tx, deps, press)
    // A refusal stays on the screen until it was read.
    ctx.toast(
      ctx.t(`tips:acknowledge.${outcome.outcome}`, outcome),
      outcome.outcome !== 'acknowledged',
    )
  })
  feature.callbackQuery(/^t:open:(\d{1,9})$/, async (ctx) => {
    const press = readPress(ctx)
    if (!press) return
    const outcome = await openListedCard(ctx.tx, deps, press)
    if (outcome.outcome === 'opened' || outcome.outcome === 'already')
      return ctx.toast(ctx.t(`cards:open.${outcome.outcome}`, outcome))
    ctx.toast(ctx.t(`tips:acknowledge.${outcome.outcome}`), true)
  })
  return feature
}

function readPress(ctx: Filter<ChatContext, 'callback_query:data'>): Press | null {
  const { message } = ctx.callbackQuery
  if (!message) return null
  return {
    cardId: Number(ctx.match?.[1]),
    chatId: message.chat.id,
    messageId: message.message_id,
    telegramId: ctx.from.id,
    isAnonymous: ctx.from.id === anonymousAdminId,
  }
}
