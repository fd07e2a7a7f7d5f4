import type { Db } from '../../db/open-database.ts'
import { groupLevels } from '../../groups/group.ts'
import { findGroup, listRoutingGroups } from '../../groups/group-store.ts'
import type { TipDeps } from '../tip-deps.ts'

type Deps = Pick<TipDeps, 'directory' | 'enqueue' | 'messages' | 'officeLanguage'>

/** The group of the next level up that can act and answers for the same places; null at the top. */
export async function findGroupAbove(
  tx: Db,
  deps: Pick<TipDeps, 'directory'>,
  groupId: number,
): Promise<{ id: number; name: string; inboxChatId: number } | null> {
  const group = await findGroup(tx, groupId)
  if (!group) return null
  const { tree } = await deps.directory.current(tx)
  const areaIds = group.areaIds.flatMap((areaId) => tree.chain(areaId).map(({ id }) => id))
  const rankOf = (level: (typeof groupLevels)[number]) => groupLevels.indexOf(level)
  const [above] = (await listRoutingGroups(tx, areaIds))
    .filter(
      ({ kind, level, inboxState, enrolled }) =>
        kind === group.kind &&
        inboxState === 'bound' &&
        enrolled > 0 &&
        rankOf(level) < rankOf(group.level),
    )
    .sort((a, b) => rankOf(b.level) - rankOf(a.level) || a.openTips - b.openTips)
  const found = above && (await findGroup(tx, above.id))
  if (!found || found.inboxChatId === null) return null
  return { id: found.id, name: found.name, inboxChatId: found.inboxChatId }
}

/** A word to the inbox above about a group below it. Nothing at the top: the admins hear of it in any case. */
export async function tellAbove(
  tx: Db,
  deps: Deps,
  groupId: number,
  key: string,
  params: Record<string, string | number>,
): Promise<void> {
  const above = await findGroupAbove(tx, deps, groupId)
  if (!above) return
  await deps.enqueue(tx, {
    lane: 'urgent',
    purpose: 'inbox-alarm',
    subject: `group:${groupId}`,
    address: { chatId: above.inboxChatId },
    outgoing: { kind: 'text', text: deps.messages.in(deps.officeLanguage)(key, params) },
  })
}
