import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLoop } from '../../src/lib/loop.ts'

/** Long enough never to end by itself within a test. */
const forever = 1_000_000

/** A loop with its steps counted; `counted(n)` waits for the n-th. */
function runLoop(
  step: (n: number) => true | number | Promise<true | number>,
  errorMs: number = forever,
) {
  const errors: unknown[] = []
  const waiting = new Map<number, () => void>()
  let steps = 0
  const loop = createLoop({
    step: async () => {
      steps += 1
      waiting.get(steps)?.()
      return step(steps)
    },
    onError: (error) => errors.push(error),
    errorMs,
  })
  onTestFinished(() => loop.stop())
  return {
    ...loop,
    errors,
    steps: () => steps,
    counted: (n: number) =>
      steps >= n ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(n, resolve)),
  }
}

describe('a loop', () => {
  it('goes on as long as there is more to do', async () => {
    const loop = runLoop((n) => (n < 5 ? true : forever))
    loop.start()
    await loop.counted(5)
    await setTimeout(5)
    expect(loop.steps()).toBe(5)
  })

  it('looks again after the time that the step names', async () => {
    const loop = runLoop(() => 1)
    loop.start()
    await loop.counted(3)
  })

  it('does not wait when it is woken', async () => {
    const loop = runLoop(() => forever)
    loop.start()
    await loop.counted(1)
    loop.wake()
    await loop.counted(2)
  })

  it('does not lose a wake that comes during a step', async () => {
    const loop = runLoop((n) => {
      if (n === 1) loop.wake()
      return forever
    })
    loop.start()
    await loop.counted(2)
  })

  it('reports a step that throws and tries again', async () => {
    const loop = runLoop((n) => {
      if (n === 1) throw new Error('once')
      return forever
    }, 1)
    loop.start()
    await loop.counted(2)
    expect(loop.errors).toEqual([new Error('once')])
  })

  it('waits after an error even when work is at hand, so that it does not spin', async () => {
    const loop = runLoop(() => {
      throw new Error('always')
    })
    loop.start()
    await loop.counted(1)
    await setTimeout(5)
    expect(loop.errors).toHaveLength(1)
  })

  it('stops after the step under way and not in the middle of it', async () => {
    const { promise: worked, resolve: finish } = Promise.withResolvers<void>()
    let isFinished = false
    const loop = runLoop(async () => {
      await worked
      isFinished = true
      return true as const
    })
    loop.start()
    await loop.counted(1)
    const stopped = loop.stop()
    finish()
    await stopped
    expect(isFinished).toBe(true)
    expect(loop.steps()).toBe(1)
  })

  it('stops at once while it waits, and a second time without harm', async () => {
    const loop = runLoop(() => forever)
    loop.start()
    await loop.counted(1)
    await loop.stop()
    await loop.stop()
    loop.wake()
    expect(loop.steps()).toBe(1)
  })

  it('starts once, and not after it was stopped', async () => {
    const loop = runLoop(() => forever)
    loop.start()
    loop.start()
    await loop.stop()
    loop.start()
    await setTimeout(5)
    expect(loop.steps()).toBe(1)
  })
})
