import { colours } from './colours.ts'
import type { PosterWords } from './poster-words.ts'
import type { Shape } from './scene.ts'
import { fitAll, setLine } from './text-layout.ts'
import type { Typeface } from './typeface.ts'

/**
 * White on dark: the numbers that everybody can call, each with whom one reaches, and below them the county's own. `y` is
 * the baseline of the numbers; the other sizes are type sizes in millimetres.
 */
export function drawHotlines(
  typeface: Typeface,
  { hotlines, others }: PosterWords,
  at: { x: number; y: number; width: number; digits: number; who: number; own: number },
): Shape[] {
  const fill = colours.white
  const column = at.width / hotlines.length
  const digits = { size: at.digits, weight: 900, fill }
  const names = hotlines.map(({ who }) => who)
  const who = fitAll(typeface, names, { size: at.who, weight: 600, fill }, column - 1)
  const half = at.width / Math.max(1, others.length)
  const own = fitAll(typeface, others, { size: at.own, weight: 700, fill }, half - 2)
  const below = at.y + at.who * 1.25
  return [
    ...hotlines.flatMap(({ number, who: whose }, index) => {
      const x = at.x + column * index
      return [
        ...setLine(typeface, number, digits, { x, y: at.y }),
        ...setLine(typeface, whose, who, { x, y: below }),
      ]
    }),
    ...others.flatMap((line, index) =>
      setLine(typeface, line, own, { x: at.x + half * index, y: below + at.own * 1.3 }),
    ),
  ]
}
