import { Composer } from 'grammy'
import type { Albums } from '../albums.ts'
import type { ChatContext } from '../context.ts'
import { readDraftInput } from '../draft-input.ts'
import { homeKeyboard } from '../keyboards.ts'

/** Whatever nothing else understood: a plain sentence and what can be pressed, never silence. */
export function fallbackFeature({ albums }: { albums: Albums }): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.on('callback_query', (ctx) => {
    ctx.toast(ctx.t('common:oldButton'))
  })
  feature.on('message', async (ctx) => {
    if (albums.isNews(ctx, 'fallback'))
      await ctx.say(ctx.t(keyFor(ctx)), homeKeyboard(ctx.t.bind(ctx)))
  })
  return feature
}

function keyFor(ctx: ChatContext): string {
  const text = ctx.message?.text
  if (text !== undefined)
    return text.startsWith('/') ? 'common:unknownCommand' : 'common:notUnderstood'
  const input = readDraftInput(ctx.update)
  if (input?.kind === 'refused' && (input.what === 'contact' || input.what === 'location'))
    return `tips:refused.${input.what}`
  return input ? 'common:reportFirst' : 'common:notUnderstood'
}
