import type { AreaTree } from '../areas/area-tree.ts'
import type { ContentVersion } from '../content/content.ts'
import type { Db } from '../db/open-database.ts'
import type { Language } from '../messages/messages.ts'
import type { Audience } from './audience.ts'
import { areasOf } from './audience-areas.ts'
import { countByArea } from './audience-store.ts'
import { partFor } from './plan-content.ts'

export type RecipientCount = {
  /** Who would get it at this moment. */
  people: number
  /** In how many villages and communities, and how many in each. */
  areas: number
  byArea: ReadonlyMap<number, number>
  /** In the audience, but the words name the election day, and their village has none ahead. */
  withoutDay: number
}

/** How many a campaign would go to now: the same question that the snapshot asks when it starts. */
export async function countRecipients(
  db: Db,
  deps: { tree: AreaTree; today: string },
  { audience, version }: { audience: Audience; version: ContentVersion },
): Promise<RecipientCount> {
  const areaIds = areasOf(audience, deps)
  const rows = await countByArea(db, { audience, areaIds, today: deps.today })
  const byArea = new Map<number, number>()
  let [people, withoutDay] = [0, 0]
  for (const row of rows) {
    const part = partFor(deps, version, { ...row, language: row.language as Language })
    if (part) {
      byArea.set(row.areaId, (byArea.get(row.areaId) ?? 0) + row.people)
      people += row.people
    } else withoutDay += row.people
  }
  return { people, areas: byArea.size, byArea, withoutDay }
}

/** The audience of a campaign: nobody gets content about a topic that they switched off. */
export function audienceOf(audience: Audience, { kind }: Pick<ContentVersion, 'kind'>): Audience {
  return { ...audience, topic: kind }
}
