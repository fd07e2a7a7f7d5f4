import type { Db } from '../../db/open-database.ts'
import { findGroup } from '../../groups/group-store.ts'
import { readActivity } from '../../groups/supervisor-store.ts'
import { listTipIds } from '../tip-store.ts'
import { alarmUnattended } from './alarm-unattended.ts'
import { moveTip } from './move-tip.ts'
import type { PlaceDeps } from './place-tip.ts'

/**
 * When nobody of a group is enrolled any more, what it has not taken goes to the level above. At the top it stays: its
 * card is there for whoever enrols next. True when nobody was left.
 */
export async function clearUnattended(tx: Db, deps: PlaceDeps, groupId: number): Promise<boolean> {
  const group = await findGroup(tx, groupId)
  if (!group || (await readActivity(tx, groupId)).enrolled > 0) return false
  await alarmUnattended(tx, deps, group)
  for (const id of await listTipIds(tx, { state: 'waiting', groupId }))
    await moveTip(tx, deps, id, { cause: 'deadline', target: 'above', excludedGroupIds: [groupId] })
  return true
}
