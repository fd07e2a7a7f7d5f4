import { Composer } from 'grammy'
import { dropStaffPrompt, findStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { Staff } from '../../staff/staff-store.ts'
import type { ChatContext } from '../context.ts'

/** By the kind of the prompt. Handlers ask the next thing, or drop the prompt, themselves. */
export type StaffWordHandlers = Record<
  string,
  (ctx: ChatContext, staff: Staff, data: unknown) => Promise<unknown>
>

/**
 * What somebody of the office types or sends because the bot asked for it: a text for a campaign, a file for the library.
 * A command means that they turned to something else; a button of the same dialogue does not.
 */
export function staffWordsFeature(
  { now }: { now: () => Date },
  handlers: StaffWordHandlers,
): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.on('message', async (ctx, next) => {
    const staff = await ctx.turn.staff()
    if (!staff) return next()
    if (ctx.message.text?.startsWith('/')) {
      await dropStaffPrompt(ctx.tx, staff.id)
      return next()
    }
    const prompt = await findStaffPrompt(ctx.tx, staff.id, now())
    const handle = prompt && handlers[prompt.kind]
    if (!handle) return next()
    await handle(ctx, staff, prompt.data)
  })
  // Nobody would notice that the old words are the ones that count.
  feature.on('edited_message', async (ctx, next) => {
    const staff = await ctx.turn.staff()
    const prompt = staff && (await findStaffPrompt(ctx.tx, staff.id, now()))
    if (!prompt || !handlers[prompt.kind]) return next()
    await ctx.say(ctx.t('tips:refused.edited'))
  })
  return feature
}
