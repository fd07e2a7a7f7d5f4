import { Composer } from 'grammy'
import {
  declineMessage,
  takeAnswer,
  type Writing,
  type Written,
  wishFor,
} from '../../tips/dialogue/answer-message.ts'
import { saveMessageState } from '../../tips/dialogue/message-store.ts'
import { openMessage, wordsOf } from '../../tips/dialogue/open-message.ts'
import { findOwnMessage, findOwnTip } from '../../tips/dialogue/own-message.ts'
import { showGroupEvidence } from '../../tips/evidence/show-group-evidence.ts'
import { type Aftercare, answerAftercare } from '../../tips/handling/ask-aftercare.ts'
import type { FinishDeps } from '../../tips/handling/finish-prompt.ts'
import { type ReopenOutcome, reopenTip } from '../../tips/handling/reopen-tip.ts'
import {
  nameOfOther,
  nameOfWish,
  readWish,
  type VoiceWish,
  voiceOrigins,
} from '../../tips/interview/voice-wish.ts'
import { dropPrompt, type Prompt, savePrompt } from '../../tips/reporter/prompt.ts'
import type { Albums } from '../albums.ts'
import type { ChatContext } from '../context.ts'
import { readDraftInput } from '../draft-input.ts'
import { homeKeyboard } from '../keyboards.ts'
import { chatIdOf, deleteTyped, findTicketReceipt } from '../receipt-access.ts'

export type DialogueFeatureDeps = FinishDeps & { albums: Albums }

/** What comes to a reporter about their tip, and what they say to it. Asked before whatever else takes files. */
export function dialogueFeature(deps: DialogueFeatureDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const idOf = (ctx: ChatContext) => Number(ctx.match?.[1])
  const own = (ctx: ChatContext) =>
    findOwnMessage(ctx.tx, deps, { chatId: chatIdOf(ctx), messageId: idOf(ctx) })
  const gone = (ctx: ChatContext) => ctx.toast(ctx.t('dialogue:gone'), true)

  feature.callbackQuery(/^q:open:(\d{1,9})$/, async (ctx) => {
    const about = { chatId: chatIdOf(ctx), messageId: idOf(ctx), t: ctx.t.bind(ctx) }
    const opened = await openMessage(ctx.tx, deps, about)
    if (opened.outcome === 'gone') return gone(ctx)
    await ctx.show(opened.text, opened.keyboard)
    const reader = { chatId: chatIdOf(ctx), language: ctx.turn.language }
    if (opened.evidenceId !== undefined)
      await showGroupEvidence(ctx.tx, deps, reader, opened.evidenceId)
  })

  feature.callbackQuery(/^q:ans:(\d{1,9})$/, async (ctx) => {
    const found = await own(ctx)
    if (found?.message.kind !== 'question') return gone(ctx)
    const { tip, message, content } = found
    const prompt = { kind: 'answer' as const, tipId: tip.id, messageId: message.id }
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), prompt)
    const text = wordsOf(ctx.t.bind(ctx), content)
    await askToWrite(
      ctx,
      ctx.t('dialogue:write.answer', { number: tip.number, text }),
      wishFor(deps, tip),
    )
  })

  feature.callbackQuery(/^q:no:(\d{1,9})$/, async (ctx) => {
    const about = { chatId: chatIdOf(ctx), messageId: idOf(ctx) }
    const { outcome } = await declineMessage(ctx.tx, deps, about)
    if (outcome === 'gone') return gone(ctx)
    await ctx.show(ctx.t('dialogue:declined'))
  })

  feature.callbackQuery(/^q:del:(\d{1,9})$/, async (ctx) => {
    const found = await own(ctx)
    if (found)
      await saveMessageState(ctx.tx, found.message.id, { from: ['sent', 'opened'], to: 'removed' })
    await deletePressed(ctx)
  })

  feature.callbackQuery(/^q:re:(\d{1,9})(:now)?$/, async (ctx) => {
    const found = await own(ctx)
    if (found?.message.kind !== 'result') return gone(ctx)
    if (ctx.match[2]) {
      const about = { chatId: chatIdOf(ctx), messageId: found.message.id, reason: '' }
      return sayReopened(ctx, await reopenTip(ctx.tx, deps, about))
    }
    const { tip, message } = found
    const prompt = { kind: 'reopening' as const, tipId: tip.id, messageId: message.id }
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), prompt)
    const data = `q:re:${message.id}:now`
    const button = { text: ctx.t('dialogue:button.re-now'), data }
    await ctx.say(ctx.t('dialogue:write.reopening', { number: tip.number }), [[button]])
  })

  feature.callbackQuery(/^q:care:(\d{1,9}):(no|yes|stop)$/, async (ctx) => {
    const about = { chatId: chatIdOf(ctx), messageId: idOf(ctx), answer: ctx.match[2] as Aftercare }
    const answer = await answerAftercare(ctx.tx, deps, about)
    if (answer.outcome === 'gone') return gone(ctx)
    await ctx.show(ctx.t(`dialogue:cared.${answer.outcome}`))
  })

  feature.callbackQuery('q:done', (ctx) =>
    ctx.show(ctx.t('dialogue:done'), homeKeyboard(ctx.t.bind(ctx))),
  )

  feature.callbackQuery(/^s:add:(.+)$/, async (ctx) => {
    const receipt = await findTicketReceipt(ctx, deps, ctx.match[1])
    if (!receipt) return
    const { tipId, number } = receipt
    // Who has only the slip of paper may read where it stands, but speaks from the chat that filed it.
    const tip = await findOwnTip(ctx.tx, deps, { chatId: chatIdOf(ctx), tipId })
    if (!tip) return ctx.say(ctx.t('dialogue:not-here'))
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), { kind: 'addition', tipId })
    await askToWrite(ctx, ctx.t('dialogue:write.addition', { number }), wishFor(deps, tip))
  })

  feature.callbackQuery(/^q:voice:(.+)$/, async (ctx) => {
    const wish = readWish(ctx.match[1] ?? '')
    const prompt = await ctx.turn.prompt()
    const isWriting = prompt?.kind === 'answer' || prompt?.kind === 'addition'
    const about = { chatId: chatIdOf(ctx), tipId: isWriting ? prompt.tipId : 0 }
    const tip = isWriting ? await findOwnTip(ctx.tx, deps, about) : null
    if (!wish || !isWriting || !tip) return ctx.toast(ctx.t('dialogue:voice.over'), true)
    const voice = { ...prompt.voice, [wish.origin]: wish.form }
    await savePrompt(ctx.tx, deps, chatIdOf(ctx), { ...prompt, voice })
    await askToWrite(ctx, ctx.t('dialogue:voice.chosen'), wishFor(deps, tip, voice))
  })

  feature.on(['message', 'edited_message'], async (ctx, next) => {
    const input = readDraftInput(ctx.update)
    if (input?.kind !== 'file' && input?.kind !== 'refused') return next()
    const prompt = await ctx.turn.prompt()
    if (prompt?.kind !== 'answer' && prompt?.kind !== 'addition') return next()
    if (input.kind === 'refused') return ctx.say(ctx.t(`tips:refused.${input.what}`))
    await takeWords(ctx, deps, prompt, input)
    if (input.caption) await takeWords(ctx, deps, prompt, { kind: 'text', text: input.caption })
  })
  return feature
}

