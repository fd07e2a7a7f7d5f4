import { Composer } from 'grammy'
import { parsePin, sealPin } from '../../tips/reporter/pin.ts'
import { dropPrompt, savePrompt } from '../../tips/reporter/prompt.ts'
import { savePin } from '../../tips/reporter/receipt-store.ts'
import type { ChatContext } from '../context.ts'
import {
  chatIdOf,
  deleteTyped,
  findTicketReceipt,
  hasDigit,
  type ReceiptDeps,
} from '../receipt-access.ts'

/** A password of the reporter's own in front of a tip, for who fears that others get hold of the slip or the phone. */
export function receiptPinFeature(deps: ReceiptDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^s:pin:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    const { tipId, number } = receipt
    if (receipt.pin) return ctx.say(ctx.t('receipt:pin.already', { number }))
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), { kind: 'new-pin', tipId })
    await ctx.say(ctx.t('receipt:pin.choose', { number }))
  })
  return feature
}

/** The password that the reporter wants was typed. */
export async function takeNewPin(
  ctx: ChatContext,
  deps: ReceiptDeps,
  tipId: number,
  text: string,
): Promise<void> {
  if (hasDigit(text)) await deleteTyped(ctx)
  const pin = parsePin(text)
  if (pin === null) return ctx.say(ctx.t('receipt:pin.no-pin'))
  const isSaved = await savePin(ctx.tx, tipId, await sealPin(deps.keyring, pin))
  await dropPrompt(ctx.tx, deps, chatIdOf(ctx))
  await ctx.say(ctx.t(isSaved ? 'receipt:pin.saved' : 'receipt:expired'))
}
