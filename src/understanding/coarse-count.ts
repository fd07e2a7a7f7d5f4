/** Fewer people than this are never shown as a number, and what is shown is a multiple of it. */
const fewestShown = 5

/**
 * What may be shown of a village's count: a multiple of five, rounded down; 0 for fewer than five people.
 *
 * Leaving the small ones out is not enough: the township less its other villages would tell the one that is left out, and
 * who read one rule less who read all of them would be a person or two. So nothing but these numbers ever leaves a village:
 * a sum is the sum of what is shown, too low by up to four people for each village, and tells nothing that its parts do not.
 * Statistics Canada rounds the counts of its census to five for the same reason. Down, because eight people of whom four
 * know would be 10 less 0 less 0 when rounded to the nearest, which only 8, 4 and 4 can be.
 */
export function toShown(people: number): number {
  return Math.floor(people / fewestShown) * fewestShown
}
