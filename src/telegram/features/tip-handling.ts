import { Composer } from 'grammy'
import { bodies, type CardView, transferReasons } from '../../tips/cards/card-keyboard.ts'
import { redrawCard } from '../../tips/cards/show-card.ts'
import { checkActor } from '../../tips/handling/check-actor.ts'
import type { Press } from '../../tips/handling/check-press.ts'
import { previewConclusion } from '../../tips/handling/conclude-tip.ts'
import { declareConflict } from '../../tips/handling/declare-conflict.ts'
import type { FinishDeps } from '../../tips/handling/finish-prompt.ts'
import { giveBackTip, resumeTip, takeOverTip } from '../../tips/handling/pass-among-group.ts'
import { beginPrompt, type PromptContent } from '../../tips/handling/prompt.ts'
import { findTargets, transferTip } from '../../tips/handling/transfer-tip.ts'
import type { ChatContext } from '../context.ts'
import { readPress } from '../pressed.ts'

type Answer = { outcome: string; number?: string; by?: string; group?: string }
type Act = (ctx: ChatContext, press: Press, args: string[]) => Promise<Answer>

/** Outcomes after which the screen says it all; the press is only answered. */
const silent = ['drawn', 'prompted', 'shown']
const fine = ['done', 'transferred']

/** The buttons of a card whose tip a group has: ask, hand on, close, and what stands under “more”. */
export function tipHandlingFeature(deps: FinishDeps): Composer<ChatContext> {
  const acts: Record<string, Act> = {
    main: (ctx, press) => draw(ctx, press, { kind: 'main' }),
    more: (ctx, press) => draw(ctx, press, { kind: 'more' }),
    ask: (ctx, press) => prompt(ctx, press, { kind: 'ask' }, 'handling:write.question'),
    dup: (ctx, press) => prompt(ctx, press, { kind: 'duplicate' }, 'handling:write.duplicate'),
    back: (ctx, press) => giveBackTip(ctx.tx, deps, press),
    resume: (ctx, press) => resumeTip(ctx.tx, deps, press),
    take: (ctx, press, [sure]) =>
      sure ? takeOverTip(ctx.tx, deps, press) : draw(ctx, press, { kind: 'sure', act: 'take' }),
    own: (ctx, press, [sure]) =>
      sure ? declareConflict(ctx.tx, deps, press) : draw(ctx, press, { kind: 'sure', act: 'own' }),
    to: handOn,
    end: conclude,
  }
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^h:([a-z]+):(\d{1,9})((?::[a-z0-9-]+)*)$/, async (ctx, next) => {
    const [, name = '', cardId, rest = ''] = ctx.match
    const act = acts[name]
    const pressed = readPress(ctx)
    if (!act || !pressed) return next()
    const args = rest.split(':').filter((arg) => arg !== '')
    const answer = await act(ctx, { ...pressed, cardId: Number(cardId) }, args)
    if (silent.includes(answer.outcome)) return
    // A refusal stays on the screen until it was read.
    ctx.toast(ctx.t(`handling:answer.${answer.outcome}`, answer), !fine.includes(answer.outcome))
  })

  async function draw(ctx: ChatContext, press: Press, view: CardView): Promise<Answer> {
    const actor = await checkActor(ctx.tx, press, 'anybody')
    if (actor.outcome !== 'allowed') return actor
    await redrawCard(ctx.tx, deps, actor.card, { view, at: press })
    return { outcome: 'drawn' }
  }

  async function prompt(
    ctx: ChatContext,
    press: Press,
    content: PromptContent,
    key: string,
  ): Promise<Answer> {
    const right = content.kind === 'transfer' ? 'open' : 'holder'
    const actor = await checkActor(ctx.tx, press, right)
    if (actor.outcome !== 'allowed') return actor
    const text = ctx.t(key, { number: actor.tip.number, by: actor.supervisor.name })
    await beginPrompt(ctx.tx, deps, actor, content, () => ({ text }))
    await redrawCard(ctx.tx, deps, actor.card, { at: press })
    return { outcome: 'prompted' }
  }

  async function handOn(ctx: ChatContext, press: Press, args: string[]): Promise<Answer> {
    const [target, reason] = args
    const found = await findTargets(ctx.tx, deps, press)
    if (found.outcome !== 'found') return found
    if (target === undefined) {
      if (found.groups.length === 0) return { outcome: 'not-there' }
      return draw(ctx, press, { kind: 'targets', groups: found.groups })
    }
    const groupId = Number(target)
    if (!found.groups.some(({ id }) => id === groupId)) return { outcome: 'not-there' }
    if (reason === undefined) return draw(ctx, press, { kind: 'reasons', groupId })
    if (reason === 'typed')
      return prompt(ctx, press, { kind: 'transfer', groupId }, 'handling:write.reason')
    const known = transferReasons.find((one) => one === reason)
    if (!known) return { outcome: 'not-there' }
    const note = ctx.t(`handling:reason.${known}`)
    return transferTip(ctx.tx, deps, press, { groupId, note })
  }

  async function conclude(ctx: ChatContext, press: Press, args: string[]): Promise<Answer> {
    const [result, named] = args
    const actor = await checkActor(ctx.tx, press, 'holder')
    if (actor.outcome !== 'allowed') return actor
    const body = bodies.find((one) => one === named)
    if (result === 'verified' || result === 'unfounded')
      return previewConclusion(ctx.tx, deps, press, { result })
    if (result !== 'passed-on') return draw(ctx, press, { kind: 'results' })
    if (!body) return draw(ctx, press, { kind: 'bodies' })
    return previewConclusion(ctx.tx, deps, press, { result, body })
  }
  return feature
}