/** Asks for words or a voice, and says before anything is spoken what becomes of a voice, with a button for the other. */
async function askToWrite(ctx: ChatContext, text: string, wish: VoiceWish): Promise<void> {
  const names = voiceOrigins.map((origin) => nameOfWish(wish, origin))
  const lines = names.map((name) => ctx.t(`interview:voice-wish.now.${name}`))
  const buttons = voiceOrigins.map((origin) => {
    const name = nameOfOther(wish, origin)
    return [{ text: ctx.t(`interview:voice-wish.button.${name}`), data: `q:voice:${name}` }]
  })
  await ctx.say([text, lines.join('\n')].join('\n\n'), buttons)
}

type WritingPrompt = Extract<Prompt, { kind: 'answer' | 'addition' }>

/** Words or a file for the tip that the pressed button named. More may follow until “that is all” is pressed. */
export async function takeWords(
  ctx: ChatContext,
  deps: DialogueFeatureDeps,
  prompt: WritingPrompt,
  written: Written,
): Promise<void> {
  const chatId = chatIdOf(ctx)
  const messageId = prompt.kind === 'answer' ? prompt.messageId : null
  const writing: Writing = { chatId, tipId: prompt.tipId, messageId }
  const said = written.kind === 'file' ? { ...written, voice: prompt.voice } : written
  const taken = await takeAnswer(ctx.tx, deps, writing, said)
  await savePrompt(ctx.tx, deps, chatId, prompt)
  const done = [[{ text: ctx.t('dialogue:button.done'), data: 'q:done' }]]
  const isTaken = taken.outcome === 'handed-on'
  if (!deps.albums.isNews(ctx, taken.outcome)) return
  const text = ctx.t(`dialogue:taken.${taken.outcome}`, taken)
  // Who passes something on may fear that it tells from whom it came.
  const isForwarded = isTaken && ctx.message?.forward_origin !== undefined
  await ctx.say(
    isForwarded ? `${ctx.t('tips:remark.forwarded')}\n\n${text}` : text,
    isTaken ? done : undefined,
  )
}

/** Why the reporter is not content was typed. What else they type goes to whoever looks into it now. */
export async function takeReopening(
  ctx: ChatContext,
  deps: DialogueFeatureDeps,
  { tipId, messageId }: Extract<Prompt, { kind: 'reopening' }>,
  text: string,
): Promise<void> {
  const addition = { kind: 'addition' as const, tipId }
  const about = { chatId: chatIdOf(ctx), messageId, reason: text }
  const outcome = await reopenTip(ctx.tx, deps, about)
  if (outcome.outcome === 'underway') return takeWords(ctx, deps, addition, { kind: 'text', text })
  if (outcome.outcome !== 'reopened') {
    await dropPrompt(ctx.tx, deps, chatIdOf(ctx))
    return sayReopened(ctx, outcome)
  }
  await savePrompt(ctx.tx, deps, chatIdOf(ctx), addition)
  await sayReopened(ctx, outcome)
}

const sayReopened = (ctx: ChatContext, outcome: ReopenOutcome): Promise<void> =>
  ctx.say(ctx.t(`dialogue:reopened.${outcome.outcome}`, outcome))

async function deletePressed(ctx: ChatContext): Promise<void> {
  const messageId = ctx.callbackQuery?.message?.message_id
  if (messageId === undefined) return deleteTyped(ctx)
  await ctx.turn.enqueue(ctx.tx, {
    lane: 'urgent',
    purpose: 'tidy',
    address: { chatId: chatIdOf(ctx) },
    outgoing: { kind: 'delete', messageId },
  })
}
