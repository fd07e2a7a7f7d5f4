import { Composer } from 'grammy'
import {
  answerDraft,
  type DraftDeps,
  type DraftInput,
  type DraftOutcome,
  isWriting,
} from '../../tips/filing/answer-draft.ts'
import { beginDraft } from '../../tips/filing/begin-draft.ts'
import { renderScreen } from '../../tips/interview/render-screen.ts'
import type { ChatContext } from '../context.ts'
import { readDraftInput } from '../draft-input.ts'
import { homeKeyboard } from '../keyboards.ts'
import { isWholeCode } from '../typed-code.ts'
import { sayIfMuted } from './mute.ts'
import { sayKnownStatus } from './status.ts'

/** /report: the guided conversation. Asked after the commands and before whatever else takes typed words. */
export function reportFeature(deps: DraftDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const begin = (ctx: ChatContext) => beginReport(ctx, deps)
  const filed = createFiledChats()
  const take = (ctx: ChatContext, input: DraftInput) =>
    answerDraft(ctx.tx, deps, chatOf(ctx), input)

  feature.command('report', begin)
  feature.callbackQuery('home:report', begin)
  feature.command('cancel', async (ctx) => reply(ctx, deps, await take(ctx, { kind: 'stop' })))
  feature.callbackQuery(/^d:([a-z][a-z0-9_-]*):(.+)$/, async (ctx) => {
    const [, step = '', value = ''] = ctx.match
    const outcome = await take(ctx, { kind: 'press', step, value })
    const { chatId } = chatOf(ctx)
    if (outcome.outcome === 'filed') ctx.turn.afterCommit.push(() => filed.add(chatId))
    if (outcome.outcome === 'none' && value === 'submit' && filed.has(chatId))
      return ctx.toast(ctx.t('tips:draft.filed'))
    await reply(ctx, deps, outcome)
  })
  feature.on(['message', 'edited_message'], async (ctx, next) => {
    const input = readDraftInput(ctx.update)
    if (input?.kind === 'text' && (await isLookedUp(ctx, deps, input.text))) return
    const outcome = input && (await take(ctx, input))
    if (!outcome || outcome.outcome === 'none') return next()
    await reply(ctx, deps, outcome)
  })
  return feature
}

/** Notices that a villager who is writing a tip turns to something else. Asked before everything else. */
export function leaveReportFeature(deps: DraftDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const leave = async (ctx: ChatContext, next: () => Promise<void>) => {
    await answerDraft(ctx.tx, deps, chatOf(ctx), { kind: 'leave' })
    await next()
  }
  feature.command(['start', 'village'], leave)
  // Without a code: it comes as the next message.
  feature.command('status', (ctx, next) => (ctx.match.trim() === '' ? leave(ctx, next) : next()))
  feature.callbackQuery(/^(home:village$|v:)/, leave)
  return feature
}

export async function beginReport(ctx: ChatContext, deps: DraftDeps): Promise<void> {
  if (await sayIfMuted(ctx, deps)) return
  await reply(ctx, deps, await beginDraft(ctx.tx, deps, chatOf(ctx)))
}

/** How long a second press of “file it” is taken for the same. */
const filedMs = 60_000

/** In memory only: nothing that is stored may connect a chat with what was filed from it. */
function createFiledChats() {
  const untilAt = new Map<number, number>()
  const forgetOld = () => {
    for (const [chatId, until] of untilAt) if (until < Date.now()) untilAt.delete(chatId)
  }
  return {
    add: (chatId: number) => {
      forgetOld()
      untilAt.set(chatId, Date.now() + filedMs)
    },
    has: (chatId: number) => (untilAt.get(chatId) ?? 0) >= Date.now(),
  }
}

/**
 * Words of a draft go to a group, which must never see the code of another report: with it anybody may read where that
 * stands, and take it back.
 */
async function isLookedUp(ctx: ChatContext, deps: DraftDeps, text: string): Promise<boolean> {
  if (!isWholeCode(text) || !(await isWriting(ctx.tx, deps, chatOf(ctx)))) return false
  return sayKnownStatus(ctx, deps, text)
}

async function reply(ctx: ChatContext, deps: DraftDeps, outcome: DraftOutcome): Promise<void> {
  const t = ctx.t.bind(ctx)
  switch (outcome.outcome) {
    case 'none':
      return ctx.say(t('tips:draft.none'), homeKeyboard(t))
    case 'cancelled':
      return ctx.say(t('tips:draft.cancelled'), homeKeyboard(t))
    case 'muted':
      await sayIfMuted(ctx, deps)
      return
    // The receipt says it.
    case 'filed':
      return
    case 'asked': {
      const messages = renderScreen(deps.messages.in(ctx.turn.language), outcome.screen)
      const isTurningPages = messages.length === 1 && isPlaceButton(ctx, outcome)
      for (const { text, keyboard } of messages)
        await (isTurningPages ? ctx.show(text, keyboard) : ctx.say(text, keyboard))
    }
  }
}

/** Going down the tree of places changes the list in its place; every other question is a message of its own. */
function isPlaceButton(
  ctx: ChatContext,
  { screen }: Extract<DraftOutcome, { outcome: 'asked' }>,
): boolean {
  const pressed = ctx.callbackQuery?.data ?? ''
  return (
    pressed.startsWith('d:where:') && isAtPlaces(screen.keyboard.flat().map(({ data }) => data))
  )
}

function isAtPlaces(buttons: string[]): boolean {
  return buttons.length > 0 && buttons.every((data) => data.startsWith('d:where:'))
}

function chatOf(ctx: ChatContext) {
  const chatId = ctx.chat?.id
  if (chatId === undefined) throw new Error('A tip is written in a chat')
  return { chatId, language: ctx.turn.language }
}
