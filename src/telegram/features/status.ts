import { Composer } from 'grammy'
import { listUnheard } from '../../tips/dialogue/unheard-messages.ts'
import { describeOwn, describeReceipt } from '../../tips/reporter/describe-receipt.ts'
import {
  findStatus,
  listOwnStatus,
  type StatusOutcome,
  unlockStatus,
} from '../../tips/reporter/find-status.ts'
import { dropPrompt } from '../../tips/reporter/prompt.ts'
import type { Receipt } from '../../tips/reporter/receipt-store.ts'
import type { ChatContext } from '../context.ts'
import {
  askForPin,
  chatIdOf,
  deleteTyped,
  findTicketReceipt,
  hasDigit,
  type ReceiptDeps,
  ticketFor,
} from '../receipt-access.ts'
import { isTypedCode } from '../typed-code.ts'

/** The newest; older ones are found with their codes. */
const mostListed = 20

/** /status: where the tips of this chat stand, or the one whose receipt code is typed. */
export function statusFeature(deps: ReceiptDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('status', (ctx) =>
    ctx.match.trim() === '' ? sayOwnStatus(ctx, deps) : sayStatus(ctx, deps, ctx.match),
  )
  feature.callbackQuery(/^s:see:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (receipt) await sayReceipt(ctx, deps, receipt)
  })
  feature.on('message:text', (ctx, next) => {
    const { text } = ctx.message
    return isTypedCode(text) ? sayStatus(ctx, deps, text) : next()
  })
  return feature
}

/** The tips that this chat filed; the code is asked for when there is none. */
export async function sayOwnStatus(ctx: ChatContext, deps: ReceiptDeps): Promise<void> {
  const receipts = (await listOwnStatus(ctx.tx, deps, chatIdOf(ctx))).slice(-mostListed)
  if (receipts.length === 0) return ctx.say(ctx.t('tips:status.ask'))
  const ticketOf = (receipt: Receipt) => ticketFor(ctx, deps, receipt, false)
  const known = []
  for (const receipt of receipts) {
    const unheard = await listUnheard(ctx.tx, deps, { chatId: chatIdOf(ctx), tipId: receipt.tipId })
    known.push({ ...receipt, hasNews: unheard.some(({ isNew }) => isNew) })
  }
  const view = describeOwn(ctx.t.bind(ctx), known, ticketOf)
  await ctx.say(view.text, view.keyboard)
}

async function sayStatus(ctx: ChatContext, deps: ReceiptDeps, text: string): Promise<void> {
  await sayFound(ctx, deps, await findStatus(ctx.tx, deps, { chatId: chatIdOf(ctx), text }))
}

/** The same for words that may mean something else: false when there is no tip with this code, and nothing was said. */
export async function sayKnownStatus(
  ctx: ChatContext,
  deps: ReceiptDeps,
  text: string,
): Promise<boolean> {
  const outcome = await findStatus(ctx.tx, deps, { chatId: chatIdOf(ctx), text })
  if (outcome.outcome !== 'found' && outcome.outcome !== 'locked') return false
  await sayFound(ctx, deps, outcome)
  return true
}

async function sayFound(
  ctx: ChatContext,
  deps: ReceiptDeps,
  outcome: StatusOutcome,
): Promise<void> {
  // Who takes the phone later need not find the code on it.
  if (!['no-code', 'only-number'].includes(outcome.outcome)) await deleteTyped(ctx)
  if (outcome.outcome === 'found') return sayReceipt(ctx, deps, outcome.receipt)
  if (outcome.outcome === 'locked') return askForPin(ctx, deps, outcome.receipt)
  await ctx.say(ctx.t(`tips:status.${outcome.outcome}`, outcome))
}

/** The password of a tip was typed. A wrong one may be typed again. */
export async function takePin(
  ctx: ChatContext,
  deps: ReceiptDeps,
  tipId: number,
  text: string,
): Promise<void> {
  const chatId = chatIdOf(ctx)
  const outcome = await unlockStatus(ctx.tx, deps, { chatId, text, tipId })
  if (hasDigit(text)) await deleteTyped(ctx)
  if (outcome.outcome === 'found') {
    await dropPrompt(ctx.tx, deps, chatId)
    return sayReceipt(ctx, deps, outcome.receipt)
  }
  await ctx.say(ctx.t(`receipt:pin.${outcome.outcome}`, outcome))
}

async function sayReceipt(ctx: ChatContext, deps: ReceiptDeps, receipt: Receipt): Promise<void> {
  const view = describeReceipt(ctx.t.bind(ctx), receipt, {
    ticket: ticketFor(ctx, deps, receipt, true),
    unheard: await listUnheard(ctx.tx, deps, { chatId: chatIdOf(ctx), tipId: receipt.tipId }),
    now: deps.now(),
    timezone: deps.timezone,
  })
  await ctx.say(view.text, view.keyboard)
}
