/** A filled outline: `d` is an SVG path in units of its own, put at (x, y) in millimetres and enlarged by `scale`. */
export type Shape = { d: string; fill: string; x: number; y: number; scale: number }

/** A page in millimetres, from the left and from the top; later shapes lie over earlier ones. */
export type Scene = { width: number; height: number; shapes: Shape[] }

export type Box = { x: number; y: number; width: number; height: number }

/** How far the handles of a curve stand off so that it is a quarter of a circle. */
const quarter = 0.5523

/** A filled rectangle, with round corners if there is a radius; half its side makes a disc. */
export function box({ x, y, width: w, height: h }: Box, fill: string, radius = 0): Shape {
  if (radius === 0) return { d: `M0 0H${w}V${h}H0Z`, fill, x, y, scale: 1 }
  const r = radius
  const k = r * (1 - quarter)
  const d = [
    `M${r} 0H${w - r}C${w - k} 0 ${w} ${k} ${w} ${r}`,
    `V${h - r}C${w} ${h - k} ${w - k} ${h} ${w - r} ${h}`,
    `H${r}C${k} ${h} 0 ${h - k} 0 ${h - r}`,
    `V${r}C0 ${k} ${k} 0 ${r} 0Z`,
  ].join('')
  return { d, fill, x, y, scale: 1 }
}

/** The frame of a rectangle, `line` thick, inside of it. */
export function frame(outer: Box, line: number, fill: string, inside: string, radius = 0): Shape[] {
  const inner = {
    x: outer.x + line,
    y: outer.y + line,
    width: outer.width - 2 * line,
    height: outer.height - 2 * line,
  }
  return [box(outer, fill, radius), box(inner, inside, Math.max(0, radius - line))]
}

/** Dark squares of a pattern, `side` millimetres wide as a whole. Squares side by side are one rectangle: no seams. */
export function squares(
  pattern: readonly (readonly boolean[])[],
  { x, y, side, fill }: { x: number; y: number; side: number; fill: string },
): Shape {
  const d = pattern.flatMap((row, top) => {
    const runs: string[] = []
    for (let left = 0; left < row.length; left++) {
      if (!row[left]) continue
      const from = left
      while (row[left + 1]) left++
      runs.push(`M${from} ${top}H${left + 1}V${top + 1}H${from}Z`)
    }
    return runs
  })
  return { d: d.join(''), fill, x, y, scale: side / pattern.length }
}
