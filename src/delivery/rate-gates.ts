/** Lets through what a limit allows. All times in milliseconds of one clock. */
export type Gate = {
  /** When the next so many may pass together; may lie in the past. More than the limit has room for pass when it is empty. */
  freeAt: (size?: number) => number
  /** So many pass now. */
  take: (at: number, size?: number) => void
  /** Nothing passes before. */
  holdUntil: (at: number) => void
  heldUntil: () => number
  /** How much of the limit is used: 0 to 1. */
  loadAt: (now: number) => number
  /** True when forgetting this gate would let nothing more through. */
  isIdle: (now: number) => boolean
}

/** At most `count` in any `perMs`, exactly. A ring of the last times, because the limit may be a thousand a second. */
export function createSlidingWindow({
  count: most,
  perMs,
}: {
  count: number
  perMs: number
}): Gate & { setCount: (count: number) => void } {
  const ring = new Float64Array(most).fill(Number.NEGATIVE_INFINITY)
  let next = 0
  let count = most
  let held = 0
  /** The time of the nth last one; 1 is the last. */
  const nthLast = (n: number) => ring[(next - n + most) % most] ?? Number.NEGATIVE_INFINITY
  return {
    freeAt: (size = 1) => Math.max(held, nthLast(count - Math.min(size, count) + 1) + perMs),
    take: (at, size = 1) => {
      for (let n = 0; n < Math.min(size, most); n += 1) {
        ring[next] = at
        next = (next + 1) % most
      }
    },
    holdUntil: (at) => {
      held = Math.max(held, at)
    },
    heldUntil: () => held,
    loadAt: (now) => {
      let used = 0
      while (used < count && nthLast(used + 1) > now - perMs) used += 1
      return used / count
    },
    isIdle: (now) => held <= now && nthLast(1) + perMs <= now,
    setCount: (next) => {
      count = Math.min(next, most)
    },
  }
}

/** A token bucket as one number (GCRA): one each `everyMs`, after a pause up to `burst` at once. */
export function createRhythm({ burst, everyMs }: { burst: number; everyMs: number }): Gate {
  let fullAt = 0
  let held = 0
  return {
    freeAt: (size = 1) => Math.max(held, fullAt - (burst - Math.min(size, burst)) * everyMs),
    take: (at, size = 1) => {
      fullAt = Math.max(fullAt, at) + size * everyMs
    },
    holdUntil: (at) => {
      held = Math.max(held, at)
    },
    heldUntil: () => held,
    loadAt: (now) => (everyMs === 0 ? 0 : Math.max(0, fullAt - now) / (burst * everyMs)),
    isIdle: (now) => held <= now && fullAt <= now,
  }
}
