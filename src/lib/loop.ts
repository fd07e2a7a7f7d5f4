/** Work that goes on until there is none, then waits to be woken. */
export type Loop = {
  start: () => void
  /** There may be work: do not wait for the idle time. */
  wake: () => void
  /** Waits for the step under way, then ends. May be called twice. */
  stop: () => Promise<void>
}

/**
 * Runs `step` again and again. It returns `true` when there may be more to do at once, or the milliseconds after
 * which to look again unless woken. A step that throws is reported and tried again after `errorMs`.
 */
export function createLoop(options: {
  step: () => Promise<true | number>
  onError: (error: unknown) => void
  errorMs?: number
}): Loop {
  let running: Promise<void> | undefined
  let isStopping = false
  let isWoken = false
  let interrupt = () => {}

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      // A wake between the step's last look and this pause must not be lost.
      if (isWoken || isStopping) return resolve()
      const timer = setTimeout(resolve, ms)
      interrupt = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function run(): Promise<void> {
    while (!isStopping) {
      isWoken = false
      let next: true | number
      try {
        next = await options.step()
      } catch (error) {
        options.onError(error)
        next = options.errorMs ?? 1_000
      }
      if (next !== true) await pause(next)
    }
  }

  return {
    start: () => {
      running ??= run()
    },
    wake: () => {
      isWoken = true
      interrupt()
    },
    stop: async () => {
      isStopping = true
      interrupt()
      await running
    },
  }
}
