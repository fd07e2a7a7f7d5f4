import { type ContentText, type ContentVersion, textFor } from '../../content/content.ts'
import type { Blanks } from '../../content/fill-in.ts'
import { showContent } from '../../content/show-content.ts'
import type { Keyboard, Outgoing } from '../../delivery/outgoing.ts'
import { languages } from '../../messages/messages.ts'
import type { ChatContext } from '../context.ts'

/** They stand for any village where nobody's own is meant. */
const blanks: Blanks = { village: '山底村', days: '5', day: '4月10日（星期一）' }

/**
 * A version as villagers get it, in every language that it has, and its question: whoever publishes it must have seen all of it.
 * The buttons stand under the last, which is in the reader's own language.
 */
export async function sayPreview(
  ctx: ChatContext,
  version: ContentVersion,
  buttons: Keyboard = [],
): Promise<void> {
  const { language, t } = ctx.turn
  const own = textFor(version.texts, language)
  const others = languages.filter((one) => version.texts[one] && version.texts[one] !== own)
  const questions = languages.flatMap((one) => describeQuestion(version.texts[one]))
  const parts: Outgoing[] = [
    ...others.map((one) => showContent(version, { language: one, t, blanks })),
    ...questions.map((question) => ({
      kind: 'text' as const,
      text: `${t('content:question')}\n\n${question}`,
    })),
    showContent(version, { language, t, blanks, buttons }),
  ]
  const address = { chatId: ctx.chat?.id ?? ctx.from?.id ?? 0 }
  const reply = { lane: 'urgent' as const, purpose: 'reply', address }
  await ctx.turn.enqueue(ctx.tx, ...parts.map((outgoing) => ({ ...reply, outgoing })))
}

/** A question with its answers, as an editor reads it; nothing where there is none. */
export function describeQuestion(text: ContentText | undefined): string[] {
  if (!text?.quiz) return []
  const { question, options, right, explanation } = text.quiz
  const lines = options.map((option, at) => `${at + 1}. ${option}${at === right ? ' ✓' : ''}`)
  return [[question, ...lines, explanation].join('\n')]
}
