import type { Db } from '../../db/open-database.ts'
import type { Body } from '../cards/card-keyboard.ts'
import { redrawCard } from '../cards/show-card.ts'
import { listStaffNames, warningOver } from '../dialogue/ask-reporter.ts'
import { wordsOf } from '../dialogue/open-message.ts'
import {
  type DialogueDeps,
  type MessageContent,
  sendToReporter,
} from '../dialogue/send-to-reporter.ts'
import { saveLinkedResult } from '../linked-tip-store.ts'
import { tellReporter } from '../reporter/tell-reporter.ts'
import type { TipResult } from '../tip.ts'
import { findTip } from '../tip-store.ts'
import { auditAct } from './audit-act.ts'
import { type Actor, type ActRefusal, checkActor } from './check-actor.ts'
import type { Press } from './check-press.ts'
import { clearPrompts } from './clear-prompts.ts'
import { listDuplicates, relinkDuplicates, saveConclusion } from './handling-store.ts'
import { beginPrompt, type PromptContent, type PromptDeps } from './prompt.ts'

type Conclusion = Extract<PromptContent, { kind: 'conclude' }>
export type ConcludeDeps = PromptDeps & DialogueDeps

/** Shows the supervisor what the reporter would be told, to be sent, changed or dropped. */
export async function previewConclusion(
  tx: Db,
  deps: ConcludeDeps,
  press: Press,
  { result, body }: Pick<Conclusion, 'result' | 'body'>,
): Promise<{ outcome: 'shown' } | ActRefusal> {
  const actor = await checkActor(tx, press, 'holder')
  if (actor.outcome !== 'allowed') return actor
  const name = body === undefined ? result : `${result}-${body}`
  const said = { key: `handling:told.${name}`, params: { number: actor.tip.number } }
  await showPreview(tx, deps, actor, {
    ...{ kind: 'conclude', result, said },
    ...(body === undefined ? {} : { body }),
  })
  // The card goes back to its usual buttons: what is to be decided stands in the preview now.
  await redrawCard(tx, deps, actor.card, { at: press })
  return { outcome: 'shown' }
}

export async function showPreview(
  tx: Db,
  deps: ConcludeDeps,
  actor: Actor,
  content: Conclusion,
): Promise<void> {
  const t = deps.messages.in(deps.officeLanguage)
  const text = wordsOf(t, content.said)
  const result = t(`handling:result.${content.result}`)
  const warning = warningOver(t, text, await listStaffNames(tx, actor.group.id))
  await beginPrompt(tx, deps, actor, content, (promptId) => ({
    text: `${warning}${t('handling:preview', { number: actor.tip.number, result, text })}`,
    keyboard: [
      [{ text: t('handling:button.send'), data: `p:send:${promptId}` }],
      [
        { text: t('dialogue:button.edit'), data: `p:edit:${promptId}` },
        { text: t('dialogue:button.drop'), data: `p:drop:${promptId}` },
      ],
    ],
  }))
}

/**
 * Closes a tip with its result. Its reporter gets the words, and so do the reporters of the tips that were linked to it.
 */
export async function concludeTip(
  tx: Db,
  deps: ConcludeDeps,
  actor: Actor,
  end: {
    result: Exclude<TipResult, 'withdrawn'>
    /** null: there is no result yet, and its reporter hears that it is being looked into. */
    said: MessageContent | null
    body?: Body | undefined
    mainTipId?: number
  },
): Promise<{ outcome: 'concluded'; number: string } | { outcome: 'moved' }> {
  const { tip, group, supervisor, card } = actor
  const at = deps.now()
  const held = { groupId: group.id, holderId: supervisor.id }
  const { result, said, body, mainTipId } = end
  const conclusion = { result, at, ...(mainTipId === undefined ? {} : { mainTipId }) }
  if (!(await saveConclusion(tx, tip.id, held, conclusion))) return { outcome: 'moved' }
  await clearPrompts(tx, deps, tip.id)
  const params = { number: tip.number }
  if (said) await sendToReporter(tx, deps, tip, { kind: 'result', content: said })
  else await tellReporter(tx, deps, tip.id, 'handling:notice.looked-into', params)
  const duplicates =
    mainTipId === undefined
      ? await tellDuplicates(tx, deps, tip.id, said)
      : await relinkDuplicates(tx, tip.id, mainTipId)
  await redrawCard(tx, deps, card)
  await auditAct(tx, actor, at, 'tip closed', {
    ...{ result, body: body ?? null, mainTipId: mainTipId ?? null, duplicates },
  })
  return { outcome: 'concluded', number: tip.number }
}

/** Their words name the number of their own tip, not of the one that was handled. */
async function tellDuplicates(
  tx: Db,
  deps: ConcludeDeps,
  mainTipId: number,
  said: MessageContent | null,
): Promise<number> {
  const ids = await listDuplicates(tx, mainTipId)
  for (const id of ids) {
    const linked = await findTip(tx, id)
    if (!linked || !said) continue
    await saveLinkedResult(tx, id, deps.now())
    const own =
      'key' in said ? { ...said, params: { ...said.params, number: linked.number } } : said
    await sendToReporter(tx, deps, linked, { kind: 'result', content: own })
  }
  return ids.length
}
