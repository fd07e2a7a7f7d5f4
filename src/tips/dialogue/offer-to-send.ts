import type { Db } from '../../db/open-database.ts'
import { findCardByMessage } from '../cards/tip-card-store.ts'
import { checkActor } from '../handling/check-actor.ts'
import type { Press } from '../handling/check-press.ts'
import { beginPrompt, openPrompt, type PromptDeps } from '../handling/prompt.ts'
import { listPrompts } from '../handling/prompt-store.ts'
import { findReporter } from '../tip-store.ts'
import { listStaffNames, questionMaxLength, reasonsText } from './ask-reporter.ts'
import { findIdentifying } from './identifying-question.ts'

/**
 * Who has the tip answered a message behind its card, as one answers a person: perhaps it was meant for the reporter. It
 * stays in the chat, and says so, with a button to send it; once for each message that is answered, because a group also
 * talks about what it reads. Nothing happens when others talk, or to who has begun something else at this card.
 */
export async function offerToSend(
  tx: Db,
  deps: PromptDeps,
  { text: written, isFile, ...at }: Omit<Press, 'cardId'> & { text: string; isFile: boolean },
): Promise<void> {
  const card = await findCardByMessage(tx, at)
  // Under the card itself the group talks about the tip.
  if (!card || card.messageId === at.messageId) return
  const actor = await checkActor(tx, { ...at, cardId: card.id }, 'holder')
  if (actor.outcome !== 'allowed' || !(await findReporter(tx, card.tipId))) return
  const text = written.trim()
  if (!isFile && (text === '' || [...text].length > questionMaxLength)) return

  for (const prompt of await listPrompts(tx, card.id)) {
    const content = openPrompt(deps, actor.tip, prompt)
    const offeredFor = content.kind === 'ask' ? content.offeredFor : undefined
    if (offeredFor === at.messageId) return
    const isTheirs = prompt.isOpen && prompt.supervisorId === actor.supervisor.id
    if (isTheirs && offeredFor === undefined) return
  }
  const t = deps.messages.in(deps.officeLanguage)
  const { number } = actor.tip
  const offer = { kind: 'ask' as const, offeredFor: at.messageId }
  if (isFile) {
    const say = () => ({ text: t('dialogue:offer.file', { number }) })
    return beginPrompt(tx, deps, actor, offer, say)
  }
  const found = findIdentifying(text, await listStaffNames(tx, actor.group.id))
  const key = found.length === 0 ? 'dialogue:offer.text' : 'dialogue:offer.risky'
  await beginPrompt(tx, deps, actor, { ...offer, text }, (promptId) => ({
    text: t(key, { number, text, reasons: reasonsText(t, found) }),
    keyboard: [
      found.length === 0
        ? [{ text: t('dialogue:button.offer-send'), data: `p:send:${promptId}` }]
        : [{ text: t('dialogue:button.edit'), data: `p:edit:${promptId}` }],
      [{ text: t('dialogue:button.drop'), data: `p:drop:${promptId}` }],
    ],
  }))
}
