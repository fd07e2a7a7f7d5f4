import type { DirectoryCache } from '../areas/directory.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Messages } from '../messages/messages.ts'

export type ReminderDeps = {
  keyring: Keyring
  messages: Messages
  directory: DirectoryCache
  enqueue: Enqueue
  now: () => Date
  timezone: string
}
