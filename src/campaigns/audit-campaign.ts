import type { Db } from '../db/open-database.ts'
import { type AuditEntry, appendAudit } from '../staff/audit.ts'

/** One line about a campaign. `staffId` null: the clock did it. */
export async function auditCampaign(
  tx: Db,
  { now }: { now: () => Date },
  about: { campaignId: number; staffId: number | null },
  action: string,
  detail: AuditEntry['detail'] = {},
): Promise<void> {
  await appendAudit(tx, {
    at: now(),
    actor: about.staffId === null ? 'system' : `staff:${about.staffId}`,
    action: `campaign ${action}`,
    subject: `campaign:${about.campaignId}`,
    detail,
  })
}
