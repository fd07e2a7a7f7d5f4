import type { Db } from '../../db/open-database.ts'
import { type Keyring, openJson, sealJson } from '../../lib/keyring.ts'
import type { VoiceWish } from '../interview/voice-wish.ts'
import type { TipDeps } from '../tip-deps.ts'
import { deletePromptRow, savePromptRow } from './prompt-store.ts'

/** What the bot asked a chat to type. The next words are taken for it, until a button or a command says otherwise. */
export type Prompt =
  /** The password of a tip, so that it is shown. */
  | { kind: 'pin'; tipId: number }
  | { kind: 'new-pin'; tipId: number }
  | { kind: 'name'; tipId: number }
  | { kind: 'phone'; tipId: number; name: string }
  /** Why a second custodian agrees. */
  | { kind: 'agree'; openingId: number }
  /** Why it is wrong that this chat may file nothing for now. */
  | { kind: 'appeal' }
  /** What to say to a question of the group, or by themselves; and why a result does not content them. */
  | { kind: 'answer'; tipId: number; messageId: number; voice?: VoiceWish | undefined }
  | { kind: 'addition'; tipId: number; voice?: VoiceWish | undefined }
  | { kind: 'reopening'; tipId: number; messageId: number }

/** Longer than any name, and than any number however it is written. */
const shortLength = 40
/** A few words about the number itself, such as “我没有电话”. */
const remarkLength = 12

/**
 * Whether these words can be meant for what was asked. A report that somebody types while the bot waits for a password
 * must neither be taken for one nor be deleted.
 */
export function isMeantFor(kind: Prompt['kind'], text: string): boolean {
  const length = [...text.trim()].length
  switch (kind) {
    case 'name':
      return length <= shortLength
    case 'pin':
    case 'new-pin':
    case 'phone':
      return length <= (/\d/.test(text.normalize('NFKC')) ? shortLength : remarkLength)
    default:
      return true
  }
}

type PromptDeps = Pick<TipDeps, 'keyring' | 'now'>

/** Long enough to look for the glasses. */
const validForMinutes = 15

/** Under which it is kept what a chat was asked for. */
export const promptKey = (keyring: Keyring, chatId: number) =>
  keyring.hash('prompt', String(chatId))

export const openPrompt = (keyring: Keyring, sealed: Uint8Array): Prompt =>
  openJson<Prompt>(keyring.sealer('prompt'), sealed)

export async function savePrompt(
  tx: Db,
  deps: PromptDeps,
  chatId: number,
  prompt: Prompt,
): Promise<void> {
  const untilAt = new Date(deps.now().getTime() + validForMinutes * 60_000)
  const sealed = sealJson(deps.keyring.sealer('prompt'), prompt)
  await savePromptRow(tx, promptKey(deps.keyring, chatId), { sealed, untilAt })
}

export async function dropPrompt(tx: Db, deps: PromptDeps, chatId: number): Promise<void> {
  await deletePromptRow(tx, promptKey(deps.keyring, chatId))
}
