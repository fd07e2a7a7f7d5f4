import { Composer } from 'grammy'
import type { Keyboard } from '../../delivery/outgoing.ts'
import { decideExtent, eraseTrace } from '../../tips/reporter/erase-trace.ts'
import type { Receipt } from '../../tips/reporter/receipt-store.ts'
import { readTicket } from '../../tips/reporter/status-ticket.ts'
import { warnReporter } from '../../tips/reporter/warn-reporter.ts'
import { withdrawTip } from '../../tips/reporter/withdraw-tip.ts'
import { findShreddable } from '../../tips/retention/shred-store.ts'
import type { PlaceDeps } from '../../tips/routing/place-tip.ts'
import { numberOfTip } from '../../tips/tip.ts'
import type { ChatContext } from '../context.ts'
import { homeKeyboard } from '../keyboards.ts'
import { chatIdOf, findTicketReceipt, ticketFor } from '../receipt-access.ts'

type Act = 'withdraw' | 'erase'

const warnings = { withdraw: 'receipt:withdraw.warning', erase: 'receipt:erase.warning' } as const

/** The reporter takes a tip back, or everything that leads to them. Asked twice, because neither can be undone. */
export function receiptEndFeature(deps: PlaceDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^s:(withdraw|erase):(.+)$/, async (ctx) => {
    const [, act = '', ticket] = ctx.match
    const receipt = await findTicketReceipt(ctx, deps, ticket)
    if (receipt) await ask(ctx, deps, { act: act as Act, receipt, isSure: false })
  })
  feature.callbackQuery(/^s:(withdraw|erase)-1:(.+)$/, async (ctx) => {
    const [, act = '', ticket] = ctx.match
    const receipt = await findTicketReceipt(ctx, deps, ticket)
    if (receipt) await ask(ctx, deps, { act: act as Act, receipt, isSure: true })
  })
  feature.callbackQuery(/^s:withdraw-2:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    const outcome = await withdrawTip(ctx.tx, deps, receipt.tipId)
    if (outcome.outcome === 'withdrawn')
      await warnReporter(ctx.tx, deps, receipt, { chatId: chatIdOf(ctx), act: 'withdraw' })
    await end(ctx, `receipt:withdraw.${outcome.outcome}`, outcome)
  })
  feature.callbackQuery(/^s:erase-2:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    await warnReporter(ctx.tx, deps, receipt, { chatId: chatIdOf(ctx), act: 'erase' })
    const outcome = await eraseTrace(ctx.tx, deps, receipt.tipId)
    await end(ctx, `receipt:erase.done-${outcome.outcome}`, outcome)
  })
  feature.callbackQuery(/^s:warned-(withdraw|erase):(.+)$/, async (ctx) => {
    const [, act = '', text = ''] = ctx.match
    // Of a tip that was erased nothing else is left to ask.
    const where = { chatId: chatIdOf(ctx), now: deps.now() }
    const ticket = readTicket(deps.keyring, text, where)
    if (!ticket) return ctx.say(ctx.t('receipt:expired'))
    await ctx.show(ctx.t(warnings[act as Act], { number: numberOfTip(ticket.tipId) }), home(ctx))
  })
  feature.callbackQuery('s:keep', (ctx) => ctx.show(ctx.t('receipt:kept'), home(ctx)))
  return feature
}

async function ask(
  ctx: ChatContext,
  deps: PlaceDeps,
  { act, receipt, isSure }: { act: Act; receipt: Receipt; isSure: boolean },
): Promise<void> {
  const { number, tipId, state, result } = receipt
  if (act === 'withdraw' && state === 'closed') {
    const outcome = result === 'withdrawn' ? 'already' : 'closed'
    return ctx.say(ctx.t(`receipt:withdraw.${outcome}`, { number }))
  }
  const tip = act === 'erase' && !isSure ? await findShreddable(ctx.tx, tipId) : null
  const asking = isSure ? 'sure' : 'ask'
  const question = tip ? `receipt:erase.ask-${decideExtent(tip)}` : `receipt:${act}.${asking}`
  const ticket = ticketFor(ctx, deps, receipt, true)
  const step = isSure ? 2 : 1
  await ctx.show(ctx.t(question, { number }), [
    [{ text: ctx.t('receipt:button.keep'), data: 's:keep' }],
    [{ text: ctx.t(`receipt:button.${act}-${step}`), data: `s:${act}-${step}:${ticket}` }],
  ])
}

const end = (ctx: ChatContext, key: string, params: Record<string, unknown>): Promise<void> =>
  ctx.show(ctx.t(key, params), home(ctx))

const home = (ctx: ChatContext): Keyboard => homeKeyboard(ctx.t.bind(ctx))
