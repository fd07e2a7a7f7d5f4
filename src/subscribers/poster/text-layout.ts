import type { Shape } from './scene.ts'
import type { Typeface } from './typeface.ts'

/** `size` is the type size in millimetres, `weight` 100 to 900. */
export type Style = { size: number; weight: number; fill: string; tracking?: number }

const perEm = 1_000

export function measure(typeface: Typeface, text: string, style: Style): number {
  const { size, weight, tracking = 0 } = style
  return [...text].reduce(
    (sum, one) => sum + (typeface.outline(one, weight).advance / perEm + tracking) * size,
    0,
  )
}

/** The line as shapes, from (x, y) on the baseline. */
export function setLine(
  typeface: Typeface,
  text: string,
  style: Style,
  { x, y, align = 'left' }: { x: number; y: number; align?: 'left' | 'center' | 'right' },
): Shape[] {
  const width = measure(typeface, text, style)
  const start = align === 'center' ? x - width / 2 : align === 'right' ? x - width : x
  const scale = style.size / perEm
  let left = start
  return [...text].flatMap((one) => {
    const { d, advance } = typeface.outline(one, style.weight)
    const at = left
    left += advance * scale + (style.tracking ?? 0) * style.size
    return d === '' ? [] : [{ d, fill: style.fill, x: at, y, scale }]
  })
}

/** The largest size, not above that of the style, at which the text fits on one line. */
export function fitSize(typeface: Typeface, text: string, style: Style, width: number): Style {
  const wide = measure(typeface, text, style)
  return wide <= width ? style : { ...style, size: (style.size * width) / wide }
}

/** …at which each of them does: lines of one list are of one size. */
export function fitAll(
  typeface: Typeface,
  texts: readonly string[],
  style: Style,
  width: number,
): Style {
  const sizes = texts.map((text) => fitSize(typeface, text, style, width).size)
  return { ...style, size: Math.min(style.size, ...sizes) }
}
