import { createHash } from 'node:crypto'
import type { Db, PrismaClient } from '../../db/open-database.ts'
import { findSetting, saveSetting } from '../../db/setting-store.ts'
import { describeError } from '../../errors.ts'
import { findInvolvement } from '../../groups/decide-group.ts'
import { findGroup, listRoutingGroups } from '../../groups/group-store.ts'
import { describeRosters } from '../../groups/supervisor-store.ts'
import type { Log } from '../../lib/log.ts'
import { listTipIds, lockTip } from '../tip-store.ts'
import { moveTip } from './move-tip.ts'
import type { PlaceDeps } from './place-tip.ts'
import { readTipFacts } from './tip-facts.ts'

/** For which rosters the open tips were last looked through. */
const seenKey = 'rostersSeen'

/**
 * A roster may change after filing: somebody who is accused may join a group that has the tip. Looks through the open
 * tips when any roster, office or level is another than the last time. Returns how many left their group.
 */
export async function keepTipsApart(
  db: PrismaClient,
  deps: PlaceDeps & { log: Log },
): Promise<number> {
  const rosters = createHash('sha256')
    .update(await describeRosters(db))
    .digest('hex')
  if ((await findSetting(db, seenKey)) === rosters) return 0
  const ids = [
    ...(await listTipIds(db, { state: 'waiting' })),
    ...(await listTipIds(db, { state: 'acknowledged' })),
  ]
  let moved = 0
  for (const id of ids)
    try {
      if (await db.$transaction((tx) => keepApart(tx, deps, id))) moved += 1
    } catch (error) {
      deps.log.error(
        { tipId: id, error: describeError(error) },
        'a tip could not be looked through',
      )
    }
  await saveSetting(db, seenKey, rosters)
  return moved
}

/**
 * Takes a tip away from its group when what is known by now says that somebody there may be involved; after a declared
 * conflict it is the same. True when the group must not hear more of it, closed or not.
 */
export async function keepApart(tx: Db, deps: PlaceDeps, tipId: number): Promise<boolean> {
  const tip = await lockTip(tx, tipId)
  const group = tip?.groupId ? await findGroup(tx, tip.groupId) : null
  if (!tip?.dataKey || !group) return false
  const about = (await listRoutingGroups(tx, group.areaIds)).find(({ id }) => id === group.id)
  if (!about || findInvolvement(await readTipFacts(tx, deps, tip), about) === null) return false
  if (tip.state !== 'closed')
    await moveTip(tx, deps, tipId, { cause: 'conflict', excludedGroupIds: [group.id] })
  return true
}
