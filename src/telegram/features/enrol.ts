import { Composer } from 'grammy'
import { enrolSupervisor } from '../../groups/enrol-supervisor.ts'
import type { KeyedHash } from '../../lib/one-time-code.ts'
import { alarmAdmins } from '../../staff/alarm-admins.ts'
import { rerouteHeldTips } from '../../tips/routing/reroute-tips.ts'
import type { RouteDeps } from '../../tips/routing/route-tip.ts'
import type { ChatContext } from '../context.ts'

export type EnrolDeps = RouteDeps & { hash: KeyedHash }

/** `?start=s_<code>`: the personal link of one name on a roster. */
const enrolPayload = /^s_([A-Za-z0-9]{4,16})$/

/** A supervisor opens the personal link and may act in the group from then on. */
export function enrolFeature(deps: EnrolDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('start', async (ctx, next) => {
    const code = enrolPayload.exec(ctx.match)?.[1]
    if (code === undefined || !ctx.from) return next()
    const input = { code, telegramId: ctx.from.id, now: deps.now() }
    const outcome = await enrolSupervisor({ db: ctx.tx, hash: deps.hash }, input)
    const params = 'groupName' in outcome ? { group: outcome.groupName, name: outcome.name } : {}
    await ctx.say(ctx.t(`groups:enrol.${outcome.outcome}`, params))
    if (outcome.outcome !== 'enrolled') return
    if (outcome.formerTelegramId !== null)
      await tellOfReplacement(ctx, deps, outcome.formerTelegramId, params)
    // What was filed before anybody could act waits for this moment.
    await rerouteHeldTips(ctx.tx, deps)
  })
  return feature
}

/** A link in the wrong hands must not go unnoticed: who held the name before hears of it, and the admins. */
async function tellOfReplacement(
  { tx }: ChatContext,
  deps: EnrolDeps,
  formerId: number,
  params: Record<string, unknown>,
): Promise<void> {
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'notice',
    address: { chatId: formerId },
    outgoing: {
      kind: 'text',
      text: deps.messages.in(deps.officeLanguage)('groups:enrol.replaced', params),
    },
  })
  await alarmAdmins(tx, deps, 'groups:alarm.replaced', params)
}
