import type { Entity } from '../world/wire.ts'

/** Text without markup, and what the markup said. */
export interface Formatted {
  text: string
  entities: Entity[]
}
