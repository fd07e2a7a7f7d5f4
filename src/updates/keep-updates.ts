import { z } from 'zod'
import type { Db } from '../db/open-database.ts'
import { type Keyring, sealJson } from '../lib/keyring.ts'
import { createUpdates } from './update-store.ts'

const chat = z.object({ id: z.number() })
const message = z.object({ chat })

/** Only what is needed to number an update and to put it into its queue; the rest is kept as it came. */
const envelope = z.object({
  update_id: z.number().int().nonnegative(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z.object({ from: chat, message: message.optional() }).optional(),
  my_chat_member: message.optional(),
  chat_member: message.optional(),
})

export const updateSealer = (keyring: Keyring) => keyring.sealer('update')

/**
 * Keeps updates, encrypted, before Telegram is told that we have them. Returns how many were new: one that comes
 * twice is kept once. One that is no update at all is left out, because asking for it again would block the rest.
 */
export async function keepUpdates(
  { db, keyring, now }: { db: Db; keyring: Keyring; now: () => Date },
  updates: unknown[],
): Promise<number> {
  const sealer = updateSealer(keyring)
  const rows = updates.flatMap((update) => {
    const parsed = envelope.safeParse(update)
    if (!parsed.success) return []
    return {
      updateId: BigInt(parsed.data.update_id),
      queueKey: keyring.hash('update-queue', queueOf(parsed.data)),
      payload: sealJson(sealer, update),
      receivedAt: now(),
    }
  })
  return rows.length === 0 ? 0 : createUpdates(db, rows)
}

/**
 * One queue per chat. Telegram sends messages and button presses of one person in different queues, so they may
 * arrive together; in a private chat both belong to the same conversation and must go one after the other.
 */
function queueOf(update: z.infer<typeof envelope>): string {
  const { callback_query: press } = update
  const id =
    update.message?.chat.id ??
    update.edited_message?.chat.id ??
    press?.message?.chat.id ??
    press?.from.id ??
    update.my_chat_member?.chat.id ??
    update.chat_member?.chat.id
  return id === undefined ? `update ${update.update_id}` : String(id)
}
