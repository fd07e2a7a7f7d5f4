import { formOf, originOf, type VoiceWish } from '../interview/voice-wish.ts'

/** What a file is, as its bytes tell: never its name, nor what its sender's phone called it. */
export type EvidenceKind = 'photo' | 'document' | 'voice' | 'audio' | 'video'

/**
 * pending: not fetched yet. ready: there is a clean copy. held-back: the original is kept sealed, but nobody gets a copy,
 * because what is personal cannot be taken out. refused: it is harmful or cannot be opened, and was not kept.
 */
export type EvidenceState = 'pending' | 'ready' | 'held-back' | 'refused'

/** Who gave the file. The clean copy is for the other side. */
export type EvidenceSender = 'reporter' | 'group'

/** Where Telegram keeps a file, and what was wished; sealed while it waits. */
export type EvidenceSource = {
  /** Absent: its original was fetched, lies here sealed, and is to be cleaned anew. */
  fileId?: string | undefined
  /** The voice in it is to be made unrecognisable. */
  disguise?: boolean | undefined
}

/** Unless wished otherwise, the reporter's own voice is made another; a recording may be the evidence and is left. */
export function sourceFrom(
  file: { what: EvidenceKind; fileId: string; isForwarded?: boolean | undefined },
  wish?: VoiceWish,
): EvidenceSource & { fileId: string } {
  return { fileId: file.fileId, disguise: formOf(wish, originOf(file)) === 'changed' }
}

/** What Telegram lets a bot download. */
export const evidenceMaxBytes = 20 * 1024 * 1024

/** Without its bytes. */
export type EvidenceEntry = {
  id: number
  number: number
  state: EvidenceState
  kind: EvidenceKind | null
  extension: string | null
  reason: string | null
}

/** Not kept at all. As of what is held back, each has a sentence to whoever sent it, among the texts. */
export type RefusedReason =
  | 'unavailable'
  | 'too-big'
  | 'unreadable'
  | 'too-many-pixels'
  | 'disguised'
  | 'bomb'

/** Kept, sealed, without a copy for anybody. */
export type HeldBackReason =
  | 'archive'
  | 'encrypted'
  | 'old-office'
  | 'macros'
  | 'embedded'
  | 'heic'
  | 'unknown-format'
  | 'too-complex'
  | 'cannot-disguise'
  | 'cannot-clean'

export type CleanOutcome =
  | { ok: true; kind: EvidenceKind; extension: string; bytes: Uint8Array }
  | { ok: false; state: 'refused'; reason: RefusedReason }
  | { ok: false; state: 'held-back'; kind: EvidenceKind; reason: HeldBackReason }

export type CleanOptions = { disguise: boolean }

/** Makes a copy that says nothing about who made or sent the file. Throws only for what is not the file's fault. */
export type Clean = (original: Uint8Array, options: CleanOptions) => Promise<CleanOutcome>

export const refused = (reason: RefusedReason): CleanOutcome => ({
  ok: false,
  state: 'refused',
  reason,
})

export const heldBack = (
  reason: HeldBackReason,
  kind: EvidenceKind = 'document',
): CleanOutcome => ({ ok: false, state: 'held-back', kind, reason })
