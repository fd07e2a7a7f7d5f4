import { Composer } from 'grammy'
import type { DirectoryCache } from '../../areas/directory.ts'
import { composeFor, partFor } from '../../audiences/plan-content.ts'
import { findPublished } from '../../content/content-store.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import type { Keyring } from '../../lib/keyring.ts'
import type { Messages } from '../../messages/messages.ts'
import { findSubscriber } from '../../subscribers/subscriber-store.ts'
import { answerQuestion } from '../../understanding/answer-question.ts'
import { findProgress, type Progress } from '../../understanding/progress.ts'
import { readContent } from '../../understanding/read-content.ts'
import { showAnswer, showQuestion } from '../../understanding/show-question.ts'
import type { ChatContext } from '../context.ts'
import { homeKeyboard } from '../keyboards.ts'

export type ReadingDeps = {
  keyring: Keyring
  messages: Messages
  directory: DirectoryCache
  today: () => string
}

/** “I have read it”, the question that follows and its answer, and /progress: how many rules one has read. */
export function readingFeature(deps: ReadingDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^r:read:(\d{1,9})$/, (ctx) => takeRead(ctx, deps, Number(ctx.match[1])))
  feature.callbackQuery(/^r:quiz:(\d{1,9}):(\d{1,9}):(\d):(\d{1,9})$/, (ctx) => {
    const [, contentId, number, option, tries] = ctx.match
    return takeAnswer(ctx, deps, {
      contentId: Number(contentId),
      number: Number(number),
      option: Number(option),
      tries: Number(tries),
    })
  })
  feature.callbackQuery(/^r:next:(\d{1,9})$/, (ctx) => sayContent(ctx, deps, Number(ctx.match[1])))
  feature.command('progress', (ctx) => sayProgress(ctx, deps))
  return feature
}

async function takeRead(ctx: ChatContext, deps: ReadingDeps, contentId: number): Promise<void> {
  const chatId = chatOf(ctx)
  const person = { keyring: deps.keyring, today: deps.today() }
  const read = await readContent(ctx.tx, person, { chatId, contentId })
  if (read.outcome === 'stranger') return sayHome(ctx, 'understanding:stranger')
  if (read.outcome === 'gone') return ctx.toast(ctx.t('understanding:gone'), true)
  if (read.outcome === 'asked-before') return ctx.toast(ctx.t('understanding:askedBefore'))
  if (!read.question) {
    if (read.isFirst) return ctx.say(ctx.t('understanding:thanks'))
    return ctx.toast(ctx.t('understanding:thanksBefore'))
  }
  const { text, keyboard } = showQuestion(read.question)
  const intro = read.isFirst ? ctx.t('understanding:ask') : ctx.t('understanding:askOnce')
  await ctx.say(`${intro}\n\n${text}`, keyboard)
}

async function takeAnswer(
  ctx: ChatContext,
  deps: ReadingDeps,
  given: { contentId: number; number: number; option: number; tries: number },
): Promise<void> {
  const { tree } = await deps.directory.current(ctx.tx)
  const person = { keyring: deps.keyring, today: deps.today(), tree }
  const answer = await answerQuestion(ctx.tx, person, { ...given, chatId: chatOf(ctx) })
  switch (answer.outcome) {
    case 'stranger':
      return sayHome(ctx, 'understanding:stranger')
    case 'gone':
      return ctx.show(ctx.t('understanding:gone'))
    case 'answered-before':
      return ctx.toast(ctx.t('understanding:answeredBefore'))
    case 'changed': {
      const { text, keyboard } = showQuestion(answer.question)
      return ctx.show(`${ctx.t('understanding:changed')}\n\n${text}`, keyboard)
    }
    case 'answered':
      return ctx.show(showAnswer(answer, ctx.t.bind(ctx)))
  }
}

async function sayProgress(ctx: ChatContext, deps: ReadingDeps): Promise<void> {
  const person = { keyring: deps.keyring, today: deps.today() }
  const progress = await findProgress(ctx.tx, person, chatOf(ctx))
  if (!progress) return sayHome(ctx, 'understanding:progress.stranger')
  if (progress.length === 0) return sayHome(ctx, 'understanding:progress.none')
  const lines = progress.map(({ name, total, read, next }) =>
    next
      ? ctx.t('understanding:progress.line', { name, total, read })
      : ctx.t('understanding:progress.done', { name, total }),
  )
  await ctx.say(lines.join('\n'), nextButton(ctx, progress))
}

/** One button: the first set with something unread is the one to go on with. */
function nextButton(ctx: ChatContext, progress: readonly Progress[]): Keyboard {
  const next = progress.find((one) => one.next !== null)?.next
  if (!next) return []
  return [[{ text: ctx.t('understanding:button.next'), data: `r:next:${next.contentId}` }]]
}

async function sayContent(ctx: ChatContext, deps: ReadingDeps, contentId: number): Promise<void> {
  const { messages, keyring } = deps
  const { tree } = await deps.directory.current(ctx.tx)
  const place = { messages, tree, today: deps.today() }
  const { language } = ctx.turn
  const areaId = (await findSubscriber(ctx.tx, keyring, chatOf(ctx)))?.areaId ?? null
  const version = await findPublished(ctx.tx, contentId, place.today)
  // It may name an election day, and this village has none.
  const isFit = version && (areaId === null || partFor(place, version, { language, areaId }))
  if (!isFit) return ctx.toast(ctx.t('understanding:gone'), true)
  await ctx.turn.enqueue(ctx.tx, {
    ...{ lane: 'urgent', purpose: 'reply' },
    address: { chatId: chatOf(ctx) },
    outgoing: composeFor(place, { version, asksRead: true }, { language, areaId }),
  })
}

const sayHome = (ctx: ChatContext, key: string) =>
  ctx.say(ctx.t(key), homeKeyboard(ctx.t.bind(ctx)))

/** In private the chat is the person. */
function chatOf(ctx: ChatContext): number {
  const chatId = ctx.chat?.id
  if (chatId === undefined) throw new Error('This update has no chat')
  return chatId
}
