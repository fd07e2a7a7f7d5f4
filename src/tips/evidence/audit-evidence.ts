import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import type { EvidenceSender } from './evidence.ts'
import { listKeptEvidence } from './evidence-store.ts'

type Kept = { number: number; kind: string | null; sha256: string }

/** One line for every file that was fetched before the tip was filed. The others get theirs when they are fetched. */
export async function auditFiledEvidence(
  tx: Db,
  { tipId, at }: { tipId: number; at: Date },
): Promise<void> {
  for (const kept of await listKeptEvidence(tx, tipId))
    await auditEvidence(tx, { tipId, at, sender: 'reporter', kept })
}

/** The hash of the original in the chain: what is sealed can later be shown to be what came in. */
export async function auditEvidence(
  tx: Db,
  { tipId, at, sender, kept }: { tipId: number; at: Date; sender: EvidenceSender; kept: Kept },
): Promise<void> {
  await appendAudit(tx, {
    at,
    actor: sender === 'reporter' ? 'reporter' : 'system',
    action: 'evidence kept',
    subject: `tip:${tipId}`,
    detail: { n: kept.number, kind: kept.kind, sha256: kept.sha256 },
  })
}
