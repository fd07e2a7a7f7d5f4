import { Composer } from 'grammy'
import { dayOf } from '../../lib/calendar.ts'
import { type AppealDeps, appealMute, liftMute } from '../../tips/muting/appeal-mute.ts'
import { findMute, type MuteHours, muteHours } from '../../tips/muting/mute.ts'
import { type MuteDeps, mayMute, muteReporter } from '../../tips/muting/mute-reporter.ts'
import { findTipAt } from '../../tips/muting/mute-store.ts'
import { dropPrompt, savePrompt } from '../../tips/reporter/prompt.ts'
import type { TipDeps } from '../../tips/tip-deps.ts'
import { findTipByNumber } from '../../tips/tip-store.ts'
import { anonymousAdminId, isAnonymousAdmin } from '../anonymous-admin.ts'
import type { ChatContext } from '../context.ts'
import { homeKeyboard } from '../keyboards.ts'
import { readNumberAndWords } from '../number-and-words.ts'
import { chatIdOf } from '../receipt-access.ts'

type Deps = MuteDeps & AppealDeps & Pick<TipDeps, 'timezone'>

const appealMaxLength = 500

/** In an inbox: `/mute` at a tip silences whoever files nonsense again and again, and a group above can lift that. */
export function muteFeature(deps: Deps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('mute', async (ctx) => {
    if (isAnonymousAdmin(ctx.message)) return ctx.say(ctx.t('tips:acknowledge.anonymous'))
    const tipId = await findTipOf(ctx)
    if (tipId === null || !ctx.from) return ctx.say(ctx.t('identity:mute.how'))
    const request = { chatId: chatIdOf(ctx), telegramId: ctx.from.id, tipId }
    const may = await mayMute(ctx.tx, deps, request)
    if (may.outcome !== 'may') return ctx.say(ctx.t(`identity:mute.${may.outcome}`))
    await ctx.say(ctx.t('identity:mute.ask', may), [
      muteHours.map((hours) => ({
        text: ctx.t('identity:button.mute', { hours }),
        data: `m:for:${hours}:${tipId}`,
      })),
      [{ text: ctx.t('identity:button.no-mute'), data: 'm:no' }],
    ])
  })
  feature.callbackQuery(/^m:for:(24|72):(\d{1,9})$/, async (ctx) => {
    if (ctx.from.id === anonymousAdminId)
      return ctx.toast(ctx.t('tips:acknowledge.anonymous'), true)
    const hours = Number(ctx.match[1]) as MuteHours
    const by = { chatId: chatIdOf(ctx), telegramId: ctx.from.id }
    const outcome = await muteReporter(ctx.tx, deps, { ...by, tipId: Number(ctx.match[2]), hours })
    if (outcome.outcome === 'not-enrolled')
      return ctx.toast(ctx.t('identity:mute.not-enrolled'), true)
    await ctx.show(ctx.t(`identity:mute.${outcome.outcome}`, outcome))
  })
  feature.callbackQuery('m:no', (ctx) => ctx.show(ctx.t('identity:mute.not-muted')))
  feature.use(liftFeature(deps))
  return feature
}

/** The button below an appeal, in the inbox of the group above or in the private chat of an admin. */
export function liftFeature(deps: AppealDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^m:lift:(\d{1,9})$/, async (ctx) => {
    const by = { chatId: chatIdOf(ctx), telegramId: ctx.from.id }
    const outcome = await liftMute(ctx.tx, deps, { ...by, muteId: Number(ctx.match[1]) })
    if (outcome.outcome === 'not-allowed')
      return ctx.toast(ctx.t('identity:lift.not-allowed'), true)
    await ctx.show(ctx.t(`identity:lift.${outcome.outcome}`))
  })
  return feature
}

/** The button below the notice that nothing may be filed for now. */
export function appealFeature(deps: AppealDeps & Pick<TipDeps, 'timezone'>): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery('m:appeal', async (ctx) => {
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), { kind: 'appeal' })
    await ctx.say(ctx.t('identity:mute.say-why', { max: appealMaxLength }))
  })
  // A mute that came since is told instead.
  feature.callbackQuery('m:lifted', async (ctx) => {
    if (await sayIfMuted(ctx, deps)) return
    await ctx.show(ctx.t('identity:mute.lifted'), homeKeyboard(ctx.t.bind(ctx)))
  })
  return feature
}

/** Why the mute is wrong was typed. */
export async function takeAppeal(ctx: ChatContext, deps: AppealDeps, text: string): Promise<void> {
  const said = text.trim()
  if ([...said].length > appealMaxLength)
    return ctx.say(ctx.t('identity:mute.too-long', { max: appealMaxLength }))
  const chatId = chatIdOf(ctx)
  await dropPrompt(ctx.tx, deps, chatId)
  const outcome = await appealMute(ctx.tx, deps, { chatId, text: said })
  await ctx.say(ctx.t(`identity:appeal.${outcome.outcome}`), homeKeyboard(ctx.t.bind(ctx)))
}

/** Tells somebody who may file nothing for now until when, and what they can do. False when they may. */
export async function sayIfMuted(
  ctx: ChatContext,
  deps: Pick<TipDeps, 'keyring' | 'now' | 'timezone'>,
): Promise<boolean> {
  const mute = await findMute(ctx.tx, deps, chatIdOf(ctx))
  if (!mute) return false
  const local = Temporal.Instant.fromEpochMilliseconds(mute.untilAt.getTime())
    .toZonedDateTimeISO(deps.timezone)
    .toPlainTime()
  const day = dayOf(mute.untilAt, deps.timezone)
  const until = { day, time: local.toString().slice(0, 5) }
  await ctx.say(
    ctx.t('identity:mute.notice', until),
    mute.hasAppealed ? undefined : [[{ text: ctx.t('identity:button.appeal'), data: 'm:appeal' }]],
  )
  return true
}

/** Named behind the command, answered to, or the one whose topic this is. */
async function findTipOf(ctx: ChatContext): Promise<number | null> {
  const { number } = readNumberAndWords(typeof ctx.match === 'string' ? ctx.match : '')
  if (number !== null) return (await findTipByNumber(ctx.tx, number))?.id ?? null
  const { message } = ctx
  const threadId = message?.is_topic_message ? message.message_thread_id : undefined
  const messageId = message?.reply_to_message?.message_id
  return findTipAt(ctx.tx, { chatId: chatIdOf(ctx), messageId, threadId })
}
