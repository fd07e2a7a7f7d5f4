import type { AreaTree } from '../areas/area-tree.ts'
import type { Audience } from '../audiences/audience.ts'
import { listPlaces } from '../audiences/count-audience.ts'
import { countRecipients, type RecipientCount } from '../audiences/count-recipients.ts'
import type { Db } from '../db/open-database.ts'
import type { Picked } from './pick-version.ts'

/** How many people what a reminder says would reach at this moment, in how many villages. */
export async function countMatter(
  db: Db,
  moment: { tree: AreaTree; today: string },
  { picked, audience }: { picked: Picked; audience: Audience },
): Promise<RecipientCount> {
  if ('reason' in picked) {
    const places = await listPlaces(db, moment, audience)
    const byArea = new Map(places.map(({ areaId, people }) => [areaId, people]))
    const people = places.reduce((sum, place) => sum + place.people, 0)
    return { people, areas: places.length, byArea, withoutDay: 0 }
  }
  const { version } = picked
  return countRecipients(db, moment, { audience: { topic: version.kind, ...audience }, version })
}
