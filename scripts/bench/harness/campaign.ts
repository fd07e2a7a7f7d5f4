import type { Db } from '../../../src/db/open-database.ts'
import { addToQueue, openQueue } from '../../../src/delivery/enqueue-bulk.ts'
import { deliverySealers } from '../../../src/delivery/enqueue-delivery.ts'
import { sealJson } from '../../../src/lib/keyring.ts'
import { keyring, now } from './bench-dispatcher.ts'

export const words =
  '清风提醒：选举期间，任何人不得以金钱、有价证券、实物等收买选民。发现可以在这里如实反映，我们为您保密。'

export const idsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, n) => first + n)

/** A campaign that says the same to all of these chats. */
export async function planCampaign(
  db: Db,
  { chatIds, isPaid = false }: { chatIds: readonly number[]; isPaid?: boolean },
): Promise<void> {
  const outgoing = { kind: 'text' as const, text: words }
  const queue = await openQueue(db, { keyring, now }, { name: 'bench', isPaid, outgoing })
  const { address } = deliverySealers(keyring)
  const addresses = chatIds.map((chatId) => sealJson(address, { chatId }))
  await addToQueue(db, queue, { addresses, purpose: 'campaign', at: now() })
}
