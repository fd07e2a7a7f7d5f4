import { colours } from './colours.ts'
import { box, type Shape } from './scene.ts'
import { setLine } from './text-layout.ts'
import type { Typeface } from './typeface.ts'

/** A disc with a number in it, in front of a line whose baseline is `y`. */
export function numberDisc(
  typeface: Typeface,
  number: number,
  { x, y, size }: { x: number; y: number; size: number },
): Shape[] {
  const style = { size: size * 0.7, weight: 800, fill: colours.white }
  const top = y - size * 0.8
  return [
    box({ x, y: top, width: size, height: size }, colours.green, size / 2),
    ...setLine(typeface, String(number), style, {
      ...{ x: x + size / 2, y: top + size * 0.76 },
      align: 'center',
    }),
  ]
}
