import type { DirectoryCache } from '../areas/directory.ts'
import type { Enqueue } from '../delivery/enqueue-delivery.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Language, Messages } from '../messages/messages.ts'
import type { OfficeHours } from './deadlines/tip-calendar.ts'
import type { Interviews } from './filing/interview-versions.ts'

/** What the use cases of a tip are built with. Each takes the part it uses. */
export type TipDeps = {
  keyring: Keyring
  messages: Messages
  enqueue: Enqueue
  directory: DirectoryCache
  interviews: Interviews
  now: () => Date
  timezone: string
  /** Of the group inboxes. */
  officeLanguage: Language
  /** When somebody is at work: what deadlines are counted in. */
  officeHours: OfficeHours
}
