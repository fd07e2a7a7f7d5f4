import { Composer } from 'grammy'
import type { Staff } from '../../staff/staff-store.ts'
import {
  confirmOpening,
  type OpeningDeps,
  refuseOpening,
  requestOpening,
} from '../../tips/identity/request-opening.ts'
import { showIdentity } from '../../tips/identity/show-identity.ts'
import { dropPrompt, savePrompt } from '../../tips/reporter/prompt.ts'
import type { ChatContext } from '../context.ts'
import { readNumberAndWords } from '../number-and-words.ts'
import { chatIdOf } from '../receipt-access.ts'

/** For custodians alone, in private: two of them together may look at the name that a reporter gave. */
export function custodianFeature(deps: OpeningDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('open', async (ctx, next) => {
    const staff = await findCustodian(ctx)
    if (!staff) return next()
    const { number, words } = readNumberAndWords(ctx.match)
    if (number === null) return ctx.say(ctx.t('identity:open.how'))
    const outcome = await requestOpening(ctx.tx, deps, { staff, number, reason: words })
    await ctx.say(ctx.t(`identity:open.${outcome.outcome}`, { number }))
  })
  feature.callbackQuery(/^i:yes:(\d{1,9})$/, async (ctx, next) => {
    if (!(await findCustodian(ctx))) return next()
    const openingId = Number(ctx.match[1])
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), { kind: 'agree', openingId })
    await ctx.say(ctx.t('identity:agree.reason'))
  })
  feature.callbackQuery(/^i:no:(\d{1,9})$/, async (ctx, next) => {
    const staff = await findCustodian(ctx)
    if (!staff) return next()
    const outcome = await refuseOpening(ctx.tx, deps, { staff, openingId: Number(ctx.match[1]) })
    await ctx.show(ctx.t(`identity:agree.${outcome.outcome}`, outcome))
  })
  feature.callbackQuery(/^i:show:(\d{1,9})$/, async (ctx, next) => {
    const staff = await findCustodian(ctx)
    const messageId = ctx.callbackQuery.message?.message_id
    if (!staff || messageId === undefined) return next()
    const openingId = Number(ctx.match[1])
    const outcome = await showIdentity(ctx.tx, deps, { staff, openingId, messageId })
    if (outcome.outcome !== 'shown') await ctx.show(ctx.t(`identity:show.${outcome.outcome}`))
  })
  return feature
}

/** The second custodian wrote why. */
export async function takeAgreement(
  ctx: ChatContext,
  deps: OpeningDeps,
  openingId: number,
  text: string,
): Promise<void> {
  const staff = await findCustodian(ctx)
  const reason = text.trim()
  if (reason === '') return ctx.say(ctx.t('identity:agree.reason'))
  await dropPrompt(ctx.tx, deps, chatIdOf(ctx))
  if (!staff) return
  const outcome = await confirmOpening(ctx.tx, deps, { staff, openingId, reason })
  await ctx.say(ctx.t(`identity:agree.${outcome.outcome}`, outcome))
}

/** Nobody else, an admin neither, must be able to look. */
async function findCustodian(ctx: ChatContext): Promise<Staff | null> {
  const staff = await ctx.turn.staff()
  return staff?.role === 'custodian' ? staff : null
}
