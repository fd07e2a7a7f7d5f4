import { Composer } from 'grammy'
import { findCardAt } from '../../tips/cards/find-card-at.ts'
import { askReporter } from '../../tips/dialogue/ask-reporter.ts'
import { offerToSend } from '../../tips/dialogue/offer-to-send.ts'
import { checkActor } from '../../tips/handling/check-actor.ts'
import {
  dropPrompted,
  editPrompted,
  type FinishDeps,
  replyToPrompt,
  sendPrompted,
} from '../../tips/handling/finish-prompt.ts'
import type { Albums } from '../albums.ts'
import type { ChatContext } from '../context.ts'
import { readDraftInput } from '../draft-input.ts'
import { readPress, readWriter } from '../pressed.ts'

/** The message or the preview that follows says it. */
const silent = ['none', 'warned', 'shown']
const fine = ['asked', 'concluded', 'dropped']

/**
 * What supervisors write about a tip: an answer to one of our messages that ask for words, or `/ask` in the tip's topic or
 * as an answer to its card. What answers a message behind the card is offered to be sent; nothing else is read.
 */
export function tipWordsFeature(deps: FinishDeps & { albums: Albums }): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()

  feature.callbackQuery(/^p:(send|edit|drop):(\d{1,9})$/, async (ctx) => {
    const pressed = readPress(ctx)
    if (!pressed) return
    const [, act = '', id] = ctx.match
    const press = { ...pressed, promptId: Number(id) }
    const finish = { send: sendPrompted, edit: editPrompted, drop: dropPrompted }[act]
    const answer = finish ? await finish(ctx.tx, deps, press) : { outcome: 'over' as const }
    // Without its buttons it waits for nobody, and can still be read while other words are written.
    if (answer.outcome === 'editing') return ctx.show(ctx.t('handling:write.before', answer))
    if (silent.includes(answer.outcome)) return
    const text = ctx.t(`handling:answer.${answer.outcome}`, answer)
    if (fine.includes(answer.outcome)) return ctx.show(text)
    ctx.toast(text, true)
  })

  feature.command('ask', async (ctx) => {
    const writer = readWriter(ctx)
    if (!writer) return
    const threadId = ctx.message?.is_topic_message ? ctx.message.message_thread_id : undefined
    const card = await findCardAt(ctx.tx, { ...writer, threadId })
    if (!card) return ctx.say(ctx.t('handling:ask.where'))
    if (ctx.match.trim() === '') return ctx.say(ctx.t('handling:ask.how'))
    const actor = await checkActor(ctx.tx, { ...writer, cardId: card.id }, 'holder')
    const answer =
      actor.outcome === 'allowed'
        ? await askReporter(ctx.tx, deps, actor, { text: ctx.match })
        : actor
    await say(ctx, answer)
  })

  feature.on('message', async (ctx, next) => {
    const writer = readWriter(ctx)
    const input = readDraftInput(ctx.update)
    if (!writer || writer.messageId === 0) return next()
    if (input?.kind !== 'text' && input?.kind !== 'file') return next()
    const file = input.kind === 'file' ? input : undefined
    const text = input.kind === 'file' ? (input.caption ?? '') : input.text
    const answer = await replyToPrompt(ctx.tx, deps, { ...writer, text, file })
    if (answer.outcome === 'none') {
      await offerToSend(ctx.tx, deps, { ...writer, text, isFile: file !== undefined })
      return next()
    }
    const isRest = answer.outcome === 'over' && deps.albums.isTold(ctx, 'asked')
    const told = isRest ? { outcome: 'only-one' } : answer
    if (deps.albums.isNews(ctx, told.outcome)) await say(ctx, told)
  })
  return feature
}

async function say(ctx: ChatContext, answer: { outcome: string }): Promise<void> {
  if (!silent.includes(answer.outcome))
    await ctx.say(ctx.t(`handling:answer.${answer.outcome}`, answer))
}
