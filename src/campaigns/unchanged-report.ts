import type { Area } from '../areas/area.ts'
import { displayName } from '../areas/area-name.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import type { Db } from '../db/open-database.ts'
import { countQueue } from '../delivery/queue-control.ts'
import type { Translator } from '../messages/messages.ts'
import type { Campaign } from './campaign.ts'
import { findCampaign } from './campaign-store.ts'
import {
  countKnown,
  countUnchanged,
  type UnchangedReason,
  unchangedReasons,
} from './recipient-store.ts'

/** What a recall or a correction could not change, by reason and by township. */
export type Unchanged = {
  reasons: { why: UnchangedReason; count: number }[]
  /** Of these nobody knows any more to whom they went: too old, or who got them had everything erased. */
  forgotten: number
  /** What came of the change is forgotten by now, so there is no list. */
  isForgotten: boolean
  /** By their names, the largest numbers first; without those who left, so that nobody knows where. */
  townships: { place: string; count: number }[]
}

const shownTownships = 20

/** Null for a campaign that changes nothing. */
export async function readUnchanged(
  db: Db,
  tree: AreaTree,
  { kind, originId, queueId, startedAt }: Campaign,
): Promise<Unchanged | null> {
  if ((kind !== 'recall' && kind !== 'correction') || queueId === null || !startedAt) return null
  const origin = originId === null ? null : await findCampaign(db, originId)
  if (!origin?.queueId) return null
  const queues = { ofQueueId: origin.queueId, byQueueId: queueId }
  const known = await countKnown(db, queues)
  const changes = Object.values(await countQueue(db, queueId)).reduce((sum, one) => sum + one, 0)
  if (known.changes < changes)
    return { reasons: [], forgotten: 0, isForgotten: true, townships: [] }
  const rows = await countUnchanged(db, { ...queues, since: startedAt })
  const townships = new Map<Area, number>()
  for (const { areaId, count } of rows) {
    const township = areaId === null ? null : townshipOf(tree, areaId)
    if (township) townships.set(township, (townships.get(township) ?? 0) + count)
  }
  const reasons = unchangedReasons.map((why) => {
    const ofReason = rows.filter((row) => row.why === why)
    return { why, count: ofReason.reduce((sum, { count }) => sum + count, 0) }
  })
  const { sent, uncertain } = await countQueue(db, origin.queueId)
  return {
    reasons: reasons.filter(({ count }) => count > 0),
    forgotten: Math.max(0, sent + uncertain - known.sent),
    isForgotten: false,
    townships: [...townships]
      .map(([area, count]) => ({ place: displayName(area), count }))
      .toSorted((a, b) => b.count - a.count),
  }
}

/** An honest list: nothing that stayed is left out. No lines when everything was changed. */
export function composeUnchanged(
  t: Translator,
  kind: Campaign['kind'],
  { reasons, forgotten, isForgotten, townships }: Unchanged,
): string[] {
  if (isForgotten) return ['', t('campaigns:report.list-gone')]
  if (reasons.length === 0 && forgotten === 0) return []
  const rest = townships.slice(shownTownships)
  return [
    '',
    t('campaigns:report.unchanged'),
    ...reasons.map(({ why, count }) => {
      const reason = why === 'untouched' ? `${why}-${kind}` : why
      return t(`campaigns:report.why-${reason}`, { count })
    }),
    ...(forgotten > 0 ? [t('campaigns:report.forgotten', { count: forgotten })] : []),
    ...(townships.length > 0 ? [t('campaigns:report.townships')] : []),
    ...townships
      .slice(0, shownTownships)
      .map((township) => t('campaigns:report.township', township)),
    ...(rest.length > 0
      ? [
          t('campaigns:report.more-townships', {
            places: rest.length,
            count: rest.reduce((sum, { count }) => sum + count, 0),
          }),
        ]
      : []),
  ]
}

function townshipOf(tree: AreaTree, areaId: number): Area | null {
  const chain = tree.find(areaId) ? tree.chain(areaId) : []
  return chain.find(({ level }) => level === 'township') ?? null
}
