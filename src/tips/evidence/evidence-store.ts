import type { Db } from '../../db/open-database.ts'
import type { EvidenceEntry, EvidenceKind, EvidenceSender, EvidenceState } from './evidence.ts'

type Bytes = Uint8Array<ArrayBuffer>

export type EvidenceOwner = { draftId: number } | { tipId: number }

export async function createEvidence(
  tx: Db,
  row: EvidenceOwner & {
    number: number
    source: Bytes
    nextTryAt: Date
    sender?: EvidenceSender
  },
): Promise<number> {
  const { id } = await tx.evidence.create({ data: row, select: { id: true } })
  return id
}

export async function deleteEvidenceOfDraft(tx: Db, draftId: number): Promise<void> {
  await tx.evidence.deleteMany({ where: { draftId } })
}

/** The files of a draft become those of the tip that was filed from it. */
export async function moveEvidence(
  tx: Db,
  from: { draftId: number },
  tipId: number,
): Promise<number> {
  const { count } = await tx.evidence.updateMany({ where: from, data: { draftId: null, tipId } })
  return count
}

const entryColumns = {
  id: true,
  number: true,
  state: true,
  kind: true,
  extension: true,
  reason: true,
} as const

/** What this side gave to a tip, in the order in which it came; both sides count together. */
export async function listEvidence(
  db: Db,
  tipId: number,
  sender: EvidenceSender = 'reporter',
): Promise<EvidenceEntry[]> {
  const where = { tipId, sender }
  const rows = await db.evidence.findMany({
    where,
    select: entryColumns,
    orderBy: { number: 'asc' },
  })
  return rows.map(toEntry)
}

export async function findEvidence(db: Db, id: number): Promise<EvidenceEntry | null> {
  const row = await db.evidence.findUnique({ where: { id }, select: entryColumns })
  return row && toEntry(row)
}

/** The number of the last file of a tip, 0 when it has none. */
export async function findLastEvidenceNumber(db: Db, tipId: number): Promise<number> {
  const { _max } = await db.evidence.aggregate({ where: { tipId }, _max: { number: true } })
  return _max.number ?? 0
}

/** What is kept of a tip's files: the hash of each original. */
export async function listKeptEvidence(db: Db, tipId: number) {
  const rows = await db.evidence.findMany({
    where: { tipId, sha256: { not: null } },
    select: { number: true, kind: true, sha256: true },
    orderBy: { number: 'asc' },
  })
  return rows.map(({ number, kind, sha256 }) => ({ number, kind, sha256: sha256 ?? '' }))
}

/** The wrapped key that opens a clean copy; null when there is none, or none any more. */
export async function findCleanEvidenceKey(db: Db, id: number): Promise<Uint8Array | null> {
  const row = await db.evidence.findUnique({
    where: { id, state: 'ready' },
    select: { tip: { select: { dataKey: true } } },
  })
  return row?.tip?.dataKey ?? null
}

/** Every claim counts up the attempts, so the count tells one claim from the next. */
export type EvidenceClaim = Pick<ClaimedEvidence, 'id' | 'attempts'>

export type ClaimedEvidence = {
  id: number
  number: number
  sender: EvidenceSender
  attempts: number
  source: Uint8Array
  dataKey: Uint8Array
}

/** Takes the next file that is to be fetched, for as long as until `leaseUntil`: then another may try. */
export async function claimEvidence(
  db: Db,
  { now, leaseUntil }: { now: Date; leaseUntil: Date },
): Promise<ClaimedEvidence | null> {
  const claimed = await db.$queryRaw<{ id: number }[]>`
    UPDATE evidence SET attempts = attempts + 1, "nextTryAt" = ${leaseUntil} WHERE id = (
      SELECT id FROM evidence WHERE state = 'pending' AND "nextTryAt" <= ${now}
      ORDER BY "nextTryAt", id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id`
  const id = claimed[0]?.id
  if (id === undefined) return null
  const key = { select: { dataKey: true } }
  const row = await db.evidence.findUnique({ where: { id }, include: { draft: key, tip: key } })
  const dataKey = row?.draft?.dataKey ?? row?.tip?.dataKey
  if (!row?.source || !dataKey) return null
  const { number, attempts, source } = row
  return { id, number, attempts, source, dataKey, sender: row.sender as EvidenceSender }
}

export async function retryEvidence(
  db: Db,
  { id, attempts }: EvidenceClaim,
  nextTryAt: Date,
): Promise<void> {
  await db.evidence.updateMany({ where: { id, attempts, state: 'pending' }, data: { nextTryAt } })
}

export type EvidenceEnd =
  | { state: 'ready'; kind: EvidenceKind; extension: string; sha256: string }
  | { state: 'held-back'; kind: EvidenceKind; reason: string; sha256: string }
  | { state: 'refused'; reason: string }

/**
 * Ends the fetching. Null when it is gone, the claim was lost, or something else was wished meanwhile; else what it
 * belongs to at this moment.
 */
export async function finishEvidence(
  tx: Db,
  { id, attempts, source }: ClaimedEvidence,
  end: EvidenceEnd,
): Promise<{ draftId: number | null; tipId: number | null } | null> {
  const { count } = await tx.evidence.updateMany({
    // Sealed anew with each wish, so that what was cleaned for the wish before is not taken for this.
    where: { id, attempts, state: 'pending', source: new Uint8Array(source) },
    data: { ...end, source: null },
  })
  if (count === 0) return null
  return tx.evidence.findUnique({ where: { id }, select: { draftId: true, tipId: true } })
}

/**
 * Those of a draft's files that a wish about voices may concern: what waits, and what turned out to have sound. Until the
 * end of the transaction nobody else ends or takes them.
 */
export async function lockSounding(
  tx: Db,
  { draftId, numbers }: { draftId: number; numbers: number[] },
): Promise<{ id: number; source: Uint8Array | null }[]> {
  await tx.$executeRaw`SELECT 1 FROM evidence WHERE "draftId" = ${draftId} ORDER BY id FOR UPDATE`
  const fetched = {
    state: { in: ['ready', 'held-back'] },
    kind: { in: ['voice', 'audio', 'video'] },
  }
  return tx.evidence.findMany({
    where: { draftId, number: { in: numbers }, OR: [{ state: 'pending' }, fetched] },
    select: { id: true, source: true },
  })
}

/** Lets it be fetched or cleaned once more. Its hash comes again with the end, and with it the line of the audit. */
export async function reopenEvidence(
  tx: Db,
  id: number,
  change: { source: Bytes; nextTryAt: Date },
): Promise<void> {
  const unknown = { kind: null, extension: null, reason: null, sha256: null }
  await tx.evidence.update({ where: { id }, data: { state: 'pending', ...unknown, ...change } })
}

function toEntry(
  row: Omit<EvidenceEntry, 'state' | 'kind'> & { state: string; kind: string | null },
): EvidenceEntry {
  return { ...row, state: row.state as EvidenceState, kind: row.kind as EvidenceKind | null }
}
