import { toShown } from '../understanding/coarse-count.ts'
import type { Audience } from './audience.ts'
import { isAboutReading } from './choose-audience.ts'

/**
 * How many people of an audience may be told, from how many there are in each village. All, unless it is about what people
 * read or know: then only what `toShown` lets out of every village, else all villages less all but one would tell of that
 * one; null where there is nothing to tell. Nothing of a part of a village, which could be as small as one pleases.
 */
export function toShownPeople(
  audience: Audience,
  byArea: ReadonlyMap<number, number>,
): number | null {
  const isAbout = isAboutReading(audience)
  if (isAbout && isPartOfVillages(audience)) return null
  const told = [...byArea.values()].map((people) => (isAbout ? toShown(people) : people))
  const sum = told.reduce((all, people) => all + people, 0)
  return isAbout && sum === 0 ? null : sum
}

function isPartOfVillages({ languages, roles, joinedSince }: Audience): boolean {
  return [languages, roles, joinedSince].some((part) => part !== undefined)
}
