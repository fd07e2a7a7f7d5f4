import { performance } from 'node:perf_hooks'
import type { Log } from './log.ts'

const minuteMs = 60_000

export type Outage = {
  /** It failed (again). */
  warn: (fields: object, message: string) => void
  /** It works. Says so when it had failed. */
  over: (message: string) => void
}

/** Something outside that fails every few seconds while it is away: warns at once, then at most once a minute. */
export function createOutage(
  log: Pick<Log, 'warn' | 'info'>,
  now = () => performance.now(),
): Outage {
  let warnedAt: number | null = null
  return {
    warn: (fields, message) => {
      if (warnedAt !== null && now() - warnedAt < minuteMs) return
      warnedAt = now()
      log.warn(fields, message)
    },
    over: (message) => {
      if (warnedAt !== null) log.info(message)
      warnedAt = null
    },
  }
}
