/** Over how many seconds the rate is taken. */
const seconds = 10

/** How many a second there were lately, by a clock in milliseconds that does not go back. */
export function createRateMeter(nowMs: () => number) {
  const counts = new Map<number, number>()
  const secondAt = (ms: number) => Math.floor(ms / 1_000)

  function forgetBefore(second: number): void {
    for (const known of counts.keys()) if (known < second) counts.delete(known)
  }

  return {
    add: (many = 1) => {
      const second = secondAt(nowMs())
      if (!counts.has(second)) forgetBefore(second - seconds)
      counts.set(second, (counts.get(second) ?? 0) + many)
    },
    /** Of the last whole seconds: the present one has only begun. */
    perSecond: () => {
      const present = secondAt(nowMs())
      forgetBefore(present - seconds)
      let sum = 0
      for (const [second, count] of counts) if (second < present) sum += count
      return sum / seconds
    },
  }
}
