import type { Db } from '../../db/open-database.ts'
import { sealJson } from '../../lib/keyring.ts'
import type { TipDeps } from '../tip-deps.ts'
import { lockTip } from '../tip-store.ts'
import type { EvidenceSender, EvidenceSource } from './evidence.ts'
import { createEvidence, findLastEvidenceNumber } from './evidence-store.ts'

/** More would fill the disk of a small server: 100 files of 20 MB are 2 GB, twice. */
const filesPerTip = 100

export type TakeOutcome =
  | { outcome: 'taken'; id: number; number: number }
  /** The tip has as many files as it may have. */
  | { outcome: 'full' }

/**
 * Takes in a file about a tip that was filed: from its reporter for the group, or from a supervisor for the reporter.
 * It is fetched, sealed and cleaned after the commit. The reporter's then stands behind the card by itself; the
 * group's waits for `composeEvidence`. The tip must not have been shredded.
 */
export async function takeTipEvidence(
  tx: Db,
  deps: Pick<TipDeps, 'keyring' | 'now'>,
  tip: { id: number; dataKey: Uint8Array },
  { sender, ...source }: EvidenceSource & { fileId: string; sender: EvidenceSender },
): Promise<TakeOutcome> {
  // Whoever sends at the same time waits here, so that no number is given twice.
  await lockTip(tx, tip.id)
  const number = (await findLastEvidenceNumber(tx, tip.id)) + 1
  if (number > filesPerTip) return { outcome: 'full' }
  const id = await createEvidence(tx, {
    tipId: tip.id,
    number,
    sender,
    source: sealJson(deps.keyring.openDataKey(tip.dataKey), source),
    nextTryAt: deps.now(),
  })
  return { outcome: 'taken', id, number }
}
