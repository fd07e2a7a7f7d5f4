import type { Db } from '../../db/open-database.ts'
import { listSupervisors } from '../../groups/supervisor-store.ts'
import type { Translate } from '../../messages/messages.ts'
import { evidenceMaxBytes } from '../evidence/evidence.ts'
import { takeTipEvidence } from '../evidence/take-evidence.ts'
import { auditAct } from '../handling/audit-act.ts'
import type { Actor } from '../handling/check-actor.ts'
import { beginPrompt, type PromptDeps } from '../handling/prompt.ts'
import {
  findIdentifying,
  holdsPersonalNumber,
  type Identifying,
  namesStaff,
} from './identifying-question.ts'
import { type DialogueDeps, sendToReporter } from './send-to-reporter.ts'

/** As long as a message of the reporter's may be, with room for what we write around it. */
export const questionMaxLength = 1_000

export type AskOutcome =
  | { outcome: 'asked'; number: string }
  /** It may make the reporter tell who they are: the supervisor was shown why and may send it all the same. */
  | { outcome: 'warned' }
  | { outcome: 'too-long'; max: number }
  | { outcome: 'empty' }
  /** The reporter has erased the way back, or it is over. */
  | { outcome: 'no-reporter' }

type Deps = DialogueDeps & PromptDeps

/** With a file of the group, perhaps. */
export type Question = { text: string; evidenceId?: number | undefined }

/** A supervisor sends a file to the reporter. It is cleaned like every other; `text` stands for what to say about it. */
export async function askWithFile(
  tx: Db,
  deps: Deps,
  actor: Actor,
  { text, ...file }: { text: string; fileId: string; bytes?: number | undefined },
): Promise<AskOutcome | { outcome: 'full' | 'too-big' }> {
  const { tip } = actor
  if ((file.bytes ?? 0) > evidenceMaxBytes) return { outcome: 'too-big' }
  if (!tip.dataKey) return { outcome: 'no-reporter' }
  const source = { fileId: file.fileId, sender: 'group' as const }
  const taken = await takeTipEvidence(tx, deps, { id: tip.id, dataKey: tip.dataKey }, source)
  if (taken.outcome === 'full') return taken
  const words = text.trim() || deps.messages.in(deps.officeLanguage)('dialogue:look')
  return askReporter(tx, deps, actor, { text: words, evidenceId: taken.id })
}

/** A question to the reporter. What would make them tell who they are is put before the supervisor once more. */
export async function askReporter(
  tx: Db,
  deps: Deps,
  actor: Actor,
  question: Question,
): Promise<AskOutcome> {
  const text = question.text.trim()
  if (text === '') return { outcome: 'empty' }
  if ([...text].length > questionMaxLength) return { outcome: 'too-long', max: questionMaxLength }
  const found = findIdentifying(text, await listStaffNames(tx, actor.group.id))
  if (found.length === 0) return sendQuestion(tx, deps, actor, { ...question, text }, [])
  const t = deps.messages.in(deps.officeLanguage)
  await beginPrompt(tx, deps, actor, { ...question, kind: 'ask', text }, (promptId) => ({
    text: t('dialogue:warned', { reasons: reasonsText(t, found), text }),
    keyboard: [
      [{ text: t('dialogue:button.edit'), data: `p:edit:${promptId}` }],
      [{ text: t('dialogue:button.send-anyway'), data: `p:send:${promptId}` }],
      [{ text: t('dialogue:button.drop'), data: `p:drop:${promptId}` }],
    ],
  }))
  return { outcome: 'warned' }
}

/** Sends it as it is. `despite`: the warnings that the supervisor was shown and went past; they stand in the audit. */
export async function sendQuestion(
  tx: Db,
  deps: Deps,
  actor: Actor,
  { text, evidenceId }: Question,
  despite: readonly Identifying[],
): Promise<AskOutcome> {
  const { tip } = actor
  const sent = await sendToReporter(tx, deps, tip, {
    kind: 'question',
    content: { text, evidenceId },
  })
  if (sent === null) return { outcome: 'no-reporter' }
  const detail = { messageId: sent, warnings: despite.join(' ') }
  await auditAct(tx, actor, deps.now(), 'reporter asked', detail)
  return { outcome: 'asked', number: tip.number }
}

/** A line for each. */
export function reasonsText(t: Translate, found: readonly Identifying[]): string {
  return found.map((what) => t(`dialogue:warning.${what}`)).join('\n')
}

/** What stands over a text for the reporter that holds a number of somebody, or tells who handles it. */
export function warningOver(t: Translate, text: string, staff: readonly string[]): string {
  const number = holdsPersonalNumber(text) ? [t('dialogue:warning.number')] : []
  const name = namesStaff(text, staff) ? [t('dialogue:warning.staff-over')] : []
  return [...number, ...name].map((line) => `${line}\n\n`).join('')
}

/** Of everybody on the roster of a group: no reporter is to learn who handles a tip. */
export async function listStaffNames(tx: Db, groupId: number): Promise<string[]> {
  return (await listSupervisors(tx, groupId)).map(({ name }) => name)
}
