import type { Db } from '../../db/open-database.ts'
import { type AuditEntry, appendAudit } from '../../staff/audit.ts'
import type { Actor } from './check-actor.ts'

/** A line for what a supervisor did with a tip. `detail` never holds words that somebody wrote. */
export async function auditAct(
  tx: Db,
  { tip, supervisor, group }: Pick<Actor, 'tip' | 'supervisor' | 'group'>,
  at: Date,
  action: string,
  detail: AuditEntry['detail'] = {},
): Promise<void> {
  await appendAudit(tx, {
    ...{ at, action, subject: `tip:${tip.id}`, actor: `supervisor:${supervisor.id}` },
    detail: { groupId: group.id, ...detail },
  })
}
