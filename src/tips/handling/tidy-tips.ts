import type { Db } from '../../db/open-database.ts'
import { appendAudit } from '../../staff/audit.ts'
import { type CardDeps, redrawCard } from '../cards/show-card.ts'
import { findShownCard } from '../cards/tip-card-store.ts'
import { moveTip } from '../routing/move-tip.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { lockTip } from '../tip-store.ts'
import { clearPrompts } from './clear-prompts.ts'
import { listAbandoned, listLeftBehind, listOrphans, saveGiveBack } from './handling-store.ts'

/**
 * Finds tips that nobody could act on any more and puts them where somebody can: those of people who left the roster or
 * the chat go back to their group, those of a dissolved group to another, and duplicates of a tip that was withdrawn are
 * opened again. Returns how many.
 */
export async function tidyTips(tx: Db, deps: PlaceDeps): Promise<number> {
  const abandoned = await releaseAbandoned(tx, deps)
  const leftBehind = await listLeftBehind(tx)
  for (const { id, groupId } of leftBehind)
    await moveTip(tx, deps, id, { cause: 'outage', excludedGroupIds: [groupId] })
  const orphans = await listOrphans(tx)
  // Its reporter knows no more than that it is looked into, and it is.
  for (const id of orphans)
    await moveTip(tx, deps, id, { cause: 'released', excludedGroupIds: [], notice: null })
  return abandoned + leftBehind.length + orphans.length
}

/** What is in the hands of somebody who may act no more goes back to all of the group. */
export async function releaseAbandoned(
  tx: Db,
  deps: CardDeps & Pick<PlaceDeps, 'now'>,
): Promise<number> {
  let released = 0
  for (const { id, groupId, holderId } of await listAbandoned(tx)) {
    await lockTip(tx, id)
    if (!(await saveGiveBack(tx, id, { groupId, holderId }))) continue
    released += 1
    await clearPrompts(tx, deps, id)
    const card = await findShownCard(tx, id)
    if (card) await redrawCard(tx, deps, card)
    await appendAudit(tx, {
      ...{ at: deps.now(), actor: 'system', action: 'tip given back', subject: `tip:${id}` },
      detail: { groupId, supervisorId: holderId },
    })
  }
  return released
}
