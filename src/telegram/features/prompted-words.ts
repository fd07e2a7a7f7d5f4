import { Composer } from 'grammy'
import { dropPrompt, isMeantFor, type Prompt } from '../../tips/reporter/prompt.ts'
import type { ChatContext } from '../context.ts'
import { chatIdOf, type ReceiptDeps } from '../receipt-access.ts'
import { isWholeCode } from '../typed-code.ts'

type PromptOf<Kind> = Extract<Prompt, { kind: Kind }>
export type PromptHandlers = {
  [Kind in Prompt['kind']]: (
    ctx: ChatContext,
    prompt: PromptOf<Kind>,
    text: string,
  ) => Promise<void>
}

/**
 * Words that the bot asked for: a password, a name. Asked before everything else that takes words. A command or a
 * button means that the person turned to something else.
 */
export function promptedWordsFeature(
  deps: ReceiptDeps,
  handlers: PromptHandlers,
): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  const turnAway = async (ctx: ChatContext, next: () => Promise<void>) => {
    if (await ctx.turn.prompt()) await dropPrompt(ctx.tx, deps, chatIdOf(ctx))
    await next()
  }
  // How a voice is to be heard is chosen in the middle of an answer.
  const isAboutVoice = (data = '') => data.startsWith('q:voice:')
  feature.on('callback_query', (ctx, next) =>
    isAboutVoice(ctx.callbackQuery.data) ? next() : turnAway(ctx, next),
  )
  feature.on('message:text', async (ctx, next) => {
    const { text } = ctx.message
    if (text.startsWith('/')) return turnAway(ctx, next)
    const prompt = await ctx.turn.prompt()
    if (!prompt) return next()
    if (isWholeCode(text) || !isMeantFor(prompt.kind, text)) return turnAway(ctx, next)
    // The compiler cannot see that the handler and the prompt are of one kind.
    const handle = handlers[prompt.kind] as (
      ctx: ChatContext,
      p: Prompt,
      t: string,
    ) => Promise<void>
    return handle(ctx, prompt, text)
  })
  return feature
}
