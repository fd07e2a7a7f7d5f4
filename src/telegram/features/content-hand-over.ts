import { Composer } from 'grammy'
import type { ContentDeps } from '../../content/content-deps.ts'
import { sendBack } from '../../content/send-back.ts'
import { takeOver } from '../../content/take-over.ts'
import { cleanText, countCharacters } from '../../lib/plain-text.ts'
import { dropStaffPrompt, saveStaffPrompt } from '../../staff/staff-prompt-store.ts'
import type { ChatContext } from '../context.ts'
import { editorOf } from '../editor.ts'
import { showVersion } from './content-page.ts'
import type { StaffWordHandlers } from './staff-words.ts'

type BackPrompt = { versionId: number; seen: string }

const promptMs = 60 * 60_000
const reasonMaxLength = 500

/** From one person to the other: what was handed in goes back to its author, and a draft whose author left finds another. */
export function contentHandOverFeature(deps: ContentDeps): Composer<ChatContext> {
  const feature = new Composer<ChatContext>()
  feature.callbackQuery(/^ct:back:(\d{1,9}):(\w{16})$/, async (ctx) => {
    const staff = await editorOf(ctx)
    if (!staff) return
    const data: BackPrompt = { versionId: Number(ctx.match[1]), seen: ctx.match[2] ?? '' }
    const untilAt = new Date(deps.now().getTime() + promptMs)
    await saveStaffPrompt(ctx.tx, staff.id, { kind: 'content-back', data, untilAt })
    await ctx.say(ctx.t('content:ask.reason'))
  })
  feature.callbackQuery(/^ct:take:(\d{1,9})$/, async (ctx) => {
    const versionId = Number(ctx.match[1])
    const staffId = (await editorOf(ctx))?.id ?? 0
    const isDone = await takeOver(ctx.tx, deps, { versionId, staffId })
    const said = ctx.t(`content:answer.${isDone ? 'taken-over' : 'over'}`)
    await showVersion(ctx, deps, versionId, said)
  })
  return feature
}

/** The reason why somebody sends a version back to its author. */
export function handOverWords(deps: ContentDeps): StaffWordHandlers {
  return {
    'content-back': async (ctx, _staff, data) => {
      // Their role may have changed since they were asked.
      const staff = await editorOf(ctx)
      if (!staff) return
      const reason = cleanText(ctx.message?.text ?? '')
      if (reason === '') return ctx.say(ctx.t('content:answer.no-reason'))
      if (countCharacters(reason) > reasonMaxLength)
        return ctx.say(ctx.t('content:answer.long-reason', { count: reasonMaxLength }))
      const act = { ...(data as BackPrompt), staff, reason }
      const { outcome } = await sendBack(ctx.tx, deps, act)
      await dropStaffPrompt(ctx.tx, staff.id)
      await showVersion(ctx, deps, act.versionId, ctx.t(`content:answer.${outcome}`))
    },
  }
}
