import type { Db } from '../db/open-database.ts'
import { forgetRecipient } from '../delivery/forget-store.ts'
import type { Keyring } from '../lib/keyring.ts'
import { dropInviteNote } from './invites/invite-store.ts'
import { deleteSubscriber, findSubscriber } from './subscriber-store.ts'

/**
 * Removes everything that is kept about this chat as a subscriber: village, choices, what was read and answered, and
 * where content was sent. What it reported is elsewhere and stays. False: nothing was kept.
 */
export async function eraseSubscriber(
  tx: Db,
  { keyring, now }: { keyring: Keyring; now: Date },
  chatId: number,
): Promise<boolean> {
  await dropInviteNote(tx, keyring, chatId)
  const known = await findSubscriber(tx, keyring, chatId)
  if (!known) return false
  await forgetRecipient(tx, known.id, now)
  await deleteSubscriber(tx, known.id)
  return true
}
