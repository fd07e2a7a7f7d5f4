import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again and again. @throws when it does not come true in time, so that a run ends by itself. */
export async function waitUntil(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 20 }: { withinMs: number; everyMs?: number },
): Promise<void> {
  const startedAt = performance.now()
  while (!(await isTrue())) {
    if (performance.now() - startedAt > withinMs)
      throw new Error(`Not within ${Math.round(withinMs / 1_000)} s: ${what}`)
    await sleep(everyMs)
  }
}
