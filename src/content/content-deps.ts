import type { DirectoryCache } from '../areas/directory.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Messages } from '../messages/messages.ts'

export type ContentDeps = {
  messages: Messages
  directory: DirectoryCache
  enqueue: Enqueue
  now: () => Date
  today: () => string
  /** Whether a second person must publish what one has written. */
  approval: 'second-person' | 'off'
}

/** Somebody of the office, at a version. */
export type ContentAct = { versionId: number; staffId: number }
