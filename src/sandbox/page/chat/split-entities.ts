/** Cuts a text at the borders of its entities: each piece carries all the entities that cover it. */
import type { EntityView } from '../../control/schemas.ts'

export interface Piece {
  at: number
  text: string
  entities: EntityView[]
}

/** Offsets count UTF-16 units, as JavaScript strings do. */
export function splitEntities(text: string, entities: EntityView[] = []): Piece[] {
  const borders = new Set([0, text.length])
  for (const { offset, length } of entities) {
    borders.add(Math.min(offset, text.length))
    borders.add(Math.min(offset + length, text.length))
  }
  const cuts = [...borders].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((at, index) => {
    const end = cuts[index + 1] ?? text.length
    return { at, text: text.slice(at, end), entities: entities.filter(covers(at, end)) }
  })
}

function covers(at: number, end: number) {
  return ({ offset, length }: EntityView) => offset <= at && offset + length >= end
}
