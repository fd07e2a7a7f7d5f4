import type { Db } from '../db/open-database.ts'
import { type Keyring, openJson, sealJson } from '../lib/keyring.ts'
import { type Lane, replaceDeliveries } from './delivery-store.ts'
import { createDeliveries } from './enqueue-store.ts'
import type { Address, Outgoing } from './outgoing.ts'

/** `purpose` decides what follows its outcome; `subject` says what it is about and never names a reporter. */
export type DeliveryRequest = {
  lane: Lane
  /** Bulk only: which campaign it belongs to. */
  queueId?: number
  purpose: string
  subject?: string
  address: Address
  outgoing: Outgoing
}

export type Enqueue = (tx: Db, ...requests: DeliveryRequest[]) => Promise<void>

/**
 * Writes messages into the ledger, in the caller's transaction: they go out if and only if it commits, in the order
 * given here. Address and content are sealed, so that the ledger alone joins nobody to a tip. An edit takes the place
 * of one of the same message that has not gone out.
 */
export function createEnqueue({ keyring, now }: { keyring: Keyring; now: () => Date }): Enqueue {
  const { address: addressSealer, body: bodySealer } = deliverySealers(keyring)
  return async (tx, ...requests) => {
    const at = now()
    const rows = requests.map((request) => ({
      lane: request.lane,
      queueId: request.queueId ?? null,
      purpose: request.purpose,
      subject: request.subject ?? null,
      address: sealJson(addressSealer, request.address),
      body: sealJson(bodySealer, request.outgoing),
      coalesceKey: editKey(keyring, request, request.outgoing.kind),
      createdAt: at,
    }))
    const keys = requests.flatMap((request) => listReplaced(keyring, request))
    if (keys.length > 0) await replaceDeliveries(tx, keys, at)
    if (rows.length > 0) await createDeliveries(tx, rows)
  }
}

/** What each kind of edit changes of its message. */
const changed: Partial<Record<Outgoing['kind'], string>> = {
  edit: '',
  'edit-caption': ':caption',
  'edit-media': ':media',
}

/** Names what a kind of edit changes in which message; null for anything that is no edit. */
function editKey(keyring: Keyring, { address, outgoing }: DeliveryRequest, kind: Outgoing['kind']) {
  const part = changed[kind]
  if (part === undefined || !('messageId' in outgoing)) return null
  return keyring.hash('delivery-edit', `${address.chatId}:${outgoing.messageId}${part}`)
}

/** A new file brings its own caption; a new caption leaves a file that waits to be put there as it is. */
function listReplaced(keyring: Keyring, request: DeliveryRequest) {
  const { kind } = request.outgoing
  const kinds: Outgoing['kind'][] = kind === 'edit-media' ? [kind, 'edit-caption'] : [kind]
  return kinds.flatMap((replaced) => editKey(keyring, request, replaced) ?? [])
}

export function deliverySealers(keyring: Keyring) {
  return { address: keyring.sealer('delivery-address'), body: keyring.sealer('delivery-body') }
}

/** As the ledger keeps it: bulk deliveries copy it from the subscriber as it is, without a key. */
export const sealAddress = (keyring: Keyring, address: Address) =>
  sealJson(deliverySealers(keyring).address, address)
export const openAddress = (keyring: Keyring, sealed: Uint8Array) =>
  openJson<Address>(deliverySealers(keyring).address, sealed)
export const openBody = (keyring: Keyring, sealed: Uint8Array) =>
  openJson<Outgoing>(deliverySealers(keyring).body, sealed)
