import { join } from 'node:path'
import { type ApartProgram, runApart } from '../run-apart.ts'
import type { RemuxOutcome, RemuxRequest } from './media-outcome.ts'

const program: ApartProgram = {
  entry: join(import.meta.dirname, 'media-process.ts'),
  // Node reserves six hundred megabytes before it does anything, and uses a hundred and fifty of them for an ordinary file.
  maxReservedBytes: 1024 * 1024 * 1024,
}

/** Takes a recording apart in a process of its own; see `runApart`. */
export function runMediaProcess(
  request: RemuxRequest,
  signal: AbortSignal,
): Promise<RemuxOutcome | null> {
  return runApart<RemuxOutcome>(program, request, signal)
}
