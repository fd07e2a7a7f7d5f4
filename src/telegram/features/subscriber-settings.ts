import { Composer } from 'grammy'
import type { DirectoryCache } from '../../areas/directory.ts'
import type { Keyring } from '../../lib/keyring.ts'
import { eraseSubscriber } from '../../subscribers/erase-subscriber.ts'
import { isPickableHour } from '../../subscribers/hours.ts'
import { pauseDays, pauseSubscriber } from '../../subscribers/pause.ts'
import { resumeStopped, stopSubscriber } from '../../subscribers/stop-subscriber.ts'
import { type Subscriber, subscriberRoles, topics } from '../../subscribers/subscriber.ts'
import {
  changeSubscriber,
  findSubscriber,
  type SubscriberChange,
} from '../../subscribers/subscriber-store.ts'
import type { ChatContext } from '../context.ts'
import { homeKeyboard, languageKeyboard } from '../keyboards.ts'
import { chatIdOf } from '../receipt-access.ts'
import {
  showErase,
  showHours,
  showPause,
  showRoles,
  showSettings,
  showTopics,
  stoppedKeyboard,
} from '../subscriber-screens.ts'

export type SubscriberSettingsDeps = {
  keyring: Keyring
  directory: DirectoryCache
  today: () => string
  now: () => Date
}

/** A change, or what is to be shown. */
type Answer = (ctx: ChatContext, subscriber: Subscriber) => Promise<unknown>

/** /settings and /stop: what a villager gets, when, and whether at all; and the end of everything that is kept. */
export function subscriberSettingsFeature(deps: SubscriberSettingsDeps): Composer<ChatContext> {
  const { keyring } = deps
  const feature = new Composer<ChatContext>()
  const read = (ctx: ChatContext) => findSubscriber(ctx.tx, keyring, chatIdOf(ctx))
  const work = () => ({ keyring, now: deps.now(), today: deps.today() })

  /** Answers a button; who was erased meanwhile is told so. */
  const withSubscriber = (answer: Answer) => async (ctx: ChatContext) => {
    const subscriber = await read(ctx)
    if (subscriber) await answer(ctx, subscriber)
    else await ctx.show(ctx.t('subscribers:settings.unknown'))
  }
  const home = (ctx: ChatContext) => saySettings(ctx, deps)
  const change = async (ctx: ChatContext, changed: SubscriberChange) => {
    await changeSubscriber(ctx.tx, keyring, chatIdOf(ctx), changed)
    await home(ctx)
  }
  const stop = async (ctx: ChatContext) => {
    const outcome = await stopSubscriber(ctx.tx, work(), chatIdOf(ctx))
    if (outcome === 'stopped')
      await ctx.show(ctx.t('subscribers:stopped'), stoppedKeyboard(ctx.turn.t))
    else await ctx.show(ctx.t('subscribers:stoppedBefore'))
  }

  feature.command('settings', home)
  feature.callbackQuery(['home:settings', 'set:home'], home)
  feature.command('stop', stop)
  feature.callbackQuery('set:stop', stop)
  feature.callbackQuery('set:unstop', async (ctx) => {
    const isBack = await resumeStopped(ctx.tx, keyring, chatIdOf(ctx))
    if (!isBack) return home(ctx)
    await ctx.show(ctx.t('subscribers:resumed'), homeKeyboard(ctx.turn.t))
  })
  feature.callbackQuery('set:start', async (ctx) => {
    await resumeStopped(ctx.tx, keyring, chatIdOf(ctx))
    await home(ctx)
  })

  feature.callbackQuery(
    'set:topics',
    withSubscriber((ctx, subscriber) => show(ctx, showTopics(ctx.turn.t, subscriber))),
  )
  feature.callbackQuery(/^set:topic:([a-z]+):(on|off)$/, async (ctx) => {
    const topic = topics.find((known) => known === ctx.match[1])
    if (topic)
      await withSubscriber(async (_, subscriber) => {
        const others = subscriber.mutedTopics.filter((muted) => muted !== topic)
        const mutedTopics = ctx.match[2] === 'off' ? [...others, topic] : others
        await changeSubscriber(ctx.tx, keyring, chatIdOf(ctx), { mutedTopics })
        await show(ctx, showTopics(ctx.turn.t, { ...subscriber, mutedTopics }))
      })(ctx)
  })

  feature.callbackQuery(
    'set:hours',
    withSubscriber((ctx, subscriber) => show(ctx, showHours(ctx.turn.t, subscriber))),
  )
  feature.callbackQuery('set:hour:due', (ctx) => change(ctx, { hour: null }))
  feature.callbackQuery(/^set:hour:(\d{1,2})$/, async (ctx) => {
    const hour = Number(ctx.match[1])
    if (isPickableHour(hour)) await change(ctx, { hour })
  })

  feature.callbackQuery(
    'set:pause',
    withSubscriber((ctx) => show(ctx, showPause(ctx.turn.t))),
  )
  feature.callbackQuery(/^set:pause:(\d{1,2}|open)$/, async (ctx) => {
    const length = ctx.match[1] === 'open' ? 'open' : pauseDays.find((n) => `${n}` === ctx.match[1])
    if (length === undefined) return
    await pauseSubscriber(ctx.tx, work(), chatIdOf(ctx), length)
    await home(ctx)
  })
  feature.callbackQuery('set:resume', (ctx) => change(ctx, { pausedUntil: null }))

  feature.callbackQuery(
    'set:role',
    withSubscriber((ctx, subscriber) => show(ctx, showRoles(ctx.turn.t, subscriber))),
  )
  feature.callbackQuery(/^set:role:([a-z]+)$/, async (ctx) => {
    const role = subscriberRoles.find((known) => known === ctx.match[1])
    if (role) await change(ctx, { role })
  })
  feature.callbackQuery('set:language', (ctx) =>
    ctx.show(ctx.t('subscribers:language.ask'), languageKeyboard),
  )

  feature.callbackQuery('set:erase', (ctx) => show(ctx, showErase(ctx.turn.t)))
  feature.callbackQuery('set:erase-2', async (ctx) => {
    const isErased = await eraseSubscriber(ctx.tx, work(), chatIdOf(ctx))
    await ctx.show(ctx.t(isErased ? 'subscribers:erase.done' : 'subscribers:erase.nothing'))
  })
  return feature
}

/** Who is not known is told how to begin. */
export async function saySettings(
  ctx: ChatContext,
  { keyring, directory, today }: Omit<SubscriberSettingsDeps, 'now'>,
): Promise<void> {
  const subscriber = await findSubscriber(ctx.tx, keyring, chatIdOf(ctx))
  if (!subscriber) return ctx.show(ctx.t('subscribers:settings.unknown'))
  const { tree } = await directory.current(ctx.tx)
  await show(ctx, showSettings({ t: ctx.turn.t, today: today(), tree }, subscriber))
}

const show = (ctx: ChatContext, { text, keyboard }: ReturnType<typeof showPause>) =>
  ctx.show(text, keyboard)
