import type { PaceLimits } from './pace.ts'

export type DispatcherStatus = {
  isLeader: boolean
  /** Requests without an answer so far. */
  inFlight: number
  /** Claimed and not yet under way. */
  waiting: number
  /** Since the start of this process. */
  sent: number
  /** Sent a second, lately. */
  perSecond: number
  limits: PaceLimits
  /** The part of the allowed rate that is used at present: less than 1 after refusals. */
  rateShare: number
  /** Why nothing can be sent at present (a revoked token), if so. */
  fatal: string | null
  lastErrorAt: Date | null
}

/** The later of two moments, if there is any. */
export function newer(one: Date | null, other: Date | null): Date | null {
  return one && (!other || one > other) ? one : other
}
