import { createHash } from 'node:crypto'
import type { ContentProblem } from './check-content.ts'
import type { ContentVersion } from './content.ts'

/** Drafts that somebody may hand in, or what others have handed in and this person may publish. */
export type WaitingList = 'drafts' | 'checked'

export type Stopped = { version: ContentVersion; problems: ContentProblem[] }

/** The same for two lists that say the same, so that nobody hands in or publishes together what was changed since they saw it. */
export function signOf(versions: readonly ContentVersion[]): string {
  return createHash('sha256').update(JSON.stringify(versions)).digest('hex').slice(0, 16)
}
