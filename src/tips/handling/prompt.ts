import type { Db } from '../../db/open-database.ts'
import type { Keyboard } from '../../delivery/outgoing.ts'
import type { Body } from '../cards/card-keyboard.ts'
import { addressOfCard, type CardDeps } from '../cards/show-card.ts'
import type { TipCard } from '../cards/tip-card-store.ts'
import type { MessageContent } from '../dialogue/send-to-reporter.ts'
import { openWithTip, sealWithTip } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { TipRow } from '../tip-store.ts'
import type { Actor } from './check-actor.ts'
import { removePrompts } from './clear-prompts.ts'
import { createPrompt, type PromptRow } from './prompt-store.ts'

/** What is known so far of what a supervisor has begun. */
export type PromptContent =
  /** With words: they are to be looked at once more before they go. */
  | {
      kind: 'ask'
      text?: string
      evidenceId?: number | undefined
      /** The message that was answered as if its reporter could read the answer; nobody asked us to send it. */
      offeredFor?: number
    }
  | { kind: 'transfer'; groupId: number }
  | {
      kind: 'conclude'
      result: 'verified' | 'unfounded' | 'passed-on'
      body?: Body
      said: MessageContent
    }
  | { kind: 'duplicate' }

export type PromptDeps = CardDeps & Pick<TipDeps, 'now'>

/** What stands in the message: a request to answer it, or a text with buttons. */
type Said = { text: string; keyboard?: Keyboard }

/** Begins something at a card and says what is wanted, as an answer to the card. */
export async function beginPrompt(
  tx: Db,
  deps: PromptDeps,
  { card, tip, supervisor }: Pick<Actor, 'card' | 'tip' | 'supervisor'>,
  content: PromptContent,
  say: (promptId: number) => Said,
): Promise<void> {
  const { id: promptId, dropped } = await createPrompt(tx, {
    tipId: tip.id,
    cardId: card.id,
    supervisorId: supervisor.id,
    kind: content.kind,
    sealed: sealWithTip(deps.keyring, tip, content),
    createdAt: deps.now(),
  })
  await removePrompts(tx, deps, dropped)
  await sayPrompt(tx, deps, card, promptId, say(promptId))
}

/** A message that is to be answered. The last one of a prompt is the one that counts. */
export async function sayPrompt(
  tx: Db,
  deps: Pick<TipDeps, 'enqueue'>,
  card: TipCard,
  promptId: number,
  { text, keyboard }: Said,
): Promise<void> {
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-prompt',
    subject: `prompt:${promptId}`,
    address: addressOfCard(card),
    outgoing: {
      kind: 'text',
      text,
      isProtected: true,
      ...(keyboard ? { keyboard } : { asksReply: true }),
      ...(card.messageId === null ? {} : { replyTo: card.messageId }),
    },
  })
}

export function openPrompt(
  { keyring }: Pick<TipDeps, 'keyring'>,
  tip: TipRow,
  { sealed }: PromptRow,
): PromptContent {
  return openWithTip<PromptContent>(keyring, tip, sealed)
}
