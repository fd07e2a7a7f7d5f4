import type { GroupLevel } from './group.ts'

export const accusedRoles = [
  'candidate',
  'helper',
  'village_official',
  'township_official',
  'county_official',
  'city_official',
  'unknown',
] as const
export type AccusedRole = (typeof accusedRoles)[number]

/**
 * How high an accused person stands. Who reports a township official must not be read by that official's own
 * office, so a tip goes only to a group that ranks above. Candidates and helpers of a village election stand at the
 * village, where no group has its office. Nothing is known about `unknown`: any group may look, and it hands the
 * tip on when it turns out that it must not.
 */
const accusedRank: Record<AccusedRole, number> = {
  unknown: 0,
  candidate: 1,
  helper: 1,
  village_official: 1,
  township_official: 2,
  county_official: 3,
  city_official: 4,
}

const groupRank: Record<GroupLevel, number> = { township: 2, county: 3, city: 4 }

/** Of what was pressed and what was written the one that stands higher. */
export function higherRole(one: AccusedRole, other: AccusedRole | null): AccusedRole {
  return other !== null && accusedRank[other] > accusedRank[one] ? other : one
}

/** May a group of this level look into a person of this role? */
export function isAboveAccused(level: GroupLevel, role: AccusedRole): boolean {
  return groupRank[level] > accusedRank[role]
}
