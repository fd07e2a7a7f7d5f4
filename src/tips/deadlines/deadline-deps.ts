import type { TipDeps } from '../tip-deps.ts'

/** What the clock of the tips works with. */
export type DeadlineDeps = TipDeps
