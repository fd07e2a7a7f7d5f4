/** From the top down. A village (村) and a community (居委会, 社区) are the two kinds of leaf. */
export const areaLevels = ['city', 'county', 'township', 'village', 'community'] as const
export type AreaLevel = (typeof areaLevels)[number]

/** What the level of a place demands of the place it belongs to. */
export const parentLevel: Record<AreaLevel, AreaLevel | null> = {
  city: null,
  county: 'city',
  township: 'county',
  village: 'township',
  community: 'township',
}

export const riskClasses = ['complex', 'watch', 'calm'] as const
export type RiskClass = (typeof riskClasses)[number]

export type Area = {
  id: number
  /** Twelve digits of the National Bureau of Statistics. Changes when the place is recoded; the id does not. */
  code: string
  /** The official name, such as 山底村村民委员会. People see `displayName`. */
  name: string
  level: AreaLevel
  parentId: number | null
  /** Its own; null: inherited. */
  riskClass: RiskClass | null
  /** Its own, as YYYY-MM-DD; null: inherited. */
  electionDay: string | null
  aliases: string[]
  formerCodes: string[]
  retiredAt: Date | null
}

/** True for a place that has nothing below it and that a villager can belong to. */
export function isLeaf(area: { level: AreaLevel }): boolean {
  return area.level === 'village' || area.level === 'community'
}
