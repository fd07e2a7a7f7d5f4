import type { Db } from '../../db/open-database.ts'
import type { Keyring } from '../../lib/keyring.ts'
import { findCleanEvidenceKey } from './evidence-store.ts'
import { readPieces } from './piece-store.ts'

/** The clean copy behind a `fileRef` of ours, for the sender; null when it is gone or the reference is another's. */
export async function loadEvidence(
  db: Db,
  { keyring }: { keyring: Keyring },
  fileRef: string,
): Promise<Uint8Array | null> {
  const id = Number(/^evidence:(\d{1,9})$/.exec(fileRef)?.[1] ?? Number.NaN)
  const dataKey = Number.isNaN(id) ? null : await findCleanEvidenceKey(db, id)
  if (!dataKey) return null
  const sealed = await readPieces(db, id, 'clean')
  return sealed.length === 0 ? null : keyring.openDataKey(dataKey).open(sealed)
}
