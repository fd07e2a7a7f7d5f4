import type { Db } from '../../db/open-database.ts'
import type { Media, Outgoing } from '../../delivery/outgoing.ts'
import type { TipCard } from '../cards/tip-card-store.ts'
import type { SaidWith } from '../dialogue/said-files.ts'
import type { TipDeps } from '../tip-deps.ts'
import type { EvidenceEntry, EvidenceKind } from './evidence.ts'

/** What can stand behind a card: a file or a sentence. */
export type Shown = Extract<Outgoing, { kind: Media['kind'] | 'text' }>

type Deps = Pick<TipDeps, 'messages' | 'enqueue' | 'officeLanguage'>

/**
 * Puts one file behind the card that stands in an inbox, or the reason why there is none. One that is still being
 * fetched comes later.
 */
export async function enqueueEvidence(
  tx: Db,
  deps: Deps,
  about: { card: TipCard; number: string; evidence: EvidenceEntry; said?: SaidWith | undefined },
): Promise<void> {
  const { card, number, evidence, said } = about
  const t = deps.messages.in(deps.officeLanguage)
  const params = { number, n: evidence.number }
  const kind = evidence.kind ?? 'document'
  const outgoing = composeEvidence(evidence, {
    caption: [
      t(`evidence:caption.${kind}`, params),
      ...(said ? [t(`evidence:said.${said}`)] : []),
    ].join('\n'),
    heldBack: t('evidence:group.held-back', params),
    refused: t('evidence:group.refused', params),
  })
  if (outgoing) await enqueueBehindCard(tx, deps, card, outgoing)
}

/** Says something about a file in the inbox, as an answer to the card. */
export async function enqueueBehindCard(
  tx: Db,
  { enqueue }: Pick<TipDeps, 'enqueue'>,
  card: TipCard,
  outgoing: Shown,
): Promise<void> {
  await enqueue(tx, {
    lane: 'urgent',
    purpose: 'tip-evidence',
    subject: `card:${card.id}`,
    address: {
      chatId: card.chatId,
      ...(card.threadId === null ? {} : { threadId: card.threadId }),
    },
    outgoing: card.messageId === null ? outgoing : { ...outgoing, replyTo: card.messageId },
  })
}

/** Telegram plays these; everything else it takes as a document. */
const playable: Readonly<Record<EvidenceKind, readonly string[]>> = {
  photo: ['jpg'],
  document: [],
  voice: ['ogg', 'mp3', 'm4a'],
  audio: ['mp3', 'm4a'],
  video: ['mp4'],
}

function wireKindOf(kind: EvidenceKind | null, extension: string | null): EvidenceKind {
  return kind && playable[kind].includes(extension ?? '') ? kind : 'document'
}

/**
 * The clean copy as what it is, under a neutral name, or the sentence that stands for it. Null while it is being
 * fetched. Protected: it cannot be forwarded or saved in Telegram's own apps.
 */
export function composeEvidence(
  { id, number, state, kind, extension }: EvidenceEntry,
  texts: { caption: string; heldBack: string; refused: string },
): Shown | null {
  switch (state) {
    case 'pending':
      return null
    case 'refused':
      return { kind: 'text', text: texts.refused, isProtected: true }
    case 'held-back':
      return { kind: 'text', text: texts.heldBack, isProtected: true }
    case 'ready':
      return {
        kind: wireKindOf(kind, extension),
        fileRef: `evidence:${id}`,
        fileName: `evidence-${number}.${extension ?? 'bin'}`,
        caption: texts.caption,
        isProtected: true,
      }
  }
}
