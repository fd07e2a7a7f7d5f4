import type { Db } from '../../db/open-database.ts'
import { moveTip } from '../routing/move-tip.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { auditAct } from './audit-act.ts'
import { type ActRefusal, checkActor } from './check-actor.ts'
import type { Press } from './check-press.ts'

export type ConflictOutcome = { outcome: 'done'; number: string } | ActRefusal

/**
 * A supervisor is involved in what a tip is about. It leaves the chat with everything that stands of it, and this group
 * never gets it again. Who declared it stands in the audit, by number, and nowhere else.
 */
export async function declareConflict(
  tx: Db,
  deps: PlaceDeps,
  press: Press,
): Promise<ConflictOutcome> {
  const actor = await checkActor(tx, press, 'anybody')
  if (actor.outcome !== 'allowed') return actor
  const { tip, group, supervisor } = actor
  await auditAct(tx, actor, deps.now(), 'conflict declared')
  await moveTip(tx, deps, tip.id, {
    cause: 'conflict',
    excludedGroupIds: [group.id],
    actor: `supervisor:${supervisor.id}`,
  })
  return { outcome: 'done', number: tip.number }
}
