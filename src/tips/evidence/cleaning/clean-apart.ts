import { join } from 'node:path'
import { type CleanOutcome, heldBack } from '../evidence.ts'
import { type ApartProgram, runApart } from '../run-apart.ts'
import type { CleaningRequest } from './cleaning-process.ts'

export type CleaningLimits = { timeMs: number; memoryBytes: number }

const defaultLimits: CleaningLimits = { timeMs: 60_000, memoryBytes: 700 * 1024 * 1024 }

const program: ApartProgram = {
  entry: join(import.meta.dirname, 'cleaning-process.ts'),
  // Images are read by a compiled library; a worker watches what that takes, of which Node knows nothing.
  rights: ['--allow-addons', '--allow-worker'],
}

/** Cleans a file in a process of its own; see `runApart`. What that process could not do is held back. */
export async function cleanApart(
  bytes: Uint8Array,
  limits: CleaningLimits = defaultLimits,
): Promise<CleanOutcome> {
  const request: CleaningRequest = { bytes, maxMemoryBytes: limits.memoryBytes }
  const outcome = await runApart<CleanOutcome>(program, request, AbortSignal.timeout(limits.timeMs))
  return outcome ?? heldBack('too-complex')
}
