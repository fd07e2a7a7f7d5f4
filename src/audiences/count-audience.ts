import type { AreaTree } from '../areas/area-tree.ts'
import type { Db } from '../db/open-database.ts'
import type { Audience } from './audience.ts'
import { areasOf } from './audience-areas.ts'
import { countByArea } from './audience-store.ts'

export type AudienceDeps = { tree: AreaTree; today: string }
export type PlaceCount = { areaId: number; people: number }

/** How many people are in it at this moment, and in how many villages and communities. */
export async function countAudience(
  db: Db,
  deps: AudienceDeps,
  audience: Audience,
): Promise<{ people: number; areas: number }> {
  const places = await listPlaces(db, deps, audience)
  return { people: places.reduce((sum, { people }) => sum + people, 0), areas: places.length }
}

const sampleSize = 8

/** Some of its places with their counts, spread evenly over the directory: nobody is named. */
export async function sampleAudience(
  db: Db,
  deps: AudienceDeps,
  audience: Audience,
): Promise<PlaceCount[]> {
  return samplePlaces(deps.tree, await listPlaces(db, deps, audience))
}

/** Some of these places, spread evenly over the directory. */
export function samplePlaces(tree: AreaTree, found: readonly PlaceCount[]): PlaceCount[] {
  const order = new Map(tree.all.map(({ id }, at) => [id, at]))
  const places = found.toSorted((a, b) => (order.get(a.areaId) ?? 0) - (order.get(b.areaId) ?? 0))
  const step = Math.max(1, places.length / sampleSize)
  return Array.from(
    { length: Math.min(sampleSize, places.length) },
    (_, at) => places[Math.floor(at * step)],
  ).filter((place) => place !== undefined)
}

/** Its places, and how many people are in each at this moment. */
export async function listPlaces(
  db: Db,
  { tree, today }: AudienceDeps,
  audience: Audience,
): Promise<PlaceCount[]> {
  const areaIds = areasOf(audience, { tree, today })
  const rows = await countByArea(db, { audience, areaIds, today })
  const places = new Map<number, number>()
  for (const { areaId, people } of rows) places.set(areaId, (places.get(areaId) ?? 0) + people)
  return [...places].map(([areaId, people]) => ({ areaId, people }))
}
