/** The world the stand-in plays: its state, its clock and its change feed. */
import { createFeed, type Feed } from './feed.ts'
import { decodeSnapshot, encodeSnapshot, type Snapshot } from './snapshot.ts'
import { createState, type QueuedUpdate, type WorldState } from './state.ts'

export interface World {
  state: WorldState
  readonly feed: Feed
  readonly updateIdBase: number
  /** Milliseconds since 1970 by the clock that was passed in. */
  nowMs(): number
  /** Seconds since 1970, as Telegram dates things. */
  nowSeconds(): number
  /** Set by the deliverer; told about every update that entered a bot's queue. */
  onUpdate: (botId: number, update: QueuedUpdate) => void
  /** Plain JSON with everything in it, files as base64. */
  snapshot(): Snapshot
  reset(): void
}

export function createWorld(options: {
  now: () => number
  updateIdBase: number
  snapshot?: Snapshot
}): World {
  const world: World = {
    state: options.snapshot ? decodeSnapshot(options.snapshot) : createState(),
    feed: createFeed(),
    updateIdBase: options.updateIdBase,
    nowMs: options.now,
    nowSeconds: () => Math.floor(options.now() / 1000),
    onUpdate: () => {},
    snapshot: () => encodeSnapshot(world.state),
    reset() {
      world.state = createState()
      world.feed.emit({ kind: 'reset' })
    },
  }
  return world
}
