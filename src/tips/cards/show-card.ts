import type { Db } from '../../db/open-database.ts'
import type { Address, Keyboard } from '../../delivery/outgoing.ts'
import { findGroup } from '../../groups/group-store.ts'
import { enqueueDialogue } from '../dialogue/hand-to-group.ts'
import { findSaidFiles } from '../dialogue/said-files.ts'
import { enqueueEvidence } from '../evidence/enqueue-evidence.ts'
import { listEvidence } from '../evidence/evidence-store.ts'
import { findIdentity } from '../identity/identity-store.ts'
import { openRouting, openTipContent } from '../tip-content.ts'
import type { TipDeps } from '../tip-deps.ts'
import { findAcknowledgement, findTip, type TipRow } from '../tip-store.ts'
import { type CardView, cardKeyboard } from './card-keyboard.ts'
import { cardStatus } from './card-status.ts'
import { composeCard } from './card-text.ts'
import { enqueueNameNote } from './name-note.ts'
import type { TipCard } from './tip-card-store.ts'

export type CardDeps = Pick<
  TipDeps,
  'keyring' | 'messages' | 'enqueue' | 'interviews' | 'timezone' | 'officeLanguage'
>

export const subjectOfCard = (card: { id: number }) => `card:${card.id}`

export const addressOfCard = (card: TipCard): Address => ({
  chatId: card.chatId,
  ...(card.threadId === null ? {} : { threadId: card.threadId }),
})

/** Sends the card's first message, with its buttons. What belongs behind it follows when this one stands. */
export async function enqueueCard(
  tx: Db,
  deps: CardDeps,
  card: TipCard,
  tip?: TipRow,
): Promise<void> {
  const first = await composeFirst(tx, deps, card, tip ?? (await getTip(tx, card)))
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-card',
    subject: subjectOfCard(card),
    address: addressOfCard(card),
    outgoing: { kind: 'text', ...first, isProtected: true },
  })
}

/**
 * Changes the card where it stands, to what the tip is now and to the buttons asked for. `at` is the pressed message: a
 * chat that became a supergroup has other numbers than those that were kept. Nothing happens to a card that stands
 * nowhere.
 */
export async function redrawCard(
  tx: Db,
  deps: CardDeps,
  card: TipCard,
  { view, at }: { view?: CardView; at?: { chatId: number; messageId: number } } = {},
): Promise<void> {
  const messageId = at?.messageId ?? card.messageId
  if (messageId === null) return
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-card-edit',
    subject: subjectOfCard(card),
    address: { ...addressOfCard(card), ...(at ? { chatId: at.chatId } : {}) },
    outgoing: {
      kind: 'edit',
      messageId,
      ...(await composeFirst(tx, deps, card, await getTip(tx, card), view)),
      isProtected: true,
    },
  })
}

async function composeFirst(
  tx: Db,
  deps: CardDeps,
  card: TipCard,
  tip: TipRow,
  view: CardView = { kind: 'main' },
): Promise<{ text: string; keyboard: Keyboard }> {
  const [text = ''] = await composeParts(tx, deps, tip)
  const t = deps.messages.in(deps.officeLanguage)
  const last = openRouting(deps.keyring, tip).at(-1)
  const { fromGroupId } = last ?? {}
  const from = fromGroupId ? await findGroup(tx, fromGroupId) : null
  const main = tip.mainTipId === null ? null : await findTip(tx, tip.mainTipId)
  const status = cardStatus(
    t,
    {
      ...tip,
      holder: tip.acknowledgedById === null ? null : await findAcknowledgement(tx, tip.id),
      last,
      fromGroup: from?.name ?? '',
      mainNumber: main?.number ?? null,
    },
    deps.timezone,
  )
  return {
    text: [text, status.join('\n')].filter((part) => part !== '').join('\n\n'),
    keyboard: cardKeyboard(t, { cardId: card.id, state: tip.state, view }),
  }
}

/** The rest of a long card and the photos, as answers to the message that stands in the inbox. */
export async function enqueueRestOfCard(
  tx: Db,
  deps: CardDeps,
  card: TipCard,
  tip: TipRow,
): Promise<void> {
  const [, ...rest] = await composeParts(tx, deps, tip)
  await deps.enqueue(
    tx,
    ...rest.map((text) => ({
      lane: 'urgent' as const,
      purpose: 'tip-card-part',
      subject: subjectOfCard(card),
      address: addressOfCard(card),
      outgoing: { kind: 'text' as const, text, isProtected: true, ...replyTo(card) },
    })),
  )
  if (await findIdentity(tx, card.tipId))
    await enqueueNameNote(tx, deps, { card, number: tip.number })
  const files = await listEvidence(tx, card.tipId)
  const saidWith = files.length > 0 ? await findSaidFiles(tx, deps, tip) : null
  for (const evidence of files) {
    const said = saidWith?.get(evidence.number)
    await enqueueEvidence(tx, deps, { card, number: tip.number, evidence, said })
  }
  await enqueueDialogue(tx, deps, card, tip)
}

/** Every message of the card. The tip must not have been shredded. */
export async function composeParts(tx: Db, deps: CardDeps, tip: TipRow): Promise<string[]> {
  const content = openTipContent(deps.keyring, tip)
  const interview = await deps.interviews.find(tx, content.interview)
  const t = deps.messages.in(deps.officeLanguage)
  return composeCard(t, tip, { interview, content }, deps.timezone)
}

async function getTip(tx: Db, { tipId }: Pick<TipCard, 'tipId'>): Promise<TipRow> {
  const tip = await findTip(tx, tipId)
  if (!tip) throw new Error(`There is no tip ${tipId}`)
  return tip
}

function replyTo({ messageId }: TipCard) {
  return messageId === null ? {} : { replyTo: messageId }
}
