import { Composer } from 'grammy'
import type { DirectoryCache } from '../../areas/directory.ts'
import { composeFor } from '../../audiences/plan-content.ts'
import { textFor, titleOf } from '../../content/content.ts'
import { listBlanks } from '../../content/fill-in.ts'
import { listReadings, type Reading } from '../../content/shelf-store.ts'
import type { Keyring } from '../../lib/keyring.ts'
import type { Messages } from '../../messages/messages.ts'
import { findSubscriber } from '../../subscribers/subscriber-store.ts'
import type { ChatContext } from '../context.ts'

export type RulesDeps = {
  keyring: Keyring
  messages: Messages
  directory: DirectoryCache
  today: () => string
}

/** /rules: everything that is published, to be read at any time, whether one subscribed or not. */
export function rulesFeature(deps: RulesDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.command('rules', (ctx) => sayShelves(ctx, deps))
  feature.callbackQuery('ru:home', (ctx) => sayShelves(ctx, deps))
  feature.callbackQuery('ru:again', (ctx) => sayShelves(ctx, deps, ctx.say.bind(ctx)))
  feature.callbackQuery(/^ru:in:(\d{1,9})$/, (ctx) => sayShelf(ctx, deps, Number(ctx.match[1])))
  feature.callbackQuery(/^ru:read:(\d{1,9})$/, (ctx) => sayReading(ctx, deps, Number(ctx.match[1])))
  return feature
}

async function sayShelves(
  ctx: ChatContext,
  deps: RulesDeps,
  say = ctx.show.bind(ctx),
): Promise<void> {
  const { series, readings } = await listReadable(ctx, deps)
  const shelves = series.flatMap(({ id, name }) => {
    const count = readings.filter(({ seriesId }) => seriesId === id).length
    return count === 0
      ? []
      : [[{ text: ctx.t('content:rules.series', { name, count }), data: `ru:in:${id}` }]]
  })
  const others = readings
    .filter(({ seriesId }) => seriesId === null)
    .map((reading) => toButton(ctx, reading))
  const keyboard = [...shelves, ...others]
  const key = keyboard.length === 0 ? 'content:rules.empty' : 'content:rules.title'
  await say(ctx.t(key), keyboard)
}

async function sayShelf(ctx: ChatContext, deps: RulesDeps, id: number): Promise<void> {
  const { series, readings } = await listReadable(ctx, deps)
  const inside = readings.filter(({ seriesId }) => seriesId === id)
  const name = series.find((one) => one.id === id)?.name
  if (name === undefined || inside.length === 0) return sayShelves(ctx, deps)
  await ctx.show(ctx.t('content:rules.series', { name, count: inside.length }), [
    ...inside.map((reading) => toButton(ctx, reading)),
    [{ text: ctx.t('content:rules.back'), data: 'ru:home' }],
  ])
}

/** As a new message, so that what was read stays in the chat. */
async function sayReading(ctx: ChatContext, deps: RulesDeps, contentId: number): Promise<void> {
  const { readings, areaId, tree } = await listReadable(ctx, deps)
  const reading = readings.find(({ version }) => version.contentId === contentId)
  if (!reading) return sayShelves(ctx, deps)
  const shelf = readings.filter(({ seriesId }) => seriesId === reading.seriesId)
  const next = shelf[shelf.indexOf(reading) + 1]
  const { language } = ctx.turn
  const outgoing = composeFor(
    { messages: deps.messages, tree, today: deps.today() },
    { version: reading.version, asksRead: true },
    { language, areaId },
  )
  const rows = [
    ...(next
      ? [
          [
            {
              text: ctx.t('content:rules.next'),
              data: `ru:read:${next.version.contentId}`,
            },
          ],
        ]
      : []),
    [{ text: ctx.t('content:rules.back'), data: 'ru:again' }],
  ]
  const known = 'keyboard' in outgoing ? (outgoing.keyboard ?? []) : []
  await ctx.turn.enqueue(ctx.tx, {
    lane: 'urgent',
    purpose: 'reply',
    address: { chatId: ctx.chat?.id ?? ctx.from?.id ?? 0 },
    outgoing: { ...outgoing, keyboard: [...known, ...rows] } as typeof outgoing,
  })
}

const toButton = (ctx: ChatContext, { version }: Reading) => [
  { text: titleOf(version, ctx.turn.language), data: `ru:read:${version.contentId}` },
]

/** Without a village of one's own, what names the village or its day cannot be read. */
async function listReadable(ctx: ChatContext, { keyring, directory, today }: RulesDeps) {
  const { tree } = await directory.current(ctx.tx)
  const known = await findSubscriber(ctx.tx, keyring, ctx.chat?.id ?? ctx.from?.id ?? 0)
  const areaId = known?.areaId ?? null
  const day = areaId === null ? null : tree.electionDay(areaId)
  const { series, readings } = await listReadings(ctx.tx, today())
  const isReadable = ({ version }: Reading) => {
    const text = textFor(version.texts, ctx.turn.language)
    const blanks = text ? listBlanks(`${text.title}\n${text.body}`) : []
    if (blanks.length === 0) return true
    return areaId !== null && (day !== null || blanks.every((blank) => blank === 'village'))
  }
  return { tree, areaId, series, readings: readings.filter(isReadable) }
}
