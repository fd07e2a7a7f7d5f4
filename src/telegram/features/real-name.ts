import { Composer } from 'grammy'
import { type GiveDeps, giveIdentity, takeBackIdentity } from '../../tips/identity/give-identity.ts'
import { parseName, parsePhone } from '../../tips/identity/identity.ts'
import { listShown } from '../../tips/identity/identity-store.ts'
import { reasonsOf } from '../../tips/identity/request-opening.ts'
import { dropPrompt, savePrompt } from '../../tips/reporter/prompt.ts'
import type { ChatContext } from '../context.ts'
import {
  chatIdOf,
  deleteTyped,
  findTicketReceipt,
  hasDigit,
  type ReceiptDeps,
  ticketFor,
} from '../receipt-access.ts'

type Deps = GiveDeps & ReceiptDeps

/** A reporter may give name and phone, take them back, and read why they were looked at. */
export function realNameFeature(deps: Deps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^s:name:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    const ticket = ticketFor(ctx, deps, receipt, true)
    const { number, hasName, state } = receipt
    if (state === 'closed') return ctx.say(ctx.t('identity:give.closed', { number }))
    await ctx.say(ctx.t(hasName ? 'identity:give.known' : 'identity:give.explain', { number }), [
      [{ text: ctx.t('identity:button.give'), data: `s:name-give:${ticket}` }],
      ...(hasName
        ? [[{ text: ctx.t('identity:button.take-back'), data: `s:name-back:${ticket}` }]]
        : []),
      [{ text: ctx.t('receipt:button.keep'), data: 's:keep' }],
    ])
  })
  feature.callbackQuery(/^s:name-give:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), { kind: 'name', tipId: receipt.tipId })
    await ctx.say(ctx.t('identity:give.name'))
  })
  feature.callbackQuery(/^s:name-back:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    await takeBackIdentity(ctx.tx, deps, receipt.tipId)
    await ctx.show(ctx.t('identity:give.taken-back', { number: receipt.number }))
  })
  feature.callbackQuery(/^s:opened:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    const openings = await listShown(ctx.tx, receipt.tipId)
    const reasons = openings.flatMap((opening) => reasonsOf(deps, opening))
    const lines = [...new Set(reasons)].map((reason) => `· ${reason}`)
    const { number } = receipt
    await ctx.show(ctx.t('identity:opened', { number, reasons: lines.join('\n') }))
  })
  return feature
}

export async function takeName(
  ctx: ChatContext,
  deps: Deps,
  tipId: number,
  text: string,
): Promise<void> {
  const name = parseName(text)
  if (name === null) return ctx.say(ctx.t('identity:give.no-name'))
  await deleteTyped(ctx)
  await savePrompt(ctx.tx, deps, chatIdOf(ctx), { kind: 'phone', tipId, name })
  await ctx.say(ctx.t('identity:give.phone'))
}

export async function takePhone(
  ctx: ChatContext,
  deps: Deps,
  { tipId, name }: { tipId: number; name: string },
  text: string,
): Promise<void> {
  if (hasDigit(text)) await deleteTyped(ctx)
  const phone = parsePhone(text)
  if (phone === null) return ctx.say(ctx.t('identity:give.no-phone'))
  await dropPrompt(ctx.tx, deps, chatIdOf(ctx))
  const isGiven = await giveIdentity(ctx.tx, deps, { tipId, identity: { name, phone } })
  await ctx.say(ctx.t(isGiven ? 'identity:give.done' : 'receipt:expired'))
}
