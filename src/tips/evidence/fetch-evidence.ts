import { createHash } from 'node:crypto'
import type { PrismaClient } from '../../db/open-database.ts'
import { openJson, type Sealer } from '../../lib/keyring.ts'
import type { InboxDeps } from '../cards/put-into-inbox.ts'
import { type Clean, type CleanOutcome, type EvidenceSource, evidenceMaxBytes } from './evidence.ts'
import {
  type ClaimedEvidence,
  claimEvidence,
  type EvidenceEnd,
  finishEvidence,
  retryEvidence,
} from './evidence-store.ts'
import { followEvidence } from './follow-evidence.ts'
import { createPiece, deletePieces, type EvidenceCopy, readPieces } from './piece-store.ts'

const pieceBytes = 512 * 1024
/** How long one process has for one file before another tries: a slow download, a long cleaning, a slow disk. */
const leaseMs = 8 * 60_000
const retryAfterMs = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 60 * 60_000]

export type Download = (
  fileId: string,
) => Promise<
  | { ok: true; bytes: Uint8Array }
  | { ok: false; reason: 'too-big' | 'unavailable'; isFinal: boolean }
>

type KeptOutcome = Exclude<CleanOutcome, { state: 'refused' }>

export type FetchDeps = InboxDeps & {
  db: PrismaClient
  download: Download
  clean: Clean
  /** There is something to send. */
  wake: () => void
}

/**
 * Fetches the next file, seals it, cleans it and puts it behind its card. False when none is due. The network is used
 * outside of any transaction; after a crash in the middle the lease runs out and the file is fetched again.
 */
export async function fetchNextEvidence(deps: FetchDeps): Promise<boolean> {
  const now = deps.now()
  const leaseUntil = new Date(now.getTime() + leaseMs)
  const claimed = await claimEvidence(deps.db, { now, leaseUntil })
  if (!claimed) return false
  const end = await fetchAndClean(deps, claimed)
  if (end === 'later') {
    const waitMs = retryAfterMs[claimed.attempts - 1] ?? 0
    await retryEvidence(deps.db, claimed, new Date(deps.now().getTime() + waitMs))
    return true
  }
  await deps.db.$transaction(async (tx) => {
    const owner = await finishEvidence(tx, claimed, end)
    if (owner) await followEvidence(tx, deps, claimed, end, owner)
  })
  deps.wake()
  return true
}

async function fetchAndClean(
  deps: FetchDeps,
  claimed: ClaimedEvidence,
): Promise<EvidenceEnd | 'later'> {
  const sealer = deps.keyring.openDataKey(claimed.dataKey)
  const { fileId, disguise = false } = openJson<EvidenceSource>(sealer, claimed.source)
  if (fileId === undefined) return cleanAgain(deps, claimed, sealer, disguise)
  const fetched = await deps.download(fileId)
  if (!fetched.ok) {
    const mayRetry = !fetched.isFinal && claimed.attempts <= retryAfterMs.length
    return mayRetry ? 'later' : { state: 'refused', reason: fetched.reason }
  }
  const original = fetched.bytes
  if (original.length > evidenceMaxBytes) return { state: 'refused', reason: 'too-big' }
  const cleaned = await deps.clean(original, { disguise })
  if (!cleaned.ok && cleaned.state === 'refused')
    return { state: 'refused', reason: cleaned.reason }
  await deletePieces(deps.db, claimed, ['original', 'clean'])
  await keep(deps.db, claimed, 'original', sealer.seal(original))
  return keepClean(deps, claimed, sealer, { original, cleaned })
}

/** The original lies here, and another wish is to be done to it. It was taken in once, so it is never refused now. */
async function cleanAgain(
  deps: FetchDeps,
  claimed: ClaimedEvidence,
  sealer: Sealer,
  disguise: boolean,
): Promise<EvidenceEnd> {
  const sealed = await readPieces(deps.db, claimed.id, 'original')
  // Thrown away meanwhile, with all that belongs to it.
  if (sealed.length === 0) return { state: 'refused', reason: 'unavailable' }
  const original = sealer.open(sealed)
  const outcome = await deps.clean(original, { disguise })
  const reason = disguise ? 'cannot-disguise' : 'cannot-clean'
  const cleaned: KeptOutcome =
    outcome.ok || outcome.state === 'held-back'
      ? outcome
      : { ok: false, state: 'held-back', kind: 'audio', reason }
  await deletePieces(deps.db, claimed, ['clean'])
  return keepClean(deps, claimed, sealer, { original, cleaned })
}

async function keepClean(
  { db }: FetchDeps,
  claimed: ClaimedEvidence,
  sealer: Sealer,
  { original, cleaned }: { original: Uint8Array; cleaned: KeptOutcome },
): Promise<EvidenceEnd> {
  const sha256 = createHash('sha256').update(original).digest('hex')
  if (!cleaned.ok) return { state: 'held-back', kind: cleaned.kind, reason: cleaned.reason, sha256 }
  await keep(db, claimed, 'clean', sealer.seal(cleaned.bytes))
  return { state: 'ready', kind: cleaned.kind, extension: cleaned.extension, sha256 }
}

/** In pieces: one write of twenty megabytes would keep an embedded database busy for eight seconds. */
async function keep(
  db: PrismaClient,
  claimed: ClaimedEvidence,
  copy: EvidenceCopy,
  sealed: Uint8Array,
): Promise<void> {
  for (let start = 0, number = 0; start < sealed.length; start += pieceBytes, number += 1) {
    const bytes = sealed.subarray(start, start + pieceBytes)
    if (!(await createPiece(db, claimed, { copy, number, bytes }))) return
  }
}
