import { Composer } from 'grammy'
import { dayOf } from '../../lib/calendar.ts'
import { holdTip, unholdTip } from '../../tips/retention/hold-tip.ts'
import type { TipDeps } from '../../tips/tip-deps.ts'
import type { ChatContext } from '../context.ts'
import { readNumberAndWords } from '../number-and-words.ts'

/** For admins and custodians: `/hold QF-000123 why` keeps a tip from being destroyed, `/unhold QF-000123` ends that. */
export function tipHoldFeature(
  deps: Pick<TipDeps, 'keyring' | 'now' | 'timezone'>,
): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command(['hold', 'unhold'], async (ctx, next) => {
    const staff = await ctx.turn.staff()
    if (staff?.role !== 'admin' && staff?.role !== 'custodian') return next()
    const isHold = ctx.message?.text.startsWith('/hold') ?? false
    const { number, words } = readNumberAndWords(ctx.match)
    if (number === null) return ctx.say(ctx.t(isHold ? 'identity:hold.how' : 'identity:unhold.how'))
    const by = { staffId: staff.id, number }
    if (!isHold) {
      const lifted = await unholdTip(ctx.tx, deps, by)
      return ctx.say(ctx.t(`identity:unhold.${lifted.outcome}`, { number }))
    }
    const held = await holdTip(ctx.tx, deps, { ...by, reason: words })
    const since = held.outcome === 'already' ? dayOf(held.since, deps.timezone) : ''
    await ctx.say(ctx.t(`identity:hold.${held.outcome}`, { reason: '', ...held, number, since }))
  })
  return feature
}
