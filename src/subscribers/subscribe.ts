import type { Area } from '../areas/area.ts'
import type { AreaTree } from '../areas/area-tree.ts'
import { findPickable } from '../areas/pick-area.ts'
import type { Db } from '../db/open-database.ts'
import type { Keyring } from '../lib/keyring.ts'
import type { Language } from '../messages/messages.ts'
import { countInvite } from './invites/note-invite.ts'
import type { Subscriber } from './subscriber.ts'
import { findSubscriber, moveSubscriber, saveSubscriber } from './subscriber-store.ts'

type Person = { chatId: number; today: string; language: Language }

/** Somebody met the bot. Who comes back has what they had chosen. */
export async function meetSubscriber(
  db: Db,
  keyring: Keyring,
  person: Person,
): Promise<Subscriber> {
  const known = await findSubscriber(db, keyring, person.chatId)
  if (known && known.state !== 'blocked' && known.state !== 'stopped') return known
  const state = known && known.areaId !== null ? 'active' : 'choosing'
  await saveSubscriber(db, keyring, person, { state })
  const met = await findSubscriber(db, keyring, person.chatId)
  if (!met) throw new Error('A subscriber was saved and is not there')
  return met
}

/** Who unblocked the bot gets what was chosen before. Who had said /stop is left alone. */
export async function reviveSubscriber(db: Db, keyring: Keyring, chatId: number): Promise<void> {
  const known = await findSubscriber(db, keyring, chatId)
  if (known?.state !== 'blocked') return
  const to = known.areaId === null ? 'choosing' : 'active'
  await moveSubscriber(db, keyring, chatId, { from: ['blocked'], to })
}

export type SubscribeOutcome = { kind: 'subscribed'; area: Area } | { kind: 'no-such-village' }

/** The chat gets the content of this village from now on, and of no other. The first time whoever invited it counts one. */
export async function subscribe(
  db: Db,
  { keyring, tree }: { keyring: Keyring; tree: AreaTree },
  person: Person,
  areaId: number,
): Promise<SubscribeOutcome> {
  const area = findPickable(tree, areaId)
  if (!area) return { kind: 'no-such-village' }
  const known = await findSubscriber(db, keyring, person.chatId)
  const isNew = !known || known.areaId === null
  const since = isNew ? { subscribedOn: person.today } : {}
  await saveSubscriber(db, keyring, person, { state: 'active', areaId, ...since })
  if (isNew) await countInvite(db, { keyring, today: person.today }, person.chatId, areaId)
  return { kind: 'subscribed', area }
}
