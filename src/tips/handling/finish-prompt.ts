import type { Db } from '../../db/open-database.ts'
import type { Translate } from '../../messages/messages.ts'
import {
  type AskOutcome,
  askReporter,
  askWithFile,
  listStaffNames,
  sendQuestion,
} from '../dialogue/ask-reporter.ts'
import { findIdentifying } from '../dialogue/identifying-question.ts'
import { wordsOf } from '../dialogue/open-message.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { type Actor, type ActRefusal, type ActRight, checkActor } from './check-actor.ts'
import type { Press } from './check-press.ts'
import { type ConcludeDeps, concludeTip, showPreview } from './conclude-tip.ts'
import { type LinkOutcome, linkDuplicate } from './link-duplicate.ts'
import { openPrompt, type PromptContent, sayPrompt } from './prompt.ts'
import { endPrompt, findOpenPrompt, findPromptAt, type PromptKind } from './prompt-store.ts'
import { handOn, type TransferOutcome } from './transfer-tip.ts'

export type FinishDeps = ConcludeDeps & PlaceDeps

/** As much as a reporter reads at once on a small screen. */
const toldMaxLength = 1_500

/** Who pressed or wrote, without a card: the prompt knows it. */
export type PromptPress = Omit<Press, 'cardId'> & { promptId: number }

export type PromptRefusal =
  | ActRefusal
  /** It was finished or dropped before, or the tip went elsewhere. */
  | { outcome: 'over' }
  /** A colleague began it. */
  | { outcome: 'not-yours' }

const rights: Record<PromptKind, ActRight> = {
  ask: 'holder',
  transfer: 'open',
  conclude: 'holder',
  duplicate: 'holder',
}

type Begun = { outcome: 'allowed'; actor: Actor; content: PromptContent }

async function openFor(
  tx: Db,
  deps: FinishDeps,
  press: PromptPress,
): Promise<Begun | PromptRefusal> {
  const { promptId, ...where } = press
  const prompt = await findOpenPrompt(tx, promptId)
  if (!prompt) return { outcome: 'over' }
  const actor = await checkActor(tx, { ...where, cardId: prompt.cardId }, rights[prompt.kind])
  if (actor.outcome !== 'allowed') return actor
  if (actor.supervisor.id !== prompt.supervisorId) return { outcome: 'not-yours' }
  return { outcome: 'allowed', actor, content: openPrompt(deps, actor.tip, prompt) }
}

export type SendOutcome =
  | AskOutcome
  | { outcome: 'concluded'; number: string }
  | { outcome: 'moved' }
  | PromptRefusal

/** The supervisor looked at it once more and sends it. One press wins. */
export async function sendPrompted(
  tx: Db,
  deps: FinishDeps,
  press: PromptPress,
): Promise<SendOutcome> {
  const begun = await openFor(tx, deps, press)
  if (begun.outcome !== 'allowed') return begun
  const { actor, content } = begun
  if (!(await endPrompt(tx, press.promptId, 'done'))) return { outcome: 'over' }
  if (content.kind === 'conclude') return concludeTip(tx, deps, actor, content)
  if (content.kind !== 'ask' || content.text === undefined) return { outcome: 'over' }
  return sendQuestion(
    tx,
    deps,
    actor,
    { text: content.text, evidenceId: content.evidenceId },
    findIdentifying(content.text, await listStaffNames(tx, actor.group.id)),
  )
}

/** Asks for other words. `text`: those so far, to be seen while the others are written. */
export async function editPrompted(
  tx: Db,
  deps: FinishDeps,
  press: PromptPress,
): Promise<{ outcome: 'editing'; text: string } | PromptRefusal> {
  const begun = await openFor(tx, deps, press)
  if (begun.outcome !== 'allowed') return begun
  const t = deps.messages.in(deps.officeLanguage)
  const { actor, content } = begun
  await sayPrompt(tx, deps, actor.card, press.promptId, { text: t('handling:write.anew') })
  return { outcome: 'editing', text: wordsSoFar(t, content) }
}

function wordsSoFar(t: Translate, content: PromptContent): string {
  if (content.kind === 'conclude') return wordsOf(t, content.said)
  return content.kind === 'ask' ? (content.text ?? '') : ''
}

export async function dropPrompted(
  tx: Db,
  deps: FinishDeps,
  press: PromptPress,
): Promise<{ outcome: 'dropped' } | PromptRefusal> {
  const begun = await openFor(tx, deps, press)
  if (begun.outcome !== 'allowed') return begun
  return (await endPrompt(tx, press.promptId, 'dropped'))
    ? { outcome: 'dropped' }
    : { outcome: 'over' }
}

type ReplyFile = { fileId: string; bytes?: number | undefined }

export type ReplyOutcome =
  | { outcome: 'full' | 'too-big' | 'words-only' }
  /** Not an answer to anything that we asked for: the group talks among itself, and that stays there. */
  | { outcome: 'none' }
  | { outcome: 'shown' }
  | AskOutcome
  | TransferOutcome
  | LinkOutcome
  | PromptRefusal

/** A supervisor answered one of our messages that ask for words. */
export async function replyToPrompt(
  tx: Db,
  deps: FinishDeps,
  reply: Omit<Press, 'cardId'> & { text: string; file?: ReplyFile | undefined },
): Promise<ReplyOutcome> {
  const { text, file, ...where } = reply
  const at = await findPromptAt(tx, where)
  if (!at) return { outcome: 'none' }
  if (!at.isOpen) return { outcome: 'over' }
  const begun = await openFor(tx, deps, { ...where, promptId: at.id })
  if (begun.outcome !== 'allowed') return begun
  const { actor, content } = begun
  if (file && content.kind !== 'ask') return { outcome: 'words-only' }
  switch (content.kind) {
    case 'ask': {
      const asked = file
        ? await askWithFile(tx, deps, actor, { ...file, text })
        : await askReporter(tx, deps, actor, { text })
      if (asked.outcome === 'asked') await endPrompt(tx, at.id, 'done')
      return asked
    }
    case 'transfer':
      return handOn(tx, deps, actor, { groupId: content.groupId, note: text })
    case 'conclude': {
      if ([...text].length > toldMaxLength) return { outcome: 'too-long', max: toldMaxLength }
      await showPreview(tx, deps, actor, { ...content, said: { text: text.trim() } })
      return { outcome: 'shown' }
    }
    case 'duplicate': {
      const linked = await linkDuplicate(tx, deps, actor, text)
      if (linked.outcome === 'linked') await endPrompt(tx, at.id, 'done')
      return linked
    }
  }
}
