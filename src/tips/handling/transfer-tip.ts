import type { Db } from '../../db/open-database.ts'
import { findGroup } from '../../groups/group-store.ts'
import { moveTip } from '../routing/move-tip.ts'
import type { PlaceDeps } from '../routing/place-tip.ts'
import { listTargets } from '../routing/transfer-targets.ts'
import { type Actor, type ActRefusal, checkActor } from './check-actor.ts'
import type { Press } from './check-press.ts'

/** What is written on the next card. */
export const noteMaxLength = 200

export type TransferOutcome =
  | { outcome: 'transferred'; number: string; group: string }
  /** The rules do not let that group have it, or its inbox does not work. */
  | { outcome: 'not-there' }
  | ActRefusal

/** Hands a tip on to a group that was named, with a reason. */
export async function transferTip(
  tx: Db,
  deps: PlaceDeps,
  press: Press,
  to: { groupId: number; note: string },
): Promise<TransferOutcome> {
  const actor = await checkActor(tx, press, 'open')
  return actor.outcome === 'allowed' ? handOn(tx, deps, actor, to) : actor
}

/** The same, for who has been found allowed to. */
export async function handOn(
  tx: Db,
  deps: PlaceDeps,
  { tip, group, supervisor }: Actor,
  { groupId, note }: { groupId: number; note: string },
): Promise<TransferOutcome> {
  const moved = await moveTip(tx, deps, tip.id, {
    cause: 'transfer',
    excludedGroupIds: [group.id],
    actor: `supervisor:${supervisor.id}`,
    target: groupId,
    note: [...note.trim()].slice(0, noteMaxLength).join(''),
  })
  if (moved.outcome === 'moved')
    return { outcome: 'transferred', number: moved.number, group: moved.groupName }
  return { outcome: 'not-there' }
}

export type TargetsOutcome =
  | { outcome: 'found'; actor: Actor; groups: { id: number; name: string }[] }
  | ActRefusal

/** To whom this person may hand the tip on now. */
export async function findTargets(tx: Db, deps: PlaceDeps, press: Press): Promise<TargetsOutcome> {
  const actor = await checkActor(tx, press, 'open')
  if (actor.outcome !== 'allowed') return actor
  const targets = await listTargets(tx, deps, actor.tip)
  const groups = []
  for (const { id } of targets) groups.push({ id, name: (await findGroup(tx, id))?.name ?? '' })
  return { outcome: 'found', actor, groups }
}
