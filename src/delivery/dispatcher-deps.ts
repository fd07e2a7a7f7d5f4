import type { Lease } from '../db/lease-store.ts'
import type { Sender } from './outgoing.ts'
import type { PaceLimits } from './pace.ts'
import type { SettlementDeps } from './settlement.ts'

export type DispatcherDeps = SettlementDeps & {
  sender: Sender
  lease: Lease
  limits: PaceLimits
  /** Of the hours of queues. */
  timezone: string
  /** Milliseconds of a clock that nobody sets back: the pace goes by it, the ledger by the one that people read. */
  monotonicMs?: () => number
  log: {
    info: (fields: object, text: string) => void
    error: (fields: object, text: string) => void
  }
}
