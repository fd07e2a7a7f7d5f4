import type { Db } from '../../db/open-database.ts'
import type { EvidenceClaim } from './evidence-store.ts'

export type EvidenceCopy = 'original' | 'clean'

/** Removes what an earlier try left of these copies. */
export async function deletePieces(
  db: Db,
  { id, attempts }: EvidenceClaim,
  copies: EvidenceCopy[],
): Promise<void> {
  await db.evidencePiece.deleteMany({
    where: { evidenceId: id, copy: { in: copies }, evidence: { attempts, state: 'pending' } },
  })
}

/** Takes the clean copy away; the original stays. */
export async function deleteCleanPieces(tx: Db, evidenceId: number): Promise<void> {
  await tx.evidencePiece.deleteMany({ where: { evidenceId, copy: 'clean' } })
}

/** One part of a sealed file. False when the claim was lost. */
export async function createPiece(
  db: Db,
  { id, attempts }: EvidenceClaim,
  piece: { copy: EvidenceCopy; number: number; bytes: Uint8Array },
): Promise<boolean> {
  const count = await db.$executeRaw`
    INSERT INTO evidence_piece ("evidenceId", copy, number, bytes)
    SELECT id, ${piece.copy}, ${piece.number}, ${piece.bytes} FROM evidence
    WHERE id = ${id} AND state = 'pending' AND attempts = ${attempts}`
  return count === 1
}

/** All parts of a sealed file, put together; empty when there are none. */
export async function readPieces(db: Db, evidenceId: number, copy: EvidenceCopy): Promise<Buffer> {
  const rows = await db.evidencePiece.findMany({
    where: { evidenceId, copy },
    select: { bytes: true },
    orderBy: { number: 'asc' },
  })
  return Buffer.concat(rows.map(({ bytes }) => bytes))
}
