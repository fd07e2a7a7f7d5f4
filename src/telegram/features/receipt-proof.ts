import { Composer } from 'grammy'
import { dayOf } from '../../lib/calendar.ts'
import { createProof } from '../../tips/reporter/receipt-proof.ts'
import type { ChatContext } from '../context.ts'
import { findTicketReceipt, type ReceiptDeps } from '../receipt-access.ts'

/** A signed text for the reporter: a tip was filed on this day, and nothing more. Nobody notes that it was asked for. */
export function receiptProofFeature(deps: ReceiptDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^s:proof:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    const day = dayOf(receipt.filedAt, deps.timezone)
    await ctx.say(ctx.t('receipt:proof', { day }))
    // By itself, so that it can be copied or forwarded without the words above it.
    await ctx.say(createProof(deps.keyring, day))
  })
  return feature
}
