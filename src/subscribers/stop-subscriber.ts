import type { Db } from '../db/open-database.ts'
import { cancelForRecipient } from '../delivery/forget-store.ts'
import type { Keyring } from '../lib/keyring.ts'
import { changeSubscriber, findSubscriber } from './subscriber-store.ts'

export type StopOutcome = 'stopped' | 'stopped-before'

/** Nothing more of the content goes to this chat, what waits for it included. What was chosen is kept. */
export async function stopSubscriber(
  tx: Db,
  { keyring, now }: { keyring: Keyring; now: Date },
  chatId: number,
): Promise<StopOutcome> {
  const known = await findSubscriber(tx, keyring, chatId)
  if (!known || known.state === 'stopped') return 'stopped-before'
  await changeSubscriber(tx, keyring, chatId, { state: 'stopped' })
  await cancelForRecipient(tx, known.id, now)
  return 'stopped'
}

/** Takes /stop back. False when it was not said, or everything was erased since. */
export async function resumeStopped(tx: Db, keyring: Keyring, chatId: number): Promise<boolean> {
  const known = await findSubscriber(tx, keyring, chatId)
  if (known?.state !== 'stopped') return false
  const state = known.areaId === null ? 'choosing' : 'active'
  return changeSubscriber(tx, keyring, chatId, { state }, ['stopped'])
}
